import { sql } from 'kysely';
import type { Deps } from '../kit/deps.ts';

/**
 * Visits that are over have been used, whether or not anybody has said that the client arrived. One transaction each: who cancels or notes at the same moment
 * holds the appointment, and decides. Answers how many.
 */
export async function useVisits(deps: Pick<Deps, 'db' | 'now' | 'log'>, { limit }: { limit: number }): Promise<number> {
  const at = deps.now();
  const { rows } = await sql<{ chainId: string; appointmentId: string }>`
    select distinct chain_id "chainId", appointment_id "appointmentId" from (
      select chain_id, appointment_id from membership_visits where due_at <= ${at} order by due_at limit ${limit}) due`.execute(deps.db.read);
  for (const { chainId, appointmentId } of rows) {
    await deps.db.transaction(async (tx) => {
      await sql`select 1 from appointments where chain_id = ${chainId} and appointment_id = ${appointmentId} for update`.execute(tx);
      await sql`
        update membership_visits set status = 'used', because = 'visit', due_at = null, changed_at = ${at}
         where chain_id = ${chainId} and appointment_id = ${appointmentId} and status = 'reserved' and due_at <= ${at}`.execute(tx);
    });
  }
  return rows.length;
}
