import type { z } from 'zod';
import type { PaymentFact, RefundFact } from '../payment-provider.ts';
import { fromStripeAmount, fromStripeFee } from './stripe-amount.ts';
import type { refundShape, StripeSession } from './wire.ts';

/**
 * A session, with its payment intent, charge and balance transaction expanded, as a fact in our words. The payment intent is nearer to the money
 * than the session, so where the two differ (a session lags a moment behind) the intent wins.
 *
 * @throws RangeError when an amount cannot be said exactly in our minor units
 */
export function paymentFact(session: StripeSession): PaymentFact {
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : undefined;
  const charge = typeof intent?.latest_charge === 'object' ? intent.latest_charge : undefined;
  const balance = typeof charge?.balance_transaction === 'object' ? charge.balance_transaction : undefined;
  const state = paymentState(session);
  const currency = (intent?.currency ?? session.currency).toUpperCase();
  const fact: PaymentFact = {
    reference: session.client_reference_id ?? undefined,
    providerPaymentId: session.id,
    state,
    capturedMinor: state === 'captured' ? fromStripeAmount(intent?.amount_received ?? session.amount_total, currency) : 0n,
    currency,
    refundedMinor: state === 'captured' && charge ? fromStripeAmount(charge.amount_refunded, currency) : 0n,
  };
  // a payout in another currency takes its fee in that one: such a fee is read from the payout, not guessed by a rate
  const feeIsKnown = state === 'captured' && balance && balance.currency.toUpperCase() === currency;
  return feeIsKnown ? { ...fact, feeMinor: fromStripeFee(balance.fee, currency) } : fact;
}

function paymentState({ status, payment_status, payment_intent }: StripeSession): PaymentFact['state'] {
  const intent = typeof payment_intent === 'object' ? payment_intent?.status : undefined;
  if (payment_status === 'paid' || intent === 'succeeded') return 'captured';
  switch (status) {
    case 'open':
      return 'open';
    case 'expired':
      return intent === 'processing' ? 'processing' : 'closed';
    case 'complete':
      // a total of nothing: nobody paid, nobody can
      if (payment_status === 'no_payment_required') return 'closed';
      switch (intent) {
        // a method that takes days did not bring the money: Stripe asks the intent for another one, but a complete page takes none
        case 'requires_payment_method':
        case 'canceled':
          return 'failed';
        case 'processing':
        case 'requires_action':
        case 'requires_capture':
        case 'requires_confirmation':
        case undefined:
          return 'processing';
        default:
          return intent satisfies never;
      }
    default:
      return status satisfies never;
  }
}

export function refundFact(refund: z.infer<typeof refundShape>): RefundFact {
  return { providerRefundId: refund.id, state: refundState(refund.status), amountMinor: fromStripeAmount(refund.amount, refund.currency) };
}

function refundState(status: z.infer<typeof refundShape>['status']): RefundFact['state'] {
  switch (status) {
    case 'succeeded':
      return 'refunded';
    case 'pending':
    case 'requires_action':
    case null:
      return 'pending';
    case 'failed':
    case 'canceled':
      return 'failed';
    default:
      return status satisfies never;
  }
}
