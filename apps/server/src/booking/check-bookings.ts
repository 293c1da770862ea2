import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface BookingFault {
  readonly chainId: string;
  readonly appointmentId: string;
  readonly says: string;
}

/**
 * Appointments, the time they occupy and the money the ledger holds for them must tell the same story. `at`: holds that ran out before it
 * must have been let go. Reads everything: for the audit.
 */
export async function checkBookings(q: Queryable, at: Date): Promise<readonly BookingFault[]> {
  const { rows } = await sql<{ chain_id: string; appointment_id: string; says: string }>`
    with money as (
      select p.chain_id, p.purpose_id, sum(case when f.kind in ('prepayments', 'income', 'tax') then p.amount_minor else 0 end - case when t.kind in ('prepayments', 'income', 'tax') then p.amount_minor else 0 end)::bigint held,
             sum(case when f.kind in ('income', 'tax') then p.amount_minor else 0 end - case when t.kind in ('income', 'tax') then p.amount_minor else 0 end)::bigint earned
        from ledger_postings p
        join ledger_accounts f on f.chain_id = p.chain_id and f.account_id = p.from_account_id
        join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
       where p.purpose_kind = 'appointment' group by 1, 2),
    facts as (
      select a.chain_id, a.appointment_id, a.status, a.paid_minor, a.due_minor, a.required, a.frees_at, a.busy, a.staff_id, coalesce(m.held, 0) held,
             coalesce(m.earned, 0) earned, a.event_id, i.due_at earns_at, i.appointment_id is not null watched,
             case when a.status in ('waiting', 'confirmed', 'arrived') then case when i.due_at is null then least(a.paid_minor, a.cost_minor) else 0 end
                  when a.status not in ('no_show', 'cancelled') then 0
                  when not exists (select 1 from refunds w where w.chain_id = a.chain_id and w.appointment_id = a.appointment_id and w.closed_at is null) then a.paid_minor end to_earn,
             o.span, o.resource_id, o.frees_at o_frees_at, o.source_id is not null occupies
        from appointments a
        left join money m on m.chain_id = a.chain_id and m.purpose_id = a.appointment_id
        left join appointment_income i on i.chain_id = a.chain_id and i.appointment_id = a.appointment_id
        left join occupancy o on o.chain_id = a.chain_id and o.source_kind = 'appointment' and o.source_id = a.appointment_id)
    select chain_id, appointment_id, 'paid ' || paid_minor || ' on the appointment, ' || held || ' in the ledger' says from facts where paid_minor <> held
    union all
    select chain_id, appointment_id, case when watched then 'has earned ' || earned || ', not ' || to_earn else 'nobody looks whether it earns anything' end from facts
     where (paid_minor > 0 and not watched) or (earned <> to_earn and (earns_at is null or earns_at > ${at}))
    union all
    select chain_id, appointment_id, status || case when occupies then ' but takes time' else ' but takes no time' end from facts
     where occupies <> (event_id is null and status in ('held', 'waiting', 'confirmed', 'arrived', 'no_show'))
    union all
    select chain_id, appointment_id, 'takes another time or person than it says' from facts where occupies and (span <> busy or resource_id <> staff_id)
    union all
    select chain_id, appointment_id, status || ', but its time is ' || case when o_frees_at is null then 'not on loan' else 'on loan' end from facts
     where occupies and (o_frees_at is not null) <> (status = 'held')
    union all
    select chain_id, appointment_id, 'held past ' || frees_at from facts where status = 'held' and frees_at <= ${at}
    union all
    select f.chain_id, f.appointment_id, 'confirmed without the prepayment it requires' from facts f
     where f.status in ('waiting', 'confirmed', 'arrived', 'no_show') and f.required and f.paid_minor < f.due_minor
       and not exists (select 1 from appointment_changes c where c.chain_id = f.chain_id and c.appointment_id = f.appointment_id and (c.what in ('refunded', 'taken_at_desk', 'desk_payment_reversed', 'paid_from_account', 'account_payment_reversed')
                         or c.what = 'held_on_account' and c.by_whom <> 'client'))
    union all
    select a.chain_id, a.appointment_id, 'costs ' || a.cost_minor || ', its services ' || sum(coalesce(l.cost_minor, l.price_min_minor)) from appointments a
      join appointment_services l on l.chain_id = a.chain_id and l.appointment_id = a.appointment_id
     group by a.chain_id, a.appointment_id having a.cost_minor <> sum(coalesce(l.cost_minor, l.price_min_minor))
    union all
    select e.chain_id, e.event_id, 'event counts ' || e.places_taken || ' places, its clients have ' || coalesce(sum(places_of(a.status, a.places)), 0) from events e
      left join appointments a on a.chain_id = e.chain_id and a.event_id = e.event_id
     group by e.chain_id, e.event_id having e.places_taken <> coalesce(sum(places_of(a.status, a.places)), 0)
    union all
    select a.chain_id, a.appointment_id, 'takes place at another time or with another person than its event' from appointments a
      join events e on e.chain_id = a.chain_id and e.event_id = a.event_id
     where a.status in ('held', 'waiting', 'confirmed', 'arrived', 'no_show')
       and (a.starts_at, a.ends_at, a.staff_id, a.location_id) is distinct from (e.starts_at, e.ends_at, e.staff_id, e.location_id)
    union all
    select e.chain_id, e.event_id, 'event ' || e.status || case when o.source_id is null then ' but takes no time' else ' but takes time, or another than it says' end from events e
      left join occupancy o on o.chain_id = e.chain_id and o.source_kind = 'event' and o.source_id = e.event_id
     where (e.status = 'open') <> (o.source_id is not null) or o.span <> e.busy or o.resource_id <> e.staff_id
    union all
    select o.chain_id, o.source_id, 'time is taken for an appointment that is not there' from occupancy o
     where o.source_kind = 'appointment' and not exists (select 1 from appointments a where a.chain_id = o.chain_id and a.appointment_id = o.source_id)`.execute(
    q,
  );
  return rows.map((row) => ({ chainId: row.chain_id, appointmentId: row.appointment_id, says: row.says }));
}
