import type { Stripe } from 'stripe';
import { z } from 'zod';
import { formatAmount } from './amounts.ts';
import { closeInquiriesOf, disputedOf } from './dispute-charge.ts';
import { newTransaction } from './payment-objects.ts';
import { expandList, metadata, positive, text } from './read-shape.ts';
import { noSuch, Refusal, refuseInState } from './refusal.ts';
import { seconds, tell, type Work } from './work.ts';

export const createRefundShape = z.strictObject({
  payment_intent: text().optional(),
  charge: text().optional(),
  amount: positive.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.optional(),
  expand: expandList.optional(),
});

export const refundElsewhere: ReadonlySet<string> = new Set([
  'currency',
  'customer',
  'instructions_email',
  'origin',
  'refund_application_fee',
  'reverse_transfer',
]);

/** How the sandbox answers refunds: at once, later by hand, or with a failure that follows. */
export type RefundMode = 'succeeded' | 'pending' | 'failed';

/** `POST /v1/refunds`: the whole rest, or a part of it, any number of times until nothing is left. */
export function giveRefund(work: Work, wish: z.output<typeof createRefundShape>, mode: RefundMode): Stripe.Refund {
  const charge = chargeToRefund(work, wish);
  const left = charge.amount_captured - charge.amount_refunded;
  if (left <= 0) throw refuseInState(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  const amount = wish.amount ?? left;
  if (amount > left) {
    const asked = formatAmount(amount, charge.currency);
    const message = `Refund amount (${asked}) is greater than unrefunded amount on charge (${formatAmount(left, charge.currency)})`;
    throw refuseInState(message, { code: 'amount_too_large', param: 'amount' });
  }
  // the bank has taken that part back already
  if (amount > left - disputedOf(work, charge.id))
    throw refuseInState(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
  const id = work.newId('re');
  const txn = newTransaction(work, { amount: -amount, currency: charge.currency, source: id, type: 'refund' });
  const refund: Stripe.Refund = {
    id,
    object: 'refund',
    amount,
    balance_transaction: txn.id,
    charge: charge.id,
    created: seconds(work.now),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    metadata: wish.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: wish.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: mode === 'succeeded' ? 'succeeded' : 'pending',
    transfer_reversal: null,
    ...(mode === 'succeeded' ? {} : { pending_reason: 'processing' as const }),
  };
  const after: Stripe.Charge = { ...charge, amount_refunded: charge.amount_refunded + amount, refunded: amount === left };
  work.tx.put('txn', txn.id, { account: work.account.id, object: txn });
  work.tx.put('refund', id, { account: work.account.id, object: refund });
  work.tx.put('charge', charge.id, { account: work.account.id, object: after });
  tell(work, 'refund.created', refund);
  tell(work, 'charge.refunded', after);
  if (after.refunded) closeInquiriesOf(work, charge.id);
  return mode === 'failed' ? settleRefund(work, id, false) : refund;
}

/** A pending refund becomes final. A failed one puts the money back on the charge. */
export function settleRefund(work: Work, refundId: string, succeed: boolean): Stripe.Refund {
  const refund = work.tx.get('refund', refundId)?.object;
  if (refund === undefined) throw noSuch('refund', refundId, 'id');
  if (refund.status !== 'pending') throw refuseInState(`Refund ${refundId} is not pending.`);
  const { pending_reason: _, ...settled } = refund;
  if (succeed) {
    const done: Stripe.Refund = { ...settled, status: 'succeeded' };
    work.tx.put('refund', refundId, { account: work.account.id, object: done });
    tell(work, 'refund.updated', done);
    return done;
  }
  const txn = newTransaction(work, { amount: refund.amount, currency: refund.currency, source: refundId, type: 'refund_failure' });
  const failed: Stripe.Refund = { ...settled, status: 'failed', failure_reason: 'expired_or_canceled_card', failure_balance_transaction: txn.id };
  work.tx.put('txn', txn.id, { account: work.account.id, object: txn });
  work.tx.put('refund', refundId, { account: work.account.id, object: failed });
  const charge = typeof refund.charge === 'string' ? work.tx.get('charge', refund.charge)?.object : undefined;
  if (charge !== undefined) {
    const back = { ...charge, amount_refunded: charge.amount_refunded - refund.amount, refunded: false };
    work.tx.put('charge', charge.id, { account: work.account.id, object: back });
  }
  tell(work, 'refund.updated', failed);
  tell(work, 'refund.failed', failed);
  return failed;
}

function chargeToRefund(work: Work, wish: z.output<typeof createRefundShape>): Stripe.Charge {
  if ((wish.payment_intent === undefined) === (wish.charge === undefined)) {
    throw new Refusal(400, 'One of the following params should be provided for this request: payment_intent or charge.', {
      code: 'parameter_missing',
    });
  }
  if (wish.charge !== undefined) {
    const row = work.tx.get('charge', wish.charge);
    if (row?.account !== work.account.id) throw noSuch('charge', wish.charge, 'charge');
    if (row.object.status !== 'succeeded')
      throw refuseInState(`Charge ${wish.charge} has not succeeded and cannot be refunded.`, { code: 'charge_not_refundable' });
    return row.object;
  }
  const id = wish.payment_intent ?? '';
  const row = work.tx.get('intent', id);
  if (row?.account !== work.account.id) throw noSuch('payment_intent', id, 'payment_intent');
  const charge = typeof row.object.latest_charge === 'string' ? work.tx.get('charge', row.object.latest_charge)?.object : undefined;
  if (row.object.status !== 'succeeded' || charge === undefined) {
    throw refuseInState(`This PaymentIntent (${id}) does not have a successful charge to refund.`, {
      code: 'charge_not_refundable',
      param: 'payment_intent',
    });
  }
  return charge;
}
