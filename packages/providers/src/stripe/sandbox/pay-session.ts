import type { Stripe } from 'stripe';
import { testCard } from './cards.ts';
import { disputeCharge } from './dispute-charge.ts';
import { customerDetails } from './open-session.ts';
import { newCharge, newIntent, newTransaction, type PaidWith } from './payment-objects.ts';
import { noSuch, refuseInState } from './refusal.ts';
import { DELAYED_METHODS } from './session-shape.ts';
import { type SessionRow, tell, type Work } from './work.ts';

/**
 * `finished`: the session is complete, paid now or before · `ask_bank`: 3-D Secure · `declined`: try again on the same page ·
 * `gone`: expired, nothing can be paid.
 */
export type PayOutcome = 'finished' | 'ask_bank' | 'declined' | 'insufficient_funds' | 'bank_refused' | 'unknown_card' | 'gone';

export function sessionRow(work: Work, id: string): SessionRow {
  const row = work.tx.get('session', id);
  if (row === undefined || row.account !== work.account.id) throw noSuch('checkout.session', id, 'session');
  return row;
}

/** The method behind "decided days later", or `undefined` when the session takes cards only. */
export function delayedMethod(session: Stripe.Checkout.Session): string | undefined {
  return session.payment_method_types.find((method) => (DELAYED_METHODS as readonly string[]).includes(method));
}

/** The client presses Pay. Pressing twice pays once: the second press finds the session complete. */
export function paySession(work: Work, sessionId: string, wish: { card: string } | { delayed: true }): PayOutcome {
  const row = sessionRow(work, sessionId);
  if (row.session.status !== 'open') return row.session.status === 'complete' ? 'finished' : 'gone';
  if ('delayed' in wish) {
    const method = delayedMethod(row.session);
    if (method === undefined) throw refuseInState('This Checkout Session takes cards only.');
    begin(work, row, { kind: 'delayed', method });
    return 'finished';
  }
  const card = testCard(wish.card);
  if (card === undefined) return 'unknown_card';
  const intent = currentIntent(work, row);
  if (card.outcome === 'declines') {
    const why = card.declineCode ?? 'generic_decline';
    decline(work, intent, { kind: 'card', card }, { code: 'card_declined', decline_code: why, message: 'Your card was declined.' });
    return why === 'insufficient_funds' ? 'insufficient_funds' : 'declined';
  }
  if (card.outcome === 'asks_bank') {
    const next = `${work.publicOrigin}/c/pay/${sessionId}/bank`;
    const waiting = {
      ...intent,
      status: 'requires_action' as const,
      next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: null, url: next } },
    };
    saveIntent(work, waiting);
    tell(work, 'payment_intent.requires_action', waiting);
    return 'ask_bank';
  }
  capture(work, sessionRow(work, sessionId), intent, { kind: 'card', card });
  return 'finished';
}

/** The client answers on the bank's page. */
export function answerBank(work: Work, sessionId: string, approved: boolean): PayOutcome {
  const row = sessionRow(work, sessionId);
  if (row.session.status !== 'open') return row.session.status === 'complete' ? 'finished' : 'gone';
  const intent = currentIntent(work, row);
  const card = testCard('4000002500003155');
  if (intent.status !== 'requires_action' || card === undefined) return 'bank_refused';
  if (approved) {
    capture(work, row, intent, { kind: 'card', card });
    return 'finished';
  }
  const refused = {
    ...intent,
    status: 'requires_payment_method' as const,
    next_action: null,
    last_payment_error: problem('payment_intent_authentication_failure', 'The bank did not confirm this payment.'),
  };
  saveIntent(work, refused);
  tell(work, 'payment_intent.payment_failed', refused);
  return 'bank_refused';
}

/** Days later: the delayed method says yes or no. */
export function settleDelayed(work: Work, sessionId: string, succeed: boolean): void {
  const row = sessionRow(work, sessionId);
  const intent = currentIntent(work, row);
  if (intent.status !== 'processing') throw refuseInState('This Checkout Session has no payment that is being processed.');
  const paidWith: PaidWith = { kind: 'delayed', method: delayedMethod(row.session) ?? 'customer_balance' };
  if (succeed) {
    capture(work, row, intent, paidWith, 'checkout.session.async_payment_succeeded');
    return;
  }
  decline(work, intent, paidWith, { code: 'payment_method_provider_decline', decline_code: 'generic_decline', message: 'The payment was not made.' });
  tell(work, 'checkout.session.async_payment_failed', sessionRow(work, sessionId).session);
}

