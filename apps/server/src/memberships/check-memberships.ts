import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { type EarningMembership, earnedBy } from './membership-rules.ts';

export interface MembershipFault {
  readonly about: string;
  readonly says: string;
}

/**
 * What is counted on a membership is what its visits say, and never more than was bought; each covered service and place has one; what was sold has its entry; what the books owe for it is its price
 * without what was earned and given back; and what is due to be earned by now is. Reads everything: for the audit.
 */
export async function checkMemberships(q: Queryable, at: Date): Promise<readonly MembershipFault[]> {
  const { rows: counted } = await sql<MembershipFault>`
    with visits as (
      select chain_id, membership_id, count(*) filter (where status = 'reserved') reserved, count(*) filter (where status = 'used') used
        from membership_visits group by 1, 2)
    select m.membership_id about, format('%s visits reserved and %s used, its visits say %s and %s', m.visits_reserved, m.visits_used, coalesce(v.reserved, 0), coalesce(v.used, 0)) says
      from memberships m left join visits v on v.chain_id = m.chain_id and v.membership_id = m.membership_id
     where m.visits_reserved <> coalesce(v.reserved, 0) or m.visits_used <> coalesce(v.used, 0) or m.visits_reserved + m.visits_used > m.visits
    union all
    select v.visit_id, format('reserved for a visit that is %s', a.status) from membership_visits v
      join appointments a on a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
     where v.status = 'reserved' and a.status not in ('held', 'waiting', 'confirmed')
    union all
    select a.appointment_id, format('%s places of %s are covered, with %s visits', l.lines * a.places, l.service_id, coalesce(v.visits, 0)) from appointments a
      join (select chain_id, appointment_id, service_id, count(*) filter (where pay = 'membership') lines from appointment_services group by 1, 2, 3) l
        on l.chain_id = a.chain_id and l.appointment_id = a.appointment_id
      left join (select chain_id, appointment_id, service_id, count(*) visits from membership_visits where status <> 'returned' and because <> 'places_cut' group by 1, 2, 3) v
        on v.chain_id = a.chain_id and v.appointment_id = a.appointment_id and v.service_id = l.service_id
     where a.status in ('held', 'waiting', 'confirmed', 'arrived', 'no_show') and l.lines * a.places <> coalesce(v.visits, 0)
    union all
    select v.visit_id, 'of another client' from membership_visits v
      join appointments a on a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
      join memberships m on m.chain_id = v.chain_id and m.membership_id = v.membership_id
      join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
     where v.because <> 'at_desk' and v.status = 'reserved' and coalesce(c.merged_into, c.client_id) <> m.client_id`.execute(q);
  const { rows } = await sql<EarningMembership & { id: string; incomeDueAt: Date | null; cameMinor: bigint; wentMinor: bigint; bookedMinor: bigint }>`
    select m.membership_id id, m.price_minor "priceMinor", m.refunded_minor "refundedMinor", m.visits, m.visits_reserved reserved, m.visits_used used,
           m.sold_at "soldAt", m.begins_at "beginsAt", m.ends_at "endsAt", m.ended_at "endedAt", m.frozen_until "frozenUntil", m.frozen_days "frozenDays",
           m.income_due_at "incomeDueAt", coalesce(p.came, 0)::bigint "cameMinor", coalesce(p.went, 0)::bigint "wentMinor", coalesce(p.booked, 0)::bigint "bookedMinor"
      from memberships m left join (
        select p.chain_id, p.purpose_id,
               sum(case when f.kind = 'prepayments' then p.amount_minor else 0 end) filter (where p.operation in ('payment', 'spend') and t.kind not in ('income', 'tax')) came,
               sum(case when t.kind = 'prepayments' then p.amount_minor else 0 end) filter (where p.operation not in ('income', 'tax')) went,
               sum(case when f.kind in ('income', 'tax') then p.amount_minor when t.kind in ('income', 'tax') then -p.amount_minor else 0 end) booked
          from ledger_postings p join ledger_accounts f on f.chain_id = p.chain_id and f.account_id = p.from_account_id
          join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
         where p.purpose_kind = 'membership' group by 1, 2) p on p.chain_id = m.chain_id and p.purpose_id = m.membership_id`.execute(q);
  const inBooks = rows.flatMap((row): MembershipFault[] => {
    const { id, priceMinor, refundedMinor, soldAt, incomeDueAt, cameMinor, wentMinor, bookedMinor } = row;
    const wanted = soldAt === null ? 0n : priceMinor;
    const faults: MembershipFault[] = [];
    if (cameMinor !== wanted) faults.push({ about: id, says: `${wanted} was paid for it, the ledger says ${cameMinor}` });
    if (wentMinor !== refundedMinor) faults.push({ about: id, says: `${refundedMinor} of it was given back, the ledger says ${wentMinor}` });
    // what has become due since is posted by the chore
    if ((incomeDueAt === null || incomeDueAt > at) && row.visits !== null && bookedMinor !== earnedBy(row, at))
      faults.push({ about: id, says: `${earnedBy(row, at)} of it is earned, the ledger says ${bookedMinor}` });
    if (bookedMinor > cameMinor - wentMinor) faults.push({ about: id, says: `more of it is earned (${bookedMinor}) than was kept` });
    return faults;
  });
  return [...counted, ...inBooks];
}
