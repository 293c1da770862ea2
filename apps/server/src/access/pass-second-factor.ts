import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { beginSession, type SessionUser } from './begin-session.ts';
import type { AccessContext } from './context.ts';
import { noteAudit } from './note-audit.ts';
import { useCode } from './second-factor.ts';
import { type SessionCookie, secretHash } from './session-cookie.ts';
import { wrongCredentials } from './sign-in.ts';
import { takeTry } from './take-try.ts';
import type { Visit } from './visit.ts';

/** The second half of signing in. Refuses with `not_signed_in` (begin with the password), `wrong_credentials`, `too_many_requests`. */
export async function passSecondFactor(ctx: AccessContext, code: string, visit: Visit): Promise<{ cookie: SessionCookie; email: string }> {
  const user = await waiting(ctx.db.read, ctx.now(), visit.cookie);
  if (!user) throw new Problem('not_signed_in', 401, 'Begin with your password.');
  const taken = await takeTry(ctx, [['secondFactor', `${user.chainId} ${user.userId}`]]);
  const cookie = await ctx.db.transaction(async (tx) => {
    const used = await useCode(tx, ctx, user, code);
    if (!used) return undefined;
    // their row is locked now: a reset, or somebody who disables them, has ended the first half before this or waits
    if (!(await waiting(tx, ctx.now(), visit.cookie))) throw new Problem('not_signed_in', 401, 'Begin with your password.');
    if (used === 'recovery') {
      const { address, requestId } = visit;
      await noteAudit(tx, ctx, { ...user, address, requestId }, { action: 'user.recovery_code_used', subject: { kind: 'user', id: user.userId } });
    }
    return beginSession(tx, ctx, user, visit, { passedTotp: true });
  });
  if (!cookie) throw wrongCredentials();
  await taken.succeeded(['secondFactor']);
  return { cookie, email: user.email };
}

/** Whoever has said the right password in this browser, and not the code yet. */
async function waiting(q: Queryable, at: Date, cookie: SessionCookie | undefined): Promise<(SessionUser & { readonly email: string }) | undefined> {
  if (!cookie) return undefined;
  const { rows } = await sql<SessionUser & { readonly email: string }>`
    select u.chain_id "chainId", u.user_id "userId", u.name, u.email
      from sessions s join users u on u.chain_id = s.chain_id and u.user_id = s.user_id
     where s.chain_id = ${cookie.chainId} and s.session_id = ${cookie.sessionId} and s.secret_hash = ${secretHash(cookie.secret)}
       and not s.passed_totp and s.ended_at is null and s.expires_at > ${at} and u.disabled_at is null`.execute(q);
  return rows[0];
}
