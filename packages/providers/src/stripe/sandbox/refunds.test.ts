import type Stripe from 'stripe';
import { expect, test } from 'vitest';
import { orderOf, refusal, sandboxForTest } from './sandbox-for-test.ts';

async function paid(amount = 4500, currency = 'eur') {
  const started = await sandboxForTest();
  const { id } = await started.stripe.checkout.sessions.create(orderOf(amount, currency));
  started.sandbox.pay(id);
  const payment_intent = started.sandbox.payments()[0]?.payment_intent ?? '';
  return { ...started, payment_intent, account: () => started.sandbox.payments()[0] };
}

test('a payment is given back in parts until nothing is left', async () => {
  const { stripe, payment_intent, account } = await paid();
  const first = await stripe.refunds.create({ payment_intent, amount: 1000, reason: 'requested_by_customer', metadata: { refund: 'ref_1' } });
  expect(first).toMatchObject({
    object: 'refund',
    status: 'succeeded',
    amount: 1000,
    currency: 'eur',
    metadata: { refund: 'ref_1' },
    payment_intent,
  });
  expect(account()).toMatchObject({ captured: 4500, refunded: 1000 });
  expect(await stripe.refunds.create({ payment_intent })).toMatchObject({ amount: 3500 });
  expect(account()).toMatchObject({ captured: 4500, refunded: 4500 });
  const intent = await stripe.paymentIntents.retrieve(payment_intent, { expand: ['latest_charge'] });
  expect(intent.status).toBe('succeeded');
  expect(intent.latest_charge).toMatchObject({ refunded: true, amount_refunded: 4500 });
  const error = await refusal(stripe.refunds.create({ payment_intent, amount: 1 }));
  expect(error).toMatchObject({ statusCode: 400, code: 'charge_already_refunded' });
});

test('more than is left is refused, and nothing moves', async () => {
  const { stripe, payment_intent, account } = await paid();
  await stripe.refunds.create({ payment_intent, amount: 4000 });
  const error = await refusal(stripe.refunds.create({ payment_intent, amount: 501 }));
  expect(error).toMatchObject({
    statusCode: 400,
    param: 'amount',
    message: 'Refund amount (€5.01) is greater than unrefunded amount on charge (€5.00)',
  });
  expect(account()).toMatchObject({ refunded: 4000 });
});

test('yen have no decimals', async () => {
  const { stripe, payment_intent, account } = await paid(4500, 'jpy');
  expect(account()).toMatchObject({ captured: 4500, currency: 'jpy', fee: 93 });
  const error = await refusal(stripe.refunds.create({ payment_intent, amount: 4501 }));
  expect(error.message).toBe('Refund amount (¥4,501) is greater than unrefunded amount on charge (¥4,500)');
  expect(await stripe.refunds.create({ payment_intent, amount: 500 })).toMatchObject({ amount: 500, currency: 'jpy' });
});

test('the same refund with the same key gives back once', async () => {
  const { stripe, payment_intent, account } = await paid();
  const once = { idempotencyKey: 'ref_1' };
  const [a, b] = [
    await stripe.refunds.create({ payment_intent, amount: 1000 }, once),
    await stripe.refunds.create({ payment_intent, amount: 1000 }, once),
  ];
  expect(a.id).toBe(b.id);
  expect(account()).toMatchObject({ refunded: 1000 });
});

test('an unpaid payment, a missing one, nothing at all and zero cannot be given back', async () => {
  const { stripe, sandbox, session, payment_intent } = await paid();
  const { id } = await session();
  sandbox.pay(id, { card: '4000000000000002' });
  const declined = sandbox.payments()[1]?.payment_intent ?? '';
  expect(await refusal(stripe.refunds.create({ payment_intent: declined }))).toMatchObject({ statusCode: 400, code: 'charge_not_refundable' });
  expect(await refusal(stripe.refunds.create({ payment_intent: 'pi_none' }))).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  expect(await refusal(stripe.refunds.create({}))).toMatchObject({ statusCode: 400, code: 'parameter_missing' });
  expect(await refusal(stripe.refunds.create({ payment_intent, amount: 0 }))).toMatchObject({ code: 'parameter_invalid_integer', param: 'amount' });
  expect(await refusal(stripe.refunds.create({ payment_intent, amount: -5 }))).toMatchObject({ param: 'amount' });
});

test('a pending refund succeeds later, or fails and the money is back', async () => {
  const { stripe, sandbox, payment_intent, account } = await paid();
  sandbox.answerRefunds('pending');
  const [good, bad] = [await stripe.refunds.create({ payment_intent, amount: 1000 }), await stripe.refunds.create({ payment_intent, amount: 2000 })];
  expect(good).toMatchObject({ status: 'pending', pending_reason: 'processing' });
  expect(account()).toMatchObject({ refunded: 3000 });
  sandbox.settleRefund(good.id, true);
  sandbox.settleRefund(bad.id, false);
  expect((await stripe.refunds.retrieve(good.id)).status).toBe('succeeded');
  expect(await stripe.refunds.retrieve(bad.id)).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' });
  expect(account()).toMatchObject({ refunded: 1000 });
});

test('the refunds of a payment are listed, and its money adds up on the balance', async () => {
  const { stripe, payment_intent } = await paid();
  await stripe.refunds.create({ payment_intent, amount: 1000 });
  const second = await stripe.refunds.create({ payment_intent, amount: 500 });
  const list = await stripe.refunds.list({ payment_intent });
  expect(list.data.map((one) => one.amount)).toEqual([500, 1000]);
  expect((await stripe.refunds.list({ payment_intent: 'pi_other' })).data).toEqual([]);
  const withMovement = await stripe.refunds.retrieve(second.id, { expand: ['balance_transaction', 'charge'] });
  expect(withMovement.balance_transaction as Stripe.BalanceTransaction).toMatchObject({ amount: -500, fee: 0, net: -500, type: 'refund' });
  // 45.00 less 0.93 fee, less 10.00 and 5.00 given back; the fee stays with Stripe.
  expect((await stripe.balance.retrieve()).available).toMatchObject([{ amount: 2907, currency: 'eur' }]);
});
