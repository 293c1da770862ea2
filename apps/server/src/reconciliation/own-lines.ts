import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { BoundConnection } from './store-items.ts';
import type { CameLine } from './take-lines.ts';

/** Of a provider that has no books to read, what we know ourselves: its payouts can be explained all the same. */
export async function ownLines(q: Queryable, { chainId, connectionId }: BoundConnection): Promise<readonly CameLine[]> {
  const { rows } = await sql<{
    attemptId: string;
    reference: string;
    captured: bigint;
    refunded: bigint;
    currency: string;
    at: Date;
    told: bigint | null;
    source: string | null;
    bp: number | null;
  }>`
    select a.attempt_id "attemptId", a.reference, a.captured_minor captured, a.refunded_minor refunded, a.captured_currency currency, a.captured_at at,
           f.told_minor told, f.source, s.assumed_fee_bp bp
      from payment_attempts a
      join reconciliation_settings s on s.chain_id = a.chain_id and s.connection_id = a.connection_id
      left join provider_fees f on f.chain_id = a.chain_id and f.connection_id = a.connection_id and f.fee_key = 'payment/' || a.attempt_id and f.currency = a.captured_currency
     where a.chain_id = ${chainId} and a.connection_id = ${connectionId} and a.status = 'captured'
       and not exists (select 1 from settlement_items i where i.chain_id = a.chain_id and i.attempt_id = a.attempt_id and i.source <> 'own'
                          and i.kind in ('payment', 'refund'))
     order by a.captured_at`.execute(q);
  return rows.flatMap(({ attemptId, reference, captured, refunded, currency, at, told, source, bp }): CameLine[] => {
    const common = { reference, providerPaymentId: undefined, currency, at, payoutId: undefined };
    const feeMinor = bp === null || source === 'accepted' ? (told ?? undefined) : assumedFee(captured, bp);
    const paid: CameLine = { ...common, lineId: `own/${attemptId}`, kind: 'payment', amountMinor: captured, feeMinor };
    return refunded === 0n ? [paid] : [paid, { ...common, lineId: `own/${attemptId}/refund`, kind: 'refund', amountMinor: -refunded, feeMinor: 0n }];
  });
}

/** Hundredths of a percent, half up. */
export function assumedFee(amountMinor: bigint, basisPoints: number): bigint {
  return (amountMinor * BigInt(basisPoints) + 5_000n) / 10_000n;
}
