import { expect, test } from 'vitest';
import { orderOf, refusal, sandboxForTest, webhookAddress } from './sandbox-for-test.ts';

async function disputed(card = '4000000000000259', amount = 4500, currency = 'eur') {
  const hook = await webhookAddress();
  const started = await sandboxForTest({ webhookUrl: hook.url });
  const { id } = await started.stripe.checkout.sessions.create(orderOf(amount, currency));
  started.sandbox.pay(id, { card });
  await started.sandbox.events.settled();
  const payment_intent = started.sandbox.payments()[0]?.payment_intent ?? '';
  const dispute = async () => {
    const [one] = (await started.stripe.disputes.list({ payment_intent })).data;
    if (!one) throw new Error('nothing is disputed');
    return one;
  };
  const told = () => hook.received.map(({ event }) => event.type).filter((type) => type.startsWith('charge.dispute'));
  return { ...started, id, payment_intent, dispute, told, hook };
}

test('the card that disputes pays first; then the money and a fee are withdrawn, and both are announced', async () => {
  const { sandbox, stripe, dispute, told, hook } = await disputed();
  expect(sandbox.payments()).toMatchObject([{ payment_status: 'paid', captured: 4500 }]);
  const one = await dispute();
  expect(one).toMatchObject({
    object: 'dispute',
    amount: 4500,
    currency: 'eur',
    reason: 'fraudulent',
    status: 'needs_response',
    is_charge_refundable: false,
  });
  expect(one.balance_transactions).toMatchObject([
    {
      amount: -4500,
      fee: 1500,
      net: -6000,
      type: 'adjustment',
      reporting_category: 'dispute',
      source: one.id,
      fee_details: [{ description: 'Dispute fee' }],
    },
  ]);
  expect(told().sort()).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn']);
  expect(hook.received.find(({ event }) => event.type === 'charge.dispute.created')?.event.data.object).toMatchObject({ id: one.id, metadata: {} });
  expect(await stripe.disputes.retrieve(one.id, { expand: ['charge'] })).toMatchObject({ charge: { disputed: true, amount: 4500 } });
  // 45.00 less 0.93 fee, less 45.00 and 15.00
  expect((await stripe.balance.retrieve()).available).toMatchObject([{ amount: 4500 - 93 - 6000 }]);
});

test('evidence makes it wait; the bank decides; won brings the money back without the fee', async () => {
  const { sandbox, stripe, dispute, told } = await disputed('4000000000002685');
  const { id, reason } = await dispute();
  expect(reason).toBe('product_not_received');
  expect(await stripe.disputes.update(id, { evidence: { product_description: 'A haircut' }, submit: false })).toMatchObject({
    status: 'needs_response',
  });
  expect(await stripe.disputes.update(id, { evidence: { uncategorized_text: 'She was here' } })).toMatchObject({
    status: 'under_review',
    evidence: { product_description: 'A haircut', uncategorized_text: 'She was here' },
    evidence_details: { has_evidence: true, submission_count: 1 },
  });
  sandbox.decideDispute(id, true);
  await sandbox.events.settled();
  expect(await dispute()).toMatchObject({
    status: 'won',
    balance_transactions: [
      { amount: -4500, fee: 1500 },
      { amount: 4500, fee: 0, reporting_category: 'dispute_reversal' },
    ],
  });
  expect(told()).toEqual(expect.arrayContaining(['charge.dispute.updated', 'charge.dispute.closed', 'charge.dispute.funds_reinstated']));
  expect((await stripe.balance.retrieve()).available).toMatchObject([{ amount: 4500 - 93 - 1500 }]);
  expect(() => sandbox.decideDispute(id, false)).toThrow('already closed');
});

test('the texts of Stripe’s own tests decide at once, and a merchant can give up', async () => {
  const first = await disputed();
  expect(await first.stripe.disputes.update((await first.dispute()).id, { evidence: { uncategorized_text: 'winning_evidence' } })).toMatchObject({
    status: 'won',
  });
  const second = await disputed();
  expect(await second.stripe.disputes.update((await second.dispute()).id, { evidence: { uncategorized_text: 'losing_evidence' } })).toMatchObject({
    status: 'lost',
  });
  const third = await disputed();
  const { id } = await third.dispute();
  expect(await third.stripe.disputes.close(id)).toMatchObject({ status: 'lost' });
  expect(await refusal(third.stripe.disputes.close(id))).toMatchObject({ statusCode: 400, code: 'dispute_already_closed' });
  expect(await refusal(third.stripe.disputes.retrieve('du_none'))).toMatchObject({ statusCode: 404, code: 'resource_missing' });
});

test('an inquiry withdraws nothing, can be refunded, and then it is over; or becomes a dispute', async () => {
  const asked = await disputed('4000000000001976');
  expect(await asked.dispute()).toMatchObject({ status: 'warning_needs_response', balance_transactions: [], is_charge_refundable: true });
  await asked.stripe.refunds.create({ payment_intent: asked.payment_intent });
  expect(await asked.dispute()).toMatchObject({ status: 'warning_closed' });
  const { sandbox, dispute, stripe, payment_intent } = await disputed('4000000000001976');
  sandbox.escalateDispute((await dispute()).id);
  expect(await dispute()).toMatchObject({ status: 'needs_response', balance_transactions: [{ amount: -4500 }] });
  expect(await refusal(stripe.refunds.create({ payment_intent }))).toMatchObject({ statusCode: 400, code: 'charge_disputed' });
});

test('a part can be disputed, and only the rest refunded; never more than was paid', async () => {
  const { sandbox, stripe, id, payment_intent, dispute } = await disputed('4242424242424242');
  sandbox.dispute(id, { amountMinor: 3000n });
  expect(await dispute()).toMatchObject({ amount: 3000 });
  expect(await refusal(stripe.refunds.create({ payment_intent, amount: 1501 }))).toMatchObject({ code: 'charge_disputed' });
  expect(await stripe.refunds.create({ payment_intent, amount: 1500 })).toMatchObject({ amount: 1500 });
  expect(() => sandbox.dispute(id, { amountMinor: 1501n })).toThrow('can be disputed');
});

test('merchant, client and bank have their buttons on a page', async () => {
  const { sandbox, dispute } = await disputed();
  const page = async () => (await fetch(`${sandbox.origin}/dashboard/disputes`)).text();
  const { id } = await dispute();
  expect(await page()).toContain('€45.00 · needs_response');
  const press = (path: string, fields: Record<string, string>) =>
    fetch(`${sandbox.origin}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  expect((await press(`/dashboard/disputes/${id}`, { deed: 'answer' })).status).toBe(303);
  expect(await page()).toContain('€45.00 · under_review');
  expect((await press(`/dashboard/disputes/${id}`, { deed: 'lost' })).status).toBe(303);
  expect(await page()).toContain('€45.00 · lost');
  expect((await press(`/dashboard/disputes/${id}`, { deed: 'vanish' })).status).toBe(400);
  expect((await press('/dashboard/disputes/du_none', { deed: 'lost' })).status).toBe(404);
});
