import type { FirstRun } from '@holdfast/contract/first-run';
import { sql } from 'kysely';
import { beginSession } from '../access/begin-session.ts';
import type { AccessContext } from '../access/context.ts';
import { noteAudit } from '../access/note-audit.ts';
import { hashPassword } from '../access/password-hash.ts';
import { refuseWeakPassword } from '../access/refuse-weak-password.ts';
import { mintScope } from '../access/scope.ts';
import type { SessionCookie } from '../access/session-cookie.ts';
import { takeTry } from '../access/take-try.ts';
import type { Visit } from '../access/visit.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { openLocationBooks } from '../ledger/open-location-books.ts';
import { insertLocation } from './add-location.ts';
import { checkPlace } from './check-place.ts';
import { fillFirstCatalogue } from './fill-first-catalogue.ts';
import { isSetupCode, type SetupCodeContext } from './setup-code.ts';

export type FirstRunContext = AccessContext & SetupCodeContext;

export async function isSetUp(q: Queryable): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select exists (select 1 from chains) there`.execute(q);
  return rows[0]?.there ?? false;
}

/** Whoever opens an empty installation has to show that they may. Refuses with `not_found` (there is a chain already), `wrong_credentials`. */
export async function checkSetupCode(ctx: FirstRunContext, code: string, visit: Visit): Promise<void> {
  if (await isSetUp(ctx.db.read)) throw gone();
  const taken = await takeTry(ctx, [
    ['setup', 'everybody'],
    ['setupNetwork', visit.network],
  ]);
  if (!isSetupCode(ctx, code)) throw new Problem('wrong_credentials', 401, 'This is not the code that the server printed when it started.');
  await taken.succeeded(['setup', 'setupNetwork']);
}

/**
 * The first run of an empty installation: chain, owner, first location with its books and, where it was said, what is offered and who does it; signs the owner
 * in. All of it or nothing, and once: of two who do it at the same time one is told that it is done.
 */
export async function openInstallation(
  ctx: FirstRunContext,
  wish: FirstRun,
  visit: Visit,
): Promise<{ cookie: SessionCookie; location: string; bookingPage: string }> {
  await checkSetupCode(ctx, wish.code, visit);
  const { chain, location, teamMember } = wish;
  const owner = { ...wish.owner, email: wish.owner.email.toLowerCase() };
  checkPlace(location);
  if (teamMember && teamMember.from >= teamMember.to)
    throw new Problem('invalid_request', 422, 'A working day ends after it begins.', {
      fields: [{ field: 'teamMember.to', message: 'after it begins' }],
    });
  refuseWeakPassword(owner.password, owner);
  const passwordHash = await hashPassword(owner.password);
  const at = ctx.now();
  const chainId = ctx.newId('chn');
  const userId = ctx.newId('usr');
  const scope = mintScope(chainId, ctx.newId('loc'));
  const cookie = await ctx.db.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('first-run', 0))`.execute(tx);
    if (await isSetUp(tx)) throw gone();
    await sql`insert into chains (chain_id, slug, name, created_at) values (${chainId}, ${chain.slug}, ${chain.name}, ${at})`.execute(tx);
    await insertLocation(tx, ctx, scope, location);
    await openLocationBooks(tx, ctx, scope, location.currency);
    const staffId = await fillFirstCatalogue(tx, ctx.newId, scope, wish);
    await sql`
      insert into users (chain_id, user_id, email, name, language, password_hash, created_at)
      values (${chainId}, ${userId}, ${owner.email}, ${owner.name}, ${owner.language}, ${passwordHash}, ${at})`.execute(tx);
    await sql`
      insert into user_locations (chain_id, user_id, location_id, role, staff_id)
      values (${chainId}, ${userId}, ${scope.locationId}, 'owner', ${staffId})`.execute(tx);
    const actor = { chainId, userId, name: owner.name, address: visit.address, requestId: visit.requestId };
    await noteAudit(tx, ctx, actor, {
      action: 'chain.created',
      subject: { kind: 'chain', id: chainId },
      locationId: scope.locationId,
      after: { ...chain, location, owner: owner.email },
    });
    return beginSession(tx, ctx, { chainId, userId, name: owner.name }, visit, { passedTotp: true });
  });
  return { cookie, location: location.slug, bookingPage: `${ctx.publicUrl}/book/${chain.slug}/${location.slug}` };
}

function gone(): Problem {
  return new Problem('not_found', 404, 'Holdfast has been set up here.');
}
