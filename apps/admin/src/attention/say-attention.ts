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
] as const;
type Kind = (typeof kinds)[number];

const isKind = (kind: string): kind is Kind => (kinds as readonly string[]).includes(kind);

/** What happened, in a heading. A kind this program does not know is told by its name. */
export function headingOf({ say }: Words, { kind }: AttentionItem): string {
  return isKind(kind) ? say(`attention.kind.${kind}`) : say('attention.kind.other', { kind });
}

const reasons = ['time_taken', 'time_past', 'cancelled', 'already_paid', 'not_due'] as const;

/** What it means, and where the money is. */
export function meaningOf({ say, money }: Words, { kind, detail, amountMinor, currency }: AttentionItem): string {
  if (!isKind(kind)) return '';
  const amount = amountMinor !== null && currency !== null ? money(amountMinor, currency) : '';
  const { because, askedMinor, askedCurrency, message } = detail;
  const asked = typeof askedCurrency === 'string' && askedMinor !== undefined ? money(Number(askedMinor), askedCurrency) : '';
  const why = reasons.find((one) => one === because);
  const facts = { amount, asked, message: typeof message === 'string' ? message : '' };
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
  'another_time',
  'refunded_at_provider',
] as const;

/** How it ended. */
export function endOf({ say }: Words, resolution: string): string {
  const known = resolutions.find((one) => one === resolution);
  return known ? say(`attention.end.${known}`) : say('attention.end.by_itself');
}
