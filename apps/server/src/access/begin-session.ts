import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { noteAudit } from './note-audit.ts';
import { type SessionCookie, secretHash } from './session-cookie.ts';
import { startSession } from './start-session.ts';
import type { Visit } from './visit.ts';

/** Whom a session is for. */
export interface SessionUser {
  readonly chainId: string;
  readonly userId: string;
  readonly name: string;
}

/**
 * A new session instead of whatever this browser held: what was known before the password, or before the second factor, is worth nothing after it. Only a
 * session that is complete is a sign-in for the audit log.
 */
export async function beginSession(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  { chainId, userId, name }: SessionUser,
  visit: Visit,
  { passedTotp }: { passedTotp: boolean },
): Promise<SessionCookie> {
  const { address, device, requestId, cookie } = visit;
  if (cookie) {
    await sql`
      update sessions set ended_at = ${deps.now()}
       where chain_id = ${cookie.chainId} and session_id = ${cookie.sessionId} and secret_hash = ${secretHash(cookie.secret)} and ended_at is null`.execute(
      tx,
    );
  }
  const made = await startSession(tx, deps, { chainId, userId, passedTotp, address, device });
  if (passedTotp) {
    const actor = { chainId, userId, name, address, requestId };
    await noteAudit(tx, deps, actor, { action: 'user.signed_in', subject: { kind: 'user', id: userId } });
  }
  return made;
}
