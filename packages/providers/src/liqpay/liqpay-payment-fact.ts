import { fromDecimal } from '../kit/decimal-amount.ts';
import type { PaymentFact } from '../payment-provider.ts';
import { stateOf } from './payment-state.ts';
import type { LiqpayPayment } from './wire.ts';

/** @throws RangeError when an amount cannot be said exactly in our minor units */
export function paymentFact({ order_id, status, err_code, amount, currency, refund_amount, receiver_commission }: LiqpayPayment): PaymentFact {
  const made = stateOf(status);
  // nobody refused anything: the client let the time run out (expired_prepared, expired_3ds and their like)
  const state = made === 'failed' && err_code?.startsWith('expired_') ? 'closed' : made;
  const capturedMinor = state === 'captured' ? fromDecimal(amount, currency) : 0n;
  // a part that went back may leave `success` or make `reversed`: how much it is stands beside. `reversed` alone means all of it
  const back = refund_amount ? fromDecimal(refund_amount, currency) : 0n;
  const refundedMinor = state !== 'captured' ? 0n : status === 'reversed' && back === 0n ? capturedMinor : back;
  const fact: PaymentFact = { reference: order_id, providerPaymentId: order_id, state, capturedMinor, currency, refundedMinor };
  const feeMinor = state === 'captured' && receiver_commission ? feeOf(receiver_commission, currency) : undefined;
  return feeMinor === undefined ? fact : { ...fact, feeMinor };
}

/** Commissions are worked out by LiqPay in fractions of a coin at times: such a fee is not known, and the payment is all the same. */
export function feeOf(commission: string, currency: string): bigint | undefined {
  try {
    return fromDecimal(commission, currency);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
