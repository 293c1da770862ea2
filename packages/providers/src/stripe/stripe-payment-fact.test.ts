import { describe, expect, it } from 'vitest';
import { paymentFact, refundFact } from './stripe-payment-fact.ts';
import { refundShape, sessionShape } from './wire.ts';

const session = (changes: Record<string, unknown>) =>
  sessionShape.parse({
    object: 'checkout.session',
    id: 'cs_1',
    status: 'open',
    payment_status: 'unpaid',
    amount_total: 75000,
    currency: 'uah',
    expires_at: 1795258800,
    url: 'https://checkout.stripe.com/c/pay/cs_1',
    client_reference_id: 'hf1_pay_1',
    payment_intent: null,
    ...changes,
  });
const intent = (status: string, changes: Record<string, unknown> = {}) => ({
  object: 'payment_intent',
  id: 'pi_1',
  status,
  amount_received: status === 'succeeded' ? 75000 : 0,
  currency: 'uah',
  latest_charge: null,
  ...changes,
});
const charge = (changes: Record<string, unknown> = {}) => ({
  object: 'charge',
  id: 'ch_1',
  amount_refunded: 0,
  balance_transaction: { object: 'balance_transaction', fee: 2275, currency: 'uah' },
  ...changes,
});

describe('how a payment stands', () => {
  it.each([
    ['nobody has paid yet', 'open', 'unpaid', null, 'open'],
    ['a card was declined and another can be tried', 'open', 'unpaid', 'requires_payment_method', 'open'],
    ['the bank is asking the client something', 'open', 'unpaid', 'requires_action', 'open'],
    ['paid', 'complete', 'paid', 'succeeded', 'captured'],
    ['paid, and the session has not noticed', 'complete', 'unpaid', 'succeeded', 'captured'],
    ['paid at the moment the page ran out', 'expired', 'unpaid', 'succeeded', 'captured'],
    ['a method that takes days', 'complete', 'unpaid', 'processing', 'processing'],
    ['a method that takes days, intent not told', 'complete', 'unpaid', null, 'processing'],
    ['such a method failed', 'complete', 'unpaid', 'requires_payment_method', 'failed'],
    ['the intent was cancelled', 'complete', 'unpaid', 'canceled', 'failed'],
    ['the page ran out', 'expired', 'unpaid', null, 'closed'],
    ['the page ran out after a declined card', 'expired', 'unpaid', 'requires_payment_method', 'closed'],
    ['the page ran out while the bank decides', 'expired', 'unpaid', 'processing', 'processing'],
    ['there was nothing to pay', 'complete', 'no_payment_required', null, 'closed'],
  ])('%s', (_, status, payment_status, intentStatus, state) => {
    const payment_intent = intentStatus === null ? null : intent(intentStatus);
    const fact = paymentFact(session({ status, payment_status, payment_intent }));
    expect(fact.state).toBe(state);
    expect(fact.capturedMinor).toBe(state === 'captured' ? 750_00n : 0n);
  });

  it('what was captured, its fee and what went back are told in our minor units', () => {
    const latest_charge = charge({ amount_refunded: 20000 });
    expect(paymentFact(session({ status: 'complete', payment_status: 'paid', payment_intent: intent('succeeded', { latest_charge }) }))).toEqual({
      reference: 'hf1_pay_1',
      providerPaymentId: 'cs_1',
      state: 'captured',
      capturedMinor: 750_00n,
      currency: 'UAH',
      refundedMinor: 200_00n,
      feeMinor: 22_75n,
    });
  });

  it('the money that really came counts, not what the page asked for', () => {
    const payment_intent = intent('succeeded', { amount_received: 70000, currency: 'eur' });
    expect(paymentFact(session({ status: 'complete', payment_status: 'paid', payment_intent }))).toMatchObject({
      capturedMinor: 700_00n,
      currency: 'EUR',
    });
  });

  it('Icelandic krónur lose the two zeros Stripe adds, and a fee in fractions is rounded up', () => {
    const latest_charge = charge({ amount_refunded: 500, balance_transaction: { object: 'balance_transaction', fee: 1234, currency: 'isk' } });
    const payment_intent = intent('succeeded', { amount_received: 450000, currency: 'isk', latest_charge });
    expect(paymentFact(session({ status: 'complete', payment_status: 'paid', currency: 'isk', payment_intent }))).toMatchObject({
      capturedMinor: 4500n,
      refundedMinor: 5n,
      feeMinor: 13n,
    });
  });

  it.each([
    ['is not known yet', null],
    ['was taken in another currency', { object: 'balance_transaction', fee: 100, currency: 'eur' }],
  ])('no fee is told while it %s', (_, balance_transaction) => {
    const payment_intent = intent('succeeded', { latest_charge: charge({ balance_transaction }) });
    expect(paymentFact(session({ status: 'complete', payment_status: 'paid', payment_intent }))).not.toHaveProperty('feeMinor');
  });

  it('a sale that is not ours has no reference of ours', () => {
    expect(paymentFact(session({ client_reference_id: null })).reference).toBeUndefined();
  });

  it('a state that Stripe did not have when this was written is not guessed', () => {
    expect(() => session({ status: 'frozen' })).toThrow('status');
    expect(() => session({ payment_status: 'half_paid' })).toThrow('payment_status');
    expect(() => session({ payment_intent: intent('teleported') })).toThrow('payment_intent');
  });
});

describe('how a refund stands', () => {
  it.each([
    ['succeeded', 'refunded'],
    ['pending', 'pending'],
    ['requires_action', 'pending'],
    [null, 'pending'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('%s is %s', (status, state) => {
    const refund = refundShape.parse({ object: 'refund', id: 're_1', amount: 500, currency: 'isk', status });
    expect(refundFact(refund)).toEqual({ providerRefundId: 're_1', state, amountMinor: 5n });
  });
});
