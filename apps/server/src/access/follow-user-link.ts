import type { Language } from '@holdfast/contract/session';
import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import { beginSession } from './begin-session.ts';
import type { AccessContext } from './context.ts';
import { endSessions } from './end-sessions.ts';
import { noteAudit } from './note-audit.ts';
import { hashPassword } from './password-hash.ts';
import { refuseWeakPassword } from './refuse-weak-password.ts';
import type { SessionCookie } from './session-cookie.ts';
import { forgetTries, takeTry } from './take-try.ts';
import { readUserLink, type UserLink } from './user-link.ts';
import type { Visit } from './visit.ts';

/** What the address that was sent to somebody is for. Looking changes nothing, so that mail scanners may. Refuses with `link_run_out`. */
export async function lookAtUserLink(ctx: AccessContext, token: string, visit: Visit): Promise<UserLink> {
  const taken = await takeTry(ctx, [['linkNetwork', visit.network]]);
  const link = await readUserLink(ctx, token);
  if (!link) throw runOut();
  await taken.succeeded([]);
  return link;
}

/**
 * Accepts an invitation or ends a reset: a new password, every session of theirs ends, and this browser is signed in (but for the second factor: a mailbox is
 * not enough for that). The link is good once. Refuses with `link_run_out`, `weak_password`.
 */
export async function followUserLink(
  ctx: AccessContext,
  wish: { readonly token: string; readonly password: string; readonly name?: string | undefined; readonly language?: Language | undefined },
  visit: Visit,
): Promise<{ cookie: SessionCookie; secondFactor: boolean; email: string }> {
  const link = await lookAtUserLink(ctx, wish.token, visit);
  const { chainId, tokenId, user, kind } = link;
  const name = (kind === 'invite' && wish.name) || user.name;
  const language = (kind === 'invite' && wish.language) || user.language;
  refuseWeakPassword(wish.password, { email: user.email, name });
  const passwordHash = await hashPassword(wish.password);
  const at = ctx.now();
  const begun = await ctx.db.transaction(async (tx) => {
    const { rows: used } = await sql`
      update user_tokens set used_at = ${at}
       where chain_id = ${chainId} and token_id = ${tokenId} and used_at is null and expires_at > ${at} returning 1`.execute(tx);
    const { rows } = await sql<{ totp: boolean }>`
      update users set password_hash = ${passwordHash}, name = ${name}, language = ${language}
       where chain_id = ${chainId} and user_id = ${user.id} and disabled_at is null and ${used.length > 0}
      returning totp_since is not null totp`.execute(tx);
    const [changed] = rows;
    if (!changed) throw runOut();
    const { totp } = changed;
    await sql`update user_tokens set used_at = ${at} where chain_id = ${chainId} and user_id = ${user.id} and used_at is null`.execute(tx);
    await endSessions(tx, ctx, { chainId, userId: user.id });
    const actor = { chainId, userId: user.id, name, address: visit.address, requestId: visit.requestId };
    await noteAudit(tx, ctx, actor, {
      action: kind === 'invite' ? 'user.invitation_accepted' : 'user.password_reset',
      subject: { kind: 'user', id: user.id },
    });
    return { cookie: await beginSession(tx, ctx, { chainId, userId: user.id, name }, visit, { passedTotp: !totp }), secondFactor: totp };
  });
  await forgetTries(ctx, ['email', user.email]);
  await forgetTries(ctx, ['resetEmail', user.email]);
  return { ...begun, email: user.email };
}

function runOut(): Problem {
  return new Problem('link_run_out', 410, 'This link has been used, has run out, or was replaced by a newer one.');
}