function begin(work: Work, row: SessionRow, paidWith: PaidWith): void {
  const intent = currentIntent(work, row);
  const charge = newCharge(work, intent, paidWith, 'pending');
  const processing: Stripe.PaymentIntent = { ...intent, status: 'processing', latest_charge: charge.id, next_action: null, last_payment_error: null };
  work.tx.put('charge', charge.id, { account: work.account.id, object: charge });
  saveIntent(work, processing);
  const session = finish(work, row, { payment_intent: intent.id, payment_status: 'unpaid' });
  tell(work, 'payment_intent.processing', processing);
  tell(work, 'charge.pending', charge);
  tell(work, 'checkout.session.completed', session);
}

function capture(work: Work, row: SessionRow, intent: Stripe.PaymentIntent, paidWith: PaidWith, announcement = 'checkout.session.completed'): void {
  const charge = chargeFor(work, intent, paidWith, 'succeeded');
  const txn = newTransaction(work, { amount: intent.amount, currency: intent.currency, source: charge.id, type: 'charge' });
  const paidCharge: Stripe.Charge = { ...charge, balance_transaction: txn.id };
  const paid: Stripe.PaymentIntent = {
    ...intent,
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    next_action: null,
    last_payment_error: null,
    payment_method: charge.payment_method,
  };
  work.tx.put('txn', txn.id, { account: work.account.id, object: txn });
  work.tx.put('charge', charge.id, { account: work.account.id, object: paidCharge });
  saveIntent(work, paid);
  const session = finish(work, row, { payment_intent: intent.id, payment_status: 'paid' });
  tell(work, 'charge.succeeded', paidCharge);
  tell(work, 'payment_intent.succeeded', paid);
  tell(work, announcement, session);
  if (paidWith.kind === 'card' && paidWith.card.disputes) disputeCharge(work, charge.id, paidWith.card.disputes);
}

function decline(work: Work, intent: Stripe.PaymentIntent, paidWith: PaidWith, why: { code: string; decline_code: string; message: string }): void {
  const charge = chargeFor(work, intent, paidWith, 'failed');
  const failed: Stripe.PaymentIntent = {
    ...intent,
    status: 'requires_payment_method',
    latest_charge: charge.id,
    next_action: null,
    last_payment_error: { ...problem(why.code, why.message), charge: charge.id, decline_code: why.decline_code },
  };
  work.tx.put('charge', charge.id, { account: work.account.id, object: charge });
  saveIntent(work, failed);
  tell(work, 'charge.failed', charge);
  tell(work, 'payment_intent.payment_failed', failed);
}

/** A delayed charge is the same charge when its outcome comes; a card is charged anew at each try. */
function chargeFor(work: Work, intent: Stripe.PaymentIntent, paidWith: PaidWith, outcome: 'succeeded' | 'failed'): Stripe.Charge {
  const fresh = newCharge(work, intent, paidWith, outcome);
  const before = typeof intent.latest_charge === 'string' ? work.tx.get('charge', intent.latest_charge)?.object : undefined;
  return before?.status === 'pending' ? { ...fresh, id: before.id, created: before.created, payment_method: before.payment_method } : fresh;
}

function currentIntent(work: Work, row: SessionRow): Stripe.PaymentIntent {
  const known = typeof row.session.payment_intent === 'string' ? work.tx.get('intent', row.session.payment_intent)?.object : undefined;
  if (known !== undefined) return known;
  const intent = newIntent(work, row);
  saveIntent(work, intent);
  work.tx.put('session', row.session.id, { ...row, session: { ...row.session, payment_intent: intent.id } });
  tell(work, 'payment_intent.created', intent);
  return intent;
}

function finish(work: Work, row: SessionRow, change: Pick<Stripe.Checkout.Session, 'payment_intent' | 'payment_status'>): Stripe.Checkout.Session {
  const email = row.session.customer_email;
  const session: Stripe.Checkout.Session = { ...row.session, ...change, status: 'complete', url: null, customer_details: customerDetails(email) };
  work.tx.put('session', session.id, { ...row, session });
  return session;
}

function saveIntent(work: Work, object: Stripe.PaymentIntent): void {
  work.tx.put('intent', object.id, { account: work.account.id, object });
}

function problem(code: string, message: string): Stripe.PaymentIntent.LastPaymentError {
  return { type: 'card_error', code, message } as Stripe.PaymentIntent.LastPaymentError;
}
