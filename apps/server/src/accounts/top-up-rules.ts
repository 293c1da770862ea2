import type { TopUp } from '@holdfast/contract/accounts';
import type { TopUpRow } from './top-up-rows.ts';

/** How a top-up stands, in one word. */
export function topUpState({ doneAt, cancelledAt, paying, reversal, refundedMinor, amountMinor }: TopUpRow): TopUp['state'] {
  if (doneAt === null) {
    if (paying === 'processing') return 'checking';
    return cancelledAt === null ? 'waiting' : 'cancelled';
  }
  if (refundedMinor >= amountMinor || (reversal?.reversedAt && reversal.refundId === null)) return 'reversed';
  // through the provider a part may have gone back: the rest is there, or was spent
  if (!reversal || reversal.reversedAt) return 'done';
  return reversal.failedAt === null ? 'refund_under_way' : 'refund_failed';
}

/** What of it its provider still has to give back. */
export function leftAtProvider(row: TopUpRow): bigint {
  return row.attemptId !== null && isReversible(row) ? row.amountMinor - row.refundedMinor : 0n;
}

/** May it be undone at all? Whether the money is still there is asked when it is. */
export function isReversible(row: TopUpRow): boolean {
  const state = topUpState(row);
  return state === 'done' || state === 'refund_failed';
}
