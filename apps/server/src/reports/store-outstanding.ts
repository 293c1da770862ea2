import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Question } from '../kit/ask-together.ts';

export interface Outstanding {
  readonly kind: 'prepayments' | 'client';
  readonly currency: string;
  /** What is owed; below zero: they owe it. */
  readonly owedMinor: bigint;
  readonly since: Date | null;
  readonly clientId: string | null;
  readonly clientName: string;
  readonly appointmentId: string | null;
  /** What is owed is not a visit but visits of a membership. */
  readonly membership: string | null;
  readonly startsAt: Date | null;
}

interface Row extends Omit<Outstanding, 'owedMinor' | 'since' | 'startsAt'> {
  readonly owed: string;
  readonly since: string | null;
  readonly startsAt: string | null;
}

/**
 * What was owed to clients just before a moment: for each visit that was prepaid, for each membership, and on each client's account. Read backwards: what is owed now (which
 * appointments that may be is known), less what has been posted since.
 */
export function outstandingAt({ chainId, locationId }: Scope, at: Date): Question<Outstanding> {
  const ofChain = sql`p.chain_id = ${chainId}`;
  const since = sql`${ofChain} and p.location_id = ${locationId} and p.happened_at >= ${at}`;
  const appointment = sql`case when p.purpose_kind in ('appointment', 'membership') then p.purpose_id end`;
  const ofAccount = (side: 'from' | 'to') => sql`${ofChain} and p.${sql.ref(`${side}_account_id`)} = h.account_id`;
  const forNone = sql`coalesce(p.purpose_kind, '') not in ('appointment', 'membership')`;
  const first = (side: 'from' | 'to') => sql`
    (select p.happened_at from ledger_postings p where ${ofAccount(side)} and p.happened_at < ${at} order by p.happened_at limit 1)`;
  return {
    select: sql`
    with here as materialized (
      select account_id, kind, currency, balance_minor, split_part(owner_id, '/', 1) client_id from ledger_accounts
       where chain_id = ${chainId} and location_id = ${locationId} and kind in ('prepayments', 'client')),
    later as materialized (
      select account_id, appointment_id, sum(amount) amount from (
        select p.from_account_id account_id, ${appointment} appointment_id, p.amount_minor amount from ledger_postings p
         where ${since} and p.from_account_id in (select account_id from here)
        union all
        select p.to_account_id, ${appointment}, -p.amount_minor from ledger_postings p
         where ${since} and p.to_account_id in (select account_id from here)) m group by 1, 2),
    prepaid as (
      select h.account_id, h.currency, o.purpose_id appointment_id, m.amount
        from here h join prepayments_owed o on o.chain_id = ${chainId} and o.account_id = h.account_id and o.purpose_id <> ''
        cross join lateral (
          select sum(case p.from_account_id when h.account_id then p.amount_minor else -p.amount_minor end) amount from ledger_postings p
           where ${ofChain} and p.purpose_kind in ('appointment', 'membership') and p.purpose_id = o.purpose_id and h.account_id in (p.from_account_id, p.to_account_id)) m
      union all
      select h.account_id, h.currency, null, coalesce((select sum(p.amount_minor) from ledger_postings p where ${ofAccount('from')} and ${forNone}), 0)
                                           - coalesce((select sum(p.amount_minor) from ledger_postings p where ${ofAccount('to')} and ${forNone}), 0)
        from here h join prepayments_owed o on o.chain_id = ${chainId} and o.account_id = h.account_id and o.purpose_id = ''
      union all
      select h.account_id, h.currency, l.appointment_id, -l.amount from later l join here h on h.account_id = l.account_id and h.kind = 'prepayments'),
    owed as (
      select 'prepayments' as kind, h.currency, null client_id, h.appointment_id, sum(h.amount)::bigint owed,
             (select min(p.happened_at) from ledger_postings p
               where ${ofChain} and p.purpose_kind in ('appointment', 'membership') and p.purpose_id = h.appointment_id and h.account_id in (p.from_account_id, p.to_account_id)
                 and p.happened_at < ${at}) since
        from prepaid h where h.appointment_id is not null group by h.account_id, h.currency, h.appointment_id having sum(h.amount) <> 0
      union all
      select 'prepayments', h.currency, null, null, sum(h.amount)::bigint,
             least((select min(p.happened_at) from ledger_postings p where ${ofAccount('from')} and ${forNone} and p.happened_at < ${at}),
                   (select min(p.happened_at) from ledger_postings p where ${ofAccount('to')} and ${forNone} and p.happened_at < ${at}))
        from prepaid h where h.appointment_id is null group by h.account_id, h.currency having sum(h.amount) <> 0
      union all
      select 'client', h.currency, h.client_id, null, sum(-h.balance_minor - coalesce(l.amount, 0))::bigint, min(least(${first('from')}, ${first('to')}))
        from here h left join (select account_id, sum(amount) amount from later group by 1) l on l.account_id = h.account_id
       where h.kind = 'client' and (h.balance_minor <> 0 or l.amount is not null)
       group by h.currency, h.client_id having sum(-h.balance_minor - coalesce(l.amount, 0)) <> 0)
    select o.kind, o.currency, o.owed::text owed, o.since, c.client_id "clientId", coalesce(c.name, '') "clientName",
           case when m.name is null then o.appointment_id end "appointmentId", m.name membership,
           a.starts_at "startsAt"
      from owed o
      left join lateral (select v.starts_at, v.client_id from appointments v where v.chain_id = ${chainId} and v.appointment_id = o.appointment_id limit 1) a on true
      left join memberships m on m.chain_id = ${chainId} and m.membership_id = o.appointment_id
      left join clients c on c.chain_id = ${chainId} and c.client_id = coalesce(o.client_id, a.client_id, m.client_id)
     order by o.currency, o.kind desc, o.owed desc, o.since, o.appointment_id, o.client_id`,
    read: ({ owed, since: from, startsAt, ...row }: Row) => ({
      ...row,
      owedMinor: BigInt(owed),
      since: from === null ? null : new Date(from),
      startsAt: startsAt === null ? null : new Date(startsAt),
    }),
  };
}
