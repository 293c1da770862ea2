import { fromDecimal } from '../kit/decimal-amount.ts';
import type { Credentials, Outcome, SettlementLine } from '../payment-provider.ts';
import { askLiqpay, type LiqpayPlace } from './ask-liqpay.ts';
import { unreadable } from './give-back.ts';
import { feeOf, paymentFact } from './liqpay-payment-fact.ts';
import { type LiqpayPayment, paymentShape, reportsShape } from './wire.ts';

const day = 24 * 3600_000;
/** LiqPay reports a month at most. */
const longestReport = 30 * day;

/** LiqPay's archive of payments, with what it keeps of each and what went back. Payouts are not in it. */
export async function settlementLines(
  place: LiqpayPlace,
  credentials: Credentials,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<Outcome<readonly SettlementLine[]>> {
  const lines = new Map<string, SettlementLine>();
  for (let start = from.getTime(); start < to.getTime(); start += longestReport) {
    const end = Math.min(start + longestReport, to.getTime());
    const said = { action: 'reports', date_from: start, date_to: end, resp_format: 'json' } as const;
    const answer = await askLiqpay(place, credentials, said, reportsShape);
    if (answer.kind !== 'done') return answer;
    try {
      for (const row of answer.value.data) {
        const payment = paymentShape.safeParse(row);
        // attempts that never got as far as an amount
        if (payment.success) for (const line of linesOf(payment.data)) lines.set(line.lineId, line);
      }
    } catch (error) {
      return unreadable(error);
    }
  }
  const within = [...lines.values()].filter(({ at }) => at >= from && at < to);
  return { kind: 'done', value: within.sort((one, other) => one.at.getTime() - other.at.getTime()) };
}

/** What went back of a payment is one line, which grows with every part. */
function linesOf(payment: LiqpayPayment): SettlementLine[] {
  if (payment.status === 'subscribed' || payment.status === 'unsubscribed') return [];
  const { state, refundedMinor, currency } = paymentFact(payment);
  if (state !== 'captured') return [];
  const paidAt = moment(payment.create_date) ?? moment(payment.end_date);
  if (!paidAt) throw new RangeError(`payment ${payment.payment_id} has no date`);
  const common = { reference: payment.order_id, providerPaymentId: payment.order_id, currency, payoutId: undefined };
  const paid: SettlementLine = {
    ...common,
    lineId: payment.payment_id,
    kind: 'payment',
    amountMinor: fromDecimal(payment.amount, currency),
    feeMinor: (payment.receiver_commission ? feeOf(payment.receiver_commission, currency) : undefined) ?? 0n,
    at: paidAt,
  };
  if (refundedMinor === 0n) return [paid];
  const backAt = moment(payment.refund_date_last) ?? moment(payment.end_date) ?? paidAt;
  return [paid, { ...common, lineId: `${payment.payment_id}/refund`, kind: 'refund', amountMinor: -refundedMinor, feeMinor: 0n, at: backAt }];
}

/** Milliseconds as text. */
function moment(text: string | null | undefined): Date | undefined {
  return text && /^\d{10,15}$/.test(text) ? new Date(Number(text)) : undefined;
}
