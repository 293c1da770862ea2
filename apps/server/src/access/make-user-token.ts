import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { tell } from '../kit/outbox.ts';

export type UserTokenKind = 'invite' | 'reset';

const GOOD_FOR_MS: Readonly<Record<UserTokenKind, number>> = { invite: 7 * 24 * 3_600_000, reset: 3_600_000 };
const TOPICS: Readonly<Record<UserTokenKind, string>> = { invite: 'user.invited', reset: 'user.reset_asked' };

/** An invitation or a reset, and word to whoever sends it (subject: the token's id, which opens nothing by itself). The user's earlier ones end, unless it is made
 * `besides` them. */
export async function makeUserToken(
  tx: Tx,
  { newId, now }: Pick<Deps, 'newId' | 'now'>,
  { chainId, userId, kind, besides = false }: { chainId: string; userId: string; kind: UserTokenKind; besides?: boolean },
): Promise<string> {
  const at = now();
  const tokenId = newId('utk');
  if (!besides) await sql`update user_tokens set used_at = ${at} where chain_id = ${chainId} and user_id = ${userId} and used_at is null`.execute(tx);
  await sql`
    insert into user_tokens (chain_id, token_id, user_id, kind, created_at, expires_at)
    values (${chainId}, ${tokenId}, ${userId}, ${kind}, ${at}, ${new Date(at.getTime() + GOOD_FOR_MS[kind])})`.execute(tx);
  await tell(tx, chainId, { id: newId('out'), topic: TOPICS[kind], subjectId: tokenId, at });
  return tokenId;
}
