import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

/** A refund as its client sees it: whether it goes back is not yet decided, it is on its way, it has gone, it is kept. */
export interface ClientsRefund {
  readonly appointmentId: string;
  readonly state: 'proposed' | 'on_its_way' | 'given_back' | 'kept';
  readonly amountMinor: bigint;
  readonly way: 'provider' | 'account' | 'register' | null;
  /** Through which provider, where one is asked. */
  readonly by: string;
  readonly at: Date;
}

/** Oldest first. What never was anything to give back is not told. */
export async function refundsOfVisits(q: Queryable, chainId: string, appointmentIds: readonly string[]): Promise<readonly ClientsRefund[]> {
  const { rows } = await sql<ClientsRefund>`
    select r.appointment_id "appointmentId", case r.status when 'sending' then 'on_its_way' when 'given_back' then 'given_back' when 'declined' then 'kept' else 'proposed' end state,
           case r.status when 'declined' then r.proposed_minor else r.amount_minor end "amountMinor", r.way, coalesce(c.label, '') by, coalesce(r.closed_at, r.opened_at) at
      from refunds r
      left join payment_attempts t on r.source_kind = 'payment' and t.chain_id = r.chain_id and t.attempt_id = r.source_id
      left join provider_connections c on c.chain_id = t.chain_id and c.connection_id = t.connection_id
     where r.chain_id = ${chainId} and r.appointment_id = any(${appointmentIds}) and r.status <> 'nothing_left' and r.proposed_minor > 0
     order by r.opened_at, r.refund_id`.execute(q);
  return rows;
}
