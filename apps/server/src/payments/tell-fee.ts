import type { PaymentFact } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import type { AttemptRow } from './store.ts';

/** What a payment's own fee is kept under. */
export function feeOfPayment(attemptId: string): string {
  return `payment/${attemptId}`;
}

/**
 * A payment came with what is kept of it. Only written down: it is posted afterwards, so that settling waits for no other account. What the
 * provider's books or a person said before stands.
 */
export async function tellFee(tx: Tx, attempt: AttemptRow, fact: PaymentFact, at: Date): Promise<void> {
  if (fact.feeMinor === undefined || fact.state !== 'captured') return;
  const { chainId, locationId, connectionId, attemptId } = attempt;
  await sql`
    insert into provider_fees (chain_id, connection_id, fee_key, location_id, attempt_id, currency, told_minor, source, due, told_at)
    values (${chainId}, ${connectionId}, ${feeOfPayment(attemptId)}, ${locationId}, ${attemptId}, ${fact.currency}, ${fact.feeMinor}, 'assumed', true, ${at})
    on conflict (chain_id, connection_id, fee_key, currency) do update
       set told_minor = excluded.told_minor, due = provider_fees.posted_minor <> excluded.told_minor, told_at = excluded.told_at
     where provider_fees.source in ('assumed', 'payment') and provider_fees.told_minor <> excluded.told_minor`.execute(tx);
}
