import { sql } from 'kysely';
import type { Deps } from '../kit/deps.ts';

/**
 * What the clock does to waiting lists: offers that have run out go to the next, and where nothing can be booked any more the waiting is over. Each event in its own
 * transaction, under its lock: any number of processes may do it. Answers how many lines it looked at.
 */
export async function lookAfterLines({ db, now }: Pick<Deps, 'db' | 'now'>, { limit }: { limit: number }): Promise<number> {
  const at = now();
  const { rows } = await sql<{ chainId: string; eventId: string }>`
    select distinct w.chain_id "chainId", w.event_id "eventId" from waiting_entries w
      join events e on e.chain_id = w.chain_id and e.event_id = w.event_id
      join locations l on l.chain_id = e.chain_id and l.location_id = e.location_id
     where w.kind = 'event' and w.status in ('waiting', 'offered')
       and ((w.status = 'offered' and w.offered_until <= ${at}) or e.starts_at - make_interval(mins => l.lead_minutes) <= ${at})
     order by 1, 2 limit ${limit}`.execute(db.read);
  for (const { chainId, eventId } of rows) await sql`select look_after_line(${chainId}, ${eventId}, ${at})`.execute(db.read);
  const days = await sql<{ done: number }>`select look_after_days(${at}, ${limit}) done`.execute(db.read);
  return rows.length + (days.rows[0]?.done ?? 0);
}
