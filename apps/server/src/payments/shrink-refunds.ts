import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import type { AttemptKey } from './store.ts';

/** A refund that waits is never more than what is left of its payment: what has gone back another way would be given back twice. Those of this payment. */
export async function shrinkRefunds(tx: Tx, { chainId, attemptId }: Pick<AttemptKey, 'chainId' | 'attemptId'>, at: Date): Promise<void> {
  await sql`
    select shrink_refunds(${chainId}, x.appointment_id, ${at}) from (
      select distinct appointment_id from refunds where chain_id = ${chainId} and source_kind = 'payment' and source_id = ${attemptId} and status in ('open', 'approved')
    ) x`.execute(tx);
}

/** All that wait of one visit. */
export async function shrinkRefundsOfVisit(tx: Tx, chainId: string, appointmentId: string, at: Date): Promise<void> {
  await sql`select shrink_refunds(${chainId}, ${appointmentId}, ${at})`.execute(tx);
}
