import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { newSessionSecret, type SessionCookie, secretHash } from './session-cookie.ts';
import { SECOND_FACTOR_MS, sessionEnd } from './session-times.ts';

/** Signs a user in: a new session, and what its cookie has to hold. Whether they may is decided before. */
export async function startSession(
  q: Queryable,
  { newId, now }: Pick<Deps, 'newId' | 'now'>,
  { chainId, userId, passedTotp, address, device }: { chainId: string; userId: string; passedTotp: boolean; address: string; device: string },
): Promise<SessionCookie> {
  const at = now();
  const cookie = { chainId, sessionId: newId('ses'), secret: newSessionSecret() };
  await sql`
    insert into sessions (chain_id, session_id, user_id, secret_hash, passed_totp, address, device, created_at, seen_at, expires_at)
    values (${chainId}, ${cookie.sessionId}, ${userId}, ${secretHash(cookie.secret)}, ${passedTotp}, ${address}, ${device.slice(0, 200)}, ${at}, ${at},
            ${passedTotp ? sessionEnd(at, at) : new Date(at.getTime() + SECOND_FACTOR_MS)})`.execute(q);
  return cookie;
}
