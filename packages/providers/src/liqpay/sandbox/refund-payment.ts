import { changePayment } from './change-payment.ts';
import type { Payment, Refund, Work } from './kinds.ts';
import { Refusal } from './refusal.ts';
import { refundedMinor } from './show-payment.ts';

/** Gives back a part, or all that is left. Saying it twice gives back twice: there is no key. */
export function refundPayment(work: Work, payment: Payment, { amount, later }: { amount?: bigint | undefined; later: boolean }): Payment {
  if (payment.status !== 'success') throw new Refusal('payment_err_status', 'The payment cannot be refunded in its status');
  const left = BigInt(payment.amount) - refundedMinor(payment);
  const wanted = amount ?? left;
  if (wanted <= 0n || wanted > left) throw new Refusal('amount_limit', 'The amount is more than what is left of the payment');
  const refund: Refund = { amount: String(wanted), status: later ? 'waiting' : 'done', at: work.now.getTime() };
  return keep(work, payment, [...payment.refunds, refund]);
}

/** The refund that waits is decided. */
export function settleRefund(work: Work, payment: Payment, done: boolean): void {
  const waiting = payment.refunds.find((one) => one.status === 'waiting');
  if (!waiting) throw new RangeError(`no refund of ${payment.orderId} waits`);
  const decided: Refund = { ...waiting, status: done ? 'done' : 'failed', at: work.now.getTime() };
  keep(
    work,
    payment,
    payment.refunds.map((one) => (one === waiting ? decided : one)),
  );
}

/** It is `reversed` once all of it has gone back, and stays `success` until then. */
function keep(work: Work, payment: Payment, refunds: readonly Refund[]): Payment {
  const gone = refundedMinor({ ...payment, refunds }, ['done']);
  return changePayment(work, payment, { refunds, status: gone === BigInt(payment.amount) ? 'reversed' : 'success' });
}
