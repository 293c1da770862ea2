import type { AttentionItem } from '@holdfast/contract/attention';
import type { TextKey, Words } from '../words.tsx';

const kinds = [
  'late_payment',
  'amount_mismatch',
  'currency_mismatch',
  'paid_more',
  'paid_above_cost',
  'refunded_at_provider',
  'provider_disagrees',
  'payment_unclear',
  'unknown_payment',
  'refund_failed',
  'refund_beyond_balance',
  'test_payment',
  'credentials_end',
  'payout_differs',
  'payment_missing_at_provider',
  'receipt_not_issued',
  'income_not_posted',
  'dispute',
  'codes_blocked',
  'webhook_off',
] as const;
type Kind = (typeof kinds)[number];

const isKind = (kind: string): kind is Kind => (kinds as readonly string[]).includes(kind);

/** What happened, in a heading. A kind this program does not know is told by its name. */
export function headingOf({ say }: Words, { kind }: AttentionItem): string {
  return isKind(kind) ? say(`attention.kind.${kind}`) : say('attention.kind.other', { kind });
}

const reasons = ['time_taken', 'time_past', 'cancelled', 'already_paid', 'not_due', 'part_gone'] as const;

const disputeReasons = [
  'fraudulent',
  'unrecognized',
  'product_not_received',
  'product_unacceptable',
  'duplicate',
  'credit_not_processed',
  'subscription_canceled',
  'general',
] as const;

/** Where a dispute stands: what the bank has done, why, and what is to be done by when. */
function disputeIn({ say, when }: Words, { detail }: AttentionItem, amount: string, timeZone: string): string {
  const { reason, stage, state, respondBy, answeredAt } = detail;
  const known = disputeReasons.find((one) => one === reason);
  const why = known ? say(`attention.dispute.reason.${known}`) : String(reason ?? '');
  const first = say(
    stage === 'inquiry'
      ? 'attention.dispute.inquiry'
      : state === 'lost'
        ? 'attention.dispute.lost'
        : state === 'won'
          ? 'attention.dispute.won'
          : 'attention.dispute.taken',
    { amount, why },
  );
  if (state !== 'needs_response' && state !== 'under_review') return first;
  const by = typeof respondBy === 'string' ? when(respondBy, timeZone) : '';
  const then =
    state === 'under_review' || typeof answeredAt === 'string'
      ? say('attention.dispute.waits')
      : by === ''
        ? say('attention.dispute.answer')
        : say('attention.dispute.answer_by', { by });
  return `${first} ${then}`;
}

/** What it means, and where the money is. */
export function meaningOf(words: Words, item: AttentionItem, timeZone = 'UTC'): string {
  const { say, money } = words;
  const { kind, detail, amountMinor, currency } = item;
  if (!isKind(kind)) return '';
  const amount = amountMinor !== null && currency !== null ? money(amountMinor, currency) : '';
  if (kind === 'dispute') return disputeIn(words, item, amount, timeZone);
  const { because, askedMinor, askedCurrency, message, prefix, url } = detail;
  const asked = typeof askedCurrency === 'string' && askedMinor !== undefined ? money(Number(askedMinor), askedCurrency) : '';
  const why = reasons.find((one) => one === because);
  const facts = {
    amount,
    asked,
    message: typeof message === 'string' ? message : '',
    prefix: typeof prefix === 'string' ? prefix : '',
    url: typeof url === 'string' ? url : '',
  };
  if (kind === 'refund_failed' && item.subject.kind === 'membership') return say('attention.means.membership_refund_failed', facts);
  if (kind === 'late_payment' && why) return say(`attention.late.${why}` satisfies TextKey, facts);
  return say(`attention.means.${kind}`, facts);
}

const resolutions = [
  'kept_as_credit',
  'noted',
  'put_on_account',
  'refund_proposed',
  'refund_asked',
  'cleared_up',
  'sent_again',
  'unblocked',
  'switched_on',
  'deleted',
  'another_time',
  'refunded_at_provider',
  'dispute_won',
  'dispute_lost',
  'dispute_closed',
  'charged_back',
] as const;

/** How it ended. */
export function endOf({ say }: Words, resolution: string): string {
  const known = resolutions.find((one) => one === resolution);
  return known ? say(`attention.end.${known}`) : say('attention.end.by_itself');
}
