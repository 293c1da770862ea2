import type { AttentionList } from '@holdfast/contract/checkout';
import type { AttentionKind } from '../payments/open-attention.ts';

type Resolution = AttentionList['items'][number]['resolutions'][number];

/** What a person may decide about each kind without moving money: what lies on the client's account stays there, what only had to be seen was seen. */
const resolutions: Readonly<Record<AttentionKind, readonly Resolution[]>> = {
  late_payment: ['kept_as_credit'],
  amount_mismatch: ['kept_as_credit'],
  paid_more: ['kept_as_credit'],
  currency_mismatch: ['noted'],
  refunded_at_provider: ['noted'],
  provider_disagrees: ['noted'],
  payment_unclear: ['noted'],
  unknown_payment: ['noted'],
  // these close by themselves: when the money has gone back, when it is sent again or kept, when there are other credentials
  test_payment: [],
  refund_failed: [],
  refund_beyond_balance: ['noted'],
  credentials_end: [],
  // these close when the difference is decided in Reconciliation, or is none any more
  payout_differs: [],
  payment_missing_at_provider: [],
};

export function mayBeDecided(kind: string): readonly Resolution[] {
  return Object.hasOwn(resolutions, kind) ? resolutions[kind as AttentionKind] : ['noted'];
}
