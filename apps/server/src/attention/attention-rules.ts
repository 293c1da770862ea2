import type { AttentionAction, attentionPlaces } from '@holdfast/contract/attention';
import type { AttentionKind } from '../payments/open-attention.ts';

interface Ends {
  readonly actions: readonly AttentionAction[];
  /** Where it is dealt with, when not here. */
  readonly place?: (typeof attentionPlaces)[number];
}

const KEEP_OR_REFUND: Ends = { actions: ['keep', 'refund'] };
const ASK_OR_NOTE: Ends = { actions: ['look_again', 'note'] };

/** What ends each kind. What has no action closes by itself: when the money has gone back, when a difference is decided, when there are other credentials. */
const ends: Readonly<Record<AttentionKind, Ends>> = {
  late_payment: KEEP_OR_REFUND,
  amount_mismatch: KEEP_OR_REFUND,
  paid_more: KEEP_OR_REFUND,
  paid_above_cost: { actions: ['refund', 'note'] },
  currency_mismatch: { actions: ['to_account', 'refund', 'note'] },
  refunded_at_provider: { actions: ['note'] },
  provider_disagrees: ASK_OR_NOTE,
  payment_unclear: ASK_OR_NOTE,
  unknown_payment: ASK_OR_NOTE,
  test_payment: { actions: [], place: 'cashless_payment' },
  credentials_end: { actions: [], place: 'cashless_payment' },
  refund_failed: { actions: [], place: 'refunds' },
  refund_beyond_balance: { actions: ['note'] },
  payout_differs: { actions: [], place: 'reconciliation' },
  payment_missing_at_provider: { actions: [], place: 'reconciliation' },
  receipt_not_issued: { actions: [] },
  income_not_posted: { actions: [] },
  dispute: { actions: ['evidence_sent', 'accept_loss', 'look_again'] },
  codes_blocked: { actions: [], place: 'phone_confirmation' },
  webhook_off: { actions: [], place: 'webhooks' },
};

/** Of a membership it is sent again, or handed back, where the client's memberships are; it may also have been settled beside the program. */
const MEMBERSHIP_REFUND_FAILED: Ends = { actions: ['note'], place: 'client' };

/** A kind that an older version of the program wrote down can still be noted. */
export function whatEnds({ kind, subjectKind }: { readonly kind: string; readonly subjectKind: string }): Ends {
  if (kind === 'refund_failed' && subjectKind === 'membership') return MEMBERSHIP_REFUND_FAILED;
  return Object.hasOwn(ends, kind) ? ends[kind as AttentionKind] : { actions: ['note'] };
}
