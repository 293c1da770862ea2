import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';

/** Ends a user's sessions: all, all but one, or only one. Answers how many there were. */
export async function endSessions(
  q: Queryable,
  { now }: Pick<Deps, 'now'>,
  { chainId, userId }: { readonly chainId: string; readonly userId: string },
  { only, but }: { readonly only?: string; readonly but?: string } = {},
): Promise<number> {
  const { rows } = await sql`
    update sessions set ended_at = ${now()}
     where chain_id = ${chainId} and user_id = ${userId} and ended_at is null and expires_at > ${now()}
       and (${only ?? null}::text is null or session_id = ${only ?? null}) and session_id is distinct from ${but ?? null}
    returning 1`.execute(q);
  return rows.length;
}
