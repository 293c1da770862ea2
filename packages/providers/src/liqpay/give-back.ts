import { toDecimal } from '../kit/decimal-amount.ts';
import { asWritten } from '../kit/exact-json.ts';
import type { Credentials, Outcome, PaymentFact, RefundFact, RefundOrder } from '../payment-provider.ts';
import { askLiqpay, type LiqpayPlace, unknownPayment } from './ask-liqpay.ts';
import { paymentFact } from './liqpay-payment-fact.ts';
import { isTrue, type LiqpayPayment, paymentShape, refundShape } from './wire.ts';

/** LiqPay gives a refund no id: it is the payment's, and how much had gone back before tells one refund from another. */
type Standing = { readonly payment: LiqpayPayment; readonly fact: PaymentFact };

/** How does this refund stand? Told by what has gone back by now. */
export async function readRefund(place: LiqpayPlace, credentials: Credentials, refund: RefundOrder): Promise<Outcome<RefundFact | undefined>> {
  const standing = await readStanding(place, credentials, refund);
  if (standing.kind === 'declined' && standing.code === unknownPayment) return { kind: 'done', value: undefined };
  if (standing.kind !== 'done') return standing;
  return progress(standing.value, refund);
}

/** Looks first, because LiqPay knows no repetition: the same request twice gives back twice. */
export async function giveBack(place: LiqpayPlace, credentials: Credentials, refund: RefundOrder): Promise<Outcome<RefundFact>> {
  const { amountMinor, currency, refundedBeforeMinor } = refund;
  if (amountMinor <= 0n) return declined('amount_not_refundable', 'There is nothing to refund in an amount of nothing.');
  const standing = await readStanding(place, credentials, refund);
  if (standing.kind !== 'done') return standing;
  const { payment, fact } = standing.value;
  if (fact.state !== 'captured') return declined('nothing_captured', 'Nothing was paid here that could be given back.');
  if (fact.currency !== currency) return declined('currency_mismatch', `This payment is in ${fact.currency}.`);
  const stands = progress(standing.value, refund);
  if (stands.kind !== 'done') return stands;
  if (stands.value) return { kind: 'done', value: stands.value };
  // LiqPay's own code for it; the question is spared
  if (refundedBeforeMinor + amountMinor > fact.capturedMinor) return declined('amount_limit', 'This is more than is left of the payment.');
  const amount = asWritten(toDecimal(amountMinor, currency));
  const answer = await askLiqpay(place, credentials, { action: 'refund', order_id: refund.providerPaymentId, amount }, refundShape);
  if (answer.kind !== 'done') return answer;
  const { status, wait_amount: waits } = answer.value;
  const made = (state: RefundFact['state']) => ({ kind: 'done' as const, value: { providerRefundId: payment.payment_id, state, amountMinor } });
  if (isTrue(waits)) return made('pending');
  switch (status) {
    case 'success':
    case 'reversed':
    case 'sandbox':
      return made('refunded');
    case 'processing':
    case 'wait_reserve':
    case 'wait_secure':
      return made('pending');
    default:
      return { kind: 'unknown', message: `LiqPay: a refund is ${status}` };
  }
}

/** `undefined`: nothing of it has happened · `unknown`: neither so much as before nor that and this amount. */
function progress({ payment, fact }: Standing, { amountMinor, refundedBeforeMinor }: RefundOrder): Outcome<RefundFact | undefined> {
  const made = (state: RefundFact['state']) => ({ providerRefundId: payment.payment_id, state, amountMinor });
  if (fact.state !== 'captured') return { kind: 'done', value: undefined };
  const gone = fact.refundedMinor === refundedBeforeMinor + amountMinor;
  if (gone || fact.refundedMinor === refundedBeforeMinor) {
    // what waits for money may count as gone already, or not yet
    const waits = payment.status === 'wait_reserve' || isTrue(payment.wait_reserve_status) || isTrue(payment.wait_amount);
    return { kind: 'done', value: waits ? made('pending') : gone ? made('refunded') : undefined };
  }
  return { kind: 'unknown', message: `LiqPay: ${fact.refundedMinor} minor units have gone back, which is neither before nor after this refund.` };
}

async function readStanding(place: LiqpayPlace, credentials: Credentials, { providerPaymentId }: RefundOrder): Promise<Outcome<Standing>> {
  const answer = await askLiqpay(place, credentials, { action: 'status', order_id: providerPaymentId }, paymentShape);
  if (answer.kind !== 'done') return answer;
  try {
    return { kind: 'done', value: { payment: answer.value, fact: paymentFact(answer.value) } };
  } catch (error) {
    return unreadable(error);
  }
}

/** What LiqPay says cannot be said in our words: somebody has to look, nothing is guessed. */
export function unreadable(error: unknown): Outcome<never> {
  if (error instanceof RangeError) return { kind: 'unknown', message: `LiqPay: ${error.message}`.slice(0, 300) };
  throw error;
}

function declined(code: string, message: string): Outcome<never> {
  return { kind: 'declined', code, message };
}
