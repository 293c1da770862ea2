import type { RefundFact, RefundOrder } from '../payment-provider.ts';
import type { VivaTransaction } from './viva-transaction.ts';
import type { TransactionStatus } from './wire.ts';

/** Money that went back, or is on its way. */
export interface Reversal {
  readonly id: string;
  readonly amountMinor: bigint;
  readonly pending: boolean;
  /** The payment it went back of, where that is known: an order may have been paid twice. */
  readonly of?: string | undefined;
}

/**
 * What has gone back of an order's payments, oldest first: transactions below nothing, and what a payment's state says alone (cancelled by the merchant, lost in
 * a dispute), where no such transaction stands beside it.
 *
 * @throws RangeError when it is said to be given back, but not how much
 */
export function reversalsOf(transactions: readonly VivaTransaction[]): readonly Reversal[] {
  const oldestFirst = [...transactions].sort((one, other) => one.at.getTime() - other.at.getTime());
  const reversals: Reversal[] = [];
  const payments = new Set(transactions.flatMap(({ id, amountMinor }) => (amountMinor > 0n ? [id] : [])));
  for (const { id, status, amountMinor, parentId } of oldestFirst) {
    const state = amountMinor < 0n ? reversalState(status) : 'failed';
    const of = parentId !== undefined && payments.has(parentId) ? parentId : undefined;
    if (state !== 'failed') reversals.push({ id, amountMinor: -amountMinor, pending: state === 'pending', of });
  }
  for (const { id, status, amountMinor } of oldestFirst) {
    if (amountMinor <= 0n) continue;
    if (status === 'R' && reversals.length === 0) throw new RangeError('a payment is given back, but there is no transaction that says how much');
    const left = amountMinor - sumOf(reversals.filter(({ of }) => of === undefined || of === id));
    if ((status === 'X' || status === 'ML') && left > 0n) reversals.push({ id, amountMinor: left, pending: false, of: id });
  }
  return reversals;
}

export function sumOf(reversals: readonly Reversal[]): bigint {
  return reversals.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

/** The state of a transaction that gives money back. */
export function reversalState(status: TransactionStatus): RefundFact['state'] {
  switch (status) {
    case 'F':
    case 'C':
      return 'refunded';
    case 'A':
      return 'pending';
    case 'E':
    case 'X':
      return 'failed';
    case 'R':
    case 'M':
    case 'MA':
    case 'MI':
    case 'ML':
    case 'MW':
    case 'MS':
      throw new RangeError(`a refund in the state ${status} is not documented`);
    default:
      return status satisfies never;
  }
}

/**
 * Viva knows no keys for refunds: this one is recognised by its place. Of what has gone back, leave out what had gone back before it was first spoken of;
 * the next transactions that are together as much as it, are it. Nothing after that: it has not been done. Anything else: somebody has to look.
 */
export function findRefund(
  reversals: readonly Reversal[],
  { refundedBeforeMinor, amountMinor }: Pick<RefundOrder, 'refundedBeforeMinor' | 'amountMinor'>,
): { readonly kind: 'not_yet' } | { readonly kind: 'found'; readonly fact: RefundFact } | { readonly kind: 'unclear' } {
  let passed = 0n;
  const ours: Reversal[] = [];
  for (const reversal of reversals) {
    if (passed < refundedBeforeMinor) {
      passed += reversal.amountMinor;
      if (passed > refundedBeforeMinor) return { kind: 'unclear' };
      continue;
    }
    ours.push(reversal);
    const sum = sumOf(ours);
    if (sum > amountMinor) return { kind: 'unclear' };
    if (sum === amountMinor) {
      const state = ours.some(({ pending }) => pending) ? 'pending' : 'refunded';
      return { kind: 'found', fact: { providerRefundId: reversal.id, state, amountMinor } };
    }
  }
  return { kind: passed === refundedBeforeMinor && ours.length === 0 ? 'not_yet' : 'unclear' };
}
