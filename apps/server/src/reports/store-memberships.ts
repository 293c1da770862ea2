import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Question } from '../kit/ask-together.ts';

/** One entry in which a membership has earned something, with the visits that it was used for since the entry before. */
export interface MembershipEarning {
  readonly currency: string;
  /** Its tax included; below zero: income that was taken back. */
  readonly amountMinor: bigint;
  /** More than that no visit of it earns; null: it has no number of visits. */
  readonly mostByVisitMinor: bigint | null;
  /** `here`: at this place, not at another one where it can be used too. */
  readonly visits: readonly { readonly serviceId: string; readonly staffId: string; readonly here: boolean }[];
}

interface Row {
  readonly currency: string;
  readonly amount: string;
  readonly most: string | null;
  readonly visits: readonly (readonly [serviceId: string, staffId: string, here: boolean])[] | null;
}

/** What the books call income of memberships in a period. A visit is found by when it was used: each belongs to one entry, whatever period is asked for. */
export function earnedByMemberships(
  { chainId, locationId }: Scope,
  { from, until }: { readonly from: Date; readonly until: Date },
): Question<MembershipEarning> {
  return {
    select: sql`
    with posted as materialized (
      select p.entry_id, p.purpose_id, p.currency, sum(case when t.kind = 'prepayments' then p.amount_minor else -p.amount_minor end)::bigint amount
        from ledger_postings p join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
       where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.operation in ('income', 'tax') and p.happened_at >= ${from} and p.happened_at < ${until}
         and p.purpose_kind = 'membership' group by 1, 2, 3)
    select x.currency, x.amount::text amount, ((m.price_minor + m.visits - 1) / m.visits)::text most, (
        select json_agg(json_build_array(v.service_id, a.staff_id, v.location_id = ${locationId}) order by v.changed_at, v.visit_id)
          from membership_visits v join appointments a on a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
         where v.chain_id = ${chainId} and v.membership_id = x.purpose_id and v.status = 'used' and v.changed_at <= e.recorded_at
           and v.changed_at > coalesce((
             select max(b.recorded_at) from ledger_postings o join ledger_entries b on b.chain_id = o.chain_id and b.entry_id = o.entry_id
              where o.chain_id = ${chainId} and o.purpose_kind = 'membership' and o.purpose_id = x.purpose_id and o.operation in ('income', 'tax')
                and b.recorded_at < e.recorded_at), '-infinity')) visits
      from posted x join ledger_entries e on e.chain_id = ${chainId} and e.entry_id = x.entry_id
      left join memberships m on m.chain_id = ${chainId} and m.membership_id = x.purpose_id
     order by x.entry_id`,
    read: ({ currency, amount, most, visits }: Row) => ({
      currency,
      amountMinor: BigInt(amount),
      mostByVisitMinor: most === null ? null : BigInt(most),
      visits: (visits ?? []).map(([serviceId, staffId, here]) => ({ serviceId, staffId, here })),
    }),
  };
}
