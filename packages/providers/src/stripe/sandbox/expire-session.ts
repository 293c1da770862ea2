import type { Stripe } from 'stripe';
import { sessionRow } from './pay-session.ts';
import { refuseInState } from './refusal.ts';
import { type SessionRow, seconds, tell, type Work } from './work.ts';

/** `POST /v1/checkout/sessions/:id/expire`: only what is open can be expired. */
export function expireByCall(work: Work, sessionId: string): Stripe.Checkout.Session {
  const row = sessionRow(work, sessionId);
  if (row.session.status !== 'open') {
    throw refuseInState(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${row.session.status}\`.`,
    );
  }
  return expire(work, row);
}

/** Its time is over, or somebody closed it. A payment that waits for the bank is cancelled with it. */
export function expire(work: Work, row: SessionRow): Stripe.Checkout.Session {
  const intentId = row.session.payment_intent;
  const intent = typeof intentId === 'string' ? work.tx.get('intent', intentId)?.object : undefined;
  if (intent !== undefined) {
    const canceled: Stripe.PaymentIntent = {
      ...intent,
      status: 'canceled',
      canceled_at: seconds(work.now),
      cancellation_reason: 'automatic',
      next_action: null,
    };
    work.tx.put('intent', intent.id, { account: row.account, object: canceled });
    tell(work, 'payment_intent.canceled', canceled);
  }
  const session: Stripe.Checkout.Session = { ...row.session, status: 'expired', url: null };
  work.tx.put('session', session.id, { ...row, session });
  tell(work, 'checkout.session.expired', session);
  return session;
}
