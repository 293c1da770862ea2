import type { Account, OwnSessions } from '@holdfast/contract/signing-in';
import { sql } from 'kysely';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import type { Who } from './who.ts';

export async function readAccount({ db }: Pick<Deps, 'db'>, { chainId, userId }: Who): Promise<Account> {
  const { rows } = await sql<Omit<Account, 'secondFactor'> & { totpSince: Date | null; codesLeft: number }>`
    select email, name, language, password_hash is not null "hasPassword", totp_since "totpSince", cardinality(recovery_codes) "codesLeft"
      from users where chain_id = ${chainId} and user_id = ${userId}`.execute(db.read);
  const [row] = rows;
  invariant(row, 'who is signed in has an account');
  const { totpSince, codesLeft, ...account } = row;
  return { ...account, secondFactor: totpSince ? { since: totpSince.toISOString(), recoveryCodesLeft: codesLeft } : null };
}

/** Where one is signed in, the latest first. */
export async function readOwnSessions({ db, now }: Pick<Deps, 'db' | 'now'>, { chainId, userId, sessionId }: Who): Promise<OwnSessions> {
  const { rows } = await sql<{ id: string; device: string; address: string; startedAt: Date; seenAt: Date }>`
    select session_id id, device, address, created_at "startedAt", seen_at "seenAt" from sessions
     where chain_id = ${chainId} and user_id = ${userId} and ended_at is null and expires_at > ${now()} and passed_totp
     order by session_id = ${sessionId} desc, seen_at desc, session_id limit 100`.execute(db.read);
  return {
    sessions: rows.map(({ startedAt, seenAt, ...one }) => ({
      ...one,
      startedAt: startedAt.toISOString(),
      seenAt: seenAt.toISOString(),
      present: one.id === sessionId,
    })),
  };
}
