import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

export interface Outstanding {
  readonly kind: 'prepayments' | 'client';
  readonly currency: string;
  /** What is owed; below zero: they owe it. */
  readonly owedMinor: bigint;
  readonly since: Date | null;
  readonly clientId: string | null;
  readonly clientName: string;
  readonly appointmentId: string | null;
  readonly startsAt: Date | null;
}

/** What was owed to clients just before a moment: for each visit that was prepaid, and on each client's account. */
export async function outstandingAt(q: Queryable, { chainId, locationId }: Scope, at: Date): Promise<readonly Outstanding[]> {
  const { rows } = await sql<Outstanding>`
    with here as (
      select account_id, kind, currency, split_part(owner_id, '/', 1) client_id from ledger_accounts
       where chain_id = ${chainId} and location_id = ${locationId} and kind in ('prepayments', 'client')),
    moved as (
      select h.kind, h.currency, h.client_id, p.purpose_kind, p.purpose_id, p.amount_minor amount, p.happened_at
        from here h join ledger_postings p on p.chain_id = ${chainId} and p.from_account_id = h.account_id and p.happened_at < ${at}
      union all
      select h.kind, h.currency, h.client_id, p.purpose_kind, p.purpose_id, -p.amount_minor, p.happened_at
        from here h join ledger_postings p on p.chain_id = ${chainId} and p.to_account_id = h.account_id and p.happened_at < ${at}),
    owed as (
      select kind, currency, case kind when 'client' then client_id end client_id,
             case when kind = 'prepayments' and purpose_kind = 'appointment' then purpose_id end appointment_id, sum(amount)::bigint owed, min(happened_at) since
        from moved group by 1, 2, 3, 4 having sum(amount) <> 0)
    select o.kind, o.currency, o.owed "owedMinor", o.since, c.client_id "clientId", coalesce(c.name, '') "clientName", o.appointment_id "appointmentId",
           a.starts_at "startsAt"
      from owed o left join appointments a on a.chain_id = ${chainId} and a.appointment_id = o.appointment_id
      left join clients c on c.chain_id = ${chainId} and c.client_id = coalesce(o.client_id, a.client_id)
     order by o.currency, o.kind desc, o.owed desc, o.since, o.appointment_id, o.client_id`.execute(q);
  return rows;
}
