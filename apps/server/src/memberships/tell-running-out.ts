import { sql } from 'kysely';
import type { Deps } from '../kit/deps.ts';
import { tell } from '../kit/outbox.ts';

const WEEK_MS = 7 * 86_400_000;

/** Tells, once each, that the last visit of a membership is used, and that one which can still be used ends within a week. Answers how many. */
export async function tellRunningOut(deps: Deps, { limit }: { limit: number }): Promise<number> {
  const at = deps.now();
  return deps.db.transaction(async (tx) => {
    const { rows } = await sql<{ chainId: string; id: string; because: 'used_up' | 'ending' }>`
      select chain_id "chainId", membership_id id, case when visits_used >= visits then 'used_up' else 'ending' end because from memberships
       where sold_at is not null and ended_at is null and refunding_since is null
         and ((told_used_up_at is null and visits_used >= visits)
           or (told_ending_at is null and ends_at > ${at} and ends_at <= ${new Date(at.getTime() + WEEK_MS)} and (visits is null or visits_used < visits)
               -- one of a few days has only just been bought
               and ends_at - begins_at > interval '8 days'))
       limit ${limit} for update skip locked`.execute(tx);
    for (const { chainId, id, because } of rows) {
      const usedUp = because === 'used_up';
      await sql`
        update memberships set told_used_up_at = case when ${usedUp} then ${at}::timestamptz else told_used_up_at end,
               told_ending_at = case when ${usedUp} then told_ending_at else ${at}::timestamptz end
         where chain_id = ${chainId} and membership_id = ${id}`.execute(tx);
      await tell(tx, chainId, { id: deps.newId('out'), topic: 'membership.running_out', subjectId: id, payload: { because }, at });
    }
    return rows.length;
  });
}
