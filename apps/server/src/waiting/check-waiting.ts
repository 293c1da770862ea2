import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface WaitingFault {
  readonly about: string;
  readonly says: string;
}

/**
 * What is set aside is what is offered; nobody was offered something while somebody before them waited whom it would have fitted; no offer stands longer than it
 * should. Reads everything: for the audit. `at`: what ran out before it must have been let go.
 */
export async function checkWaiting(q: Queryable, at: Date): Promise<readonly WaitingFault[]> {
  const { rows } = await sql<WaitingFault>`
    select e.event_id about, format('%s places are set aside, %s are offered', e.places_offered, coalesce(sum(w.places), 0)) says from events e
      left join waiting_entries w on w.chain_id = e.chain_id and w.event_id = e.event_id and w.kind = 'event' and w.status = 'offered'
     group by e.chain_id, e.event_id having e.places_offered <> coalesce(sum(w.places), 0)
    union all
    select w.entry_id, format('was offered before %s, who is before them, wants no more places and was waiting', f.entry_id) from waiting_entries w
      join waiting_log l on l.chain_id = w.chain_id and l.entry_id = w.entry_id and l.what = 'offered'
      join waiting_entries f on f.chain_id = w.chain_id and f.event_id = w.event_id and f.kind = 'event' and f.line_no < w.line_no and f.places <= w.places
     where w.kind = 'event'
       and not exists (select 1 from waiting_log b where b.chain_id = f.chain_id and b.entry_id = f.entry_id and b.log_no < l.log_no
                          and b.what in ('offered', 'withdrawn', 'removed', 'over'))
    union all
    select w.entry_id, format('still offered, its time was over at %s', w.offered_until) from waiting_entries w
     where w.status = 'offered' and w.offered_until <= ${at}
    union all
    select w.entry_id, 'still waits for an event that is cancelled or over' from waiting_entries w join events e on e.chain_id = w.chain_id and e.event_id = w.event_id
     where w.kind = 'event' and w.status in ('waiting', 'offered') and (e.status <> 'open' or e.starts_at <= ${at})
    union all
    select w.entry_id, 'taken, and there is no booking of it' from waiting_entries w where w.status = 'taken' and w.booking_id is null
    union all
    select w.entry_id, case when o.source_id is null then 'is offered a time that is not set aside' else 'has time set aside that is not offered' end
      from waiting_entries w left join occupancy o on o.chain_id = w.chain_id and o.source_kind = 'offer' and o.source_id = w.entry_id
     where w.kind = 'day' and (w.status = 'offered') <> (o.source_id is not null)`.execute(q);
  return rows;
}
