import type { SettlementLine } from '../payment-provider.ts';
import { paymentsOf } from './viva-payment-fact.ts';
import { reversalState } from './viva-reversals.ts';
import type { VivaTransaction } from './viva-transaction.ts';

/**
 * Viva's transactions as lines of its books, oldest first. A payment that was cancelled on its day and has no transaction that gives it back never reached the
 * books.
 *
 * @throws RangeError when a transaction that gives money back is in a state nobody documents
 */
export function settlementLines(transactions: readonly VivaTransaction[], { from, to }: { from: Date; to: Date }): readonly SettlementLine[] {
  const reversed = new Set(transactions.flatMap(({ orderCode, amountMinor }) => (amountMinor < 0n && orderCode ? [orderCode] : [])));
  return transactions
    .filter(({ at }) => at >= from && at < to)
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .flatMap((one): SettlementLine[] => {
      const line = {
        lineId: one.id,
        reference: one.reference,
        providerPaymentId: one.orderCode,
        amountMinor: one.amountMinor,
        feeMinor: one.feeMinor ?? 0n,
        currency: one.currency,
        at: one.at,
        payoutId: undefined,
      };
      if (one.amountMinor < 0n) return reversalState(one.status) === 'refunded' ? [{ ...line, kind: 'refund' }] : [];
      const neverBooked = one.status === 'X' && !(one.orderCode && reversed.has(one.orderCode));
      return paymentsOf([one]).length === 0 || one.status === 'C' || neverBooked ? [] : [{ ...line, kind: 'payment' }];
    });
}
