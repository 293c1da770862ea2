import type { TopUp } from '@holdfast/contract/accounts';
import type { TopUpRow } from './top-up-rows.ts';

/** How a top-up stands, in one word. */
export function topUpState({ doneAt, cancelledAt, paying, reversal, refundedMinor, amountMinor }: TopUpRow): TopUp['state'] {
  if (doneAt === null) {
    if (paying === 'processing') return 'checking';
    return cancelledAt === null ? 'waiting' : 'cancelled';
  }
  if (refundedMinor >= amountMinor || reversal?.reversedAt) return 'reversed';
  if (!reversal) return 'done';
  return reversal.failedAt === null ? 'refund_under_way' : 'refund_failed';
}

/** May it be undone at all? Whether the money is still there is asked when it is. */
export function isReversible(row: TopUpRow): boolean {
  const state = topUpState(row);
  return state === 'done' || state === 'refund_failed';
}
