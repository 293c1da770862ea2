import type Stripe from 'stripe';
import { expect, test } from 'vitest';
import { order, orderOf, refusal, sandboxForTest, sdk, start } from './sandbox-for-test.ts';

const seconds = (date: Date) => date.getTime() / 1000;

test('a session comes back as it was ordered', async () => {
  const { stripe, sandbox } = await sandboxForTest();
  const made = await stripe.checkout.sessions.create({
    ...order,
    expires_at: seconds(start) + 3600,
    metadata: { line: 'apt_1' },
    payment_intent_data: { metadata: { line: 'apt_1' }, description: 'Haircut' },
    allowed_payment_method_types: ['card'],
    customer_email: 'client@example.com',
    locale: 'pt',
  });
  expect(made).toMatchObject({ object: 'checkout.session', status: 'open', payment_status: 'unpaid', amount_total: 4500, currency: 'eur' });
  expect(made).toMatchObject({ client_reference_id: 'hf_pay_1', metadata: { line: 'apt_1' }, payment_method_types: ['card'], locale: 'pt' });
  expect(made).toMatchObject({ expires_at: seconds(start) + 3600, payment_intent: null, livemode: false, url: `${sandbox.origin}/c/pay/${made.id}` });
  expect(made.id).toMatch(/^cs_test_\w{20,}$/);
  const read = await stripe.checkout.sessions.retrieve(made.id, { expand: ['line_items'] });
  expect(read.line_items?.data).toMatchObject([{ description: 'Haircut', amount_total: 4500, quantity: 1 }]);
  const { lastResponse, ...body } = await stripe.checkout.sessions.retrieve(made.id);
  expect(lastResponse.headers['request-id']).toMatch(/^req_/);
  expect(lastResponse.headers['stripe-version']).toMatch(/^\d{4}-\d{2}-\d{2}/);
  expect(body).toEqual(JSON.parse(JSON.stringify(made)));
});

test('a paid session shows payment, charge and fee in one answer', async () => {
  const { stripe, sandbox, session } = await sandboxForTest();
  const { id } = await session({ payment_intent_data: { metadata: { line: 'apt_1' } } });
  sandbox.pay(id);
  const paid = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge.balance_transaction'] });
  expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
  const intent = paid.payment_intent as Stripe.PaymentIntent;
  expect(intent).toMatchObject({ status: 'succeeded', amount_received: 4500, metadata: { line: 'apt_1' } });
  const charge = intent.latest_charge as Stripe.Charge;
  expect(charge).toMatchObject({ paid: true, captured: true, amount_captured: 4500, amount_refunded: 0 });
  // 1.5 % of 45.00 is 67.5 cents, rounded up, and 25.
  expect(charge.balance_transaction).toMatchObject({ amount: 4500, fee: 93, net: 4407, type: 'charge' });
  const txn = charge.balance_transaction as Stripe.BalanceTransaction;
  expect(await stripe.balanceTransactions.retrieve(txn.id)).toMatchObject({ id: txn.id, source: charge.id });
  expect((await stripe.paymentIntents.retrieve(intent.id)).latest_charge).toBe(charge.id);
});

test('which methods are offered depends on the wish, and its name on the version of the API', async () => {
  const { session, sandbox } = await sandboxForTest();
  expect((await session()).payment_method_types).toEqual(['card', 'sepa_debit']);
  expect((await session({ excluded_payment_method_types: ['sepa_debit'] })).payment_method_types).toEqual(['card']);
  const old = sdk(sandbox, undefined, { apiVersion: '2026-08-26.dahlia' as '2026-10-28.endive' });
  const listed = { ...order, payment_method_types: ['card'] } as Stripe.Checkout.SessionCreateParams;
  expect((await old.checkout.sessions.create(listed)).payment_method_types).toEqual(['card']);
  expect(await refusal(session(listed))).toMatchObject({ code: 'parameter_unknown', param: 'payment_method_types' });
});

test.each([
  ['29 minutes 59 seconds', 30 * 60 - 1, 'at least 30 minutes'],
  ['24 hours and a second', 24 * 3600 + 1, 'less than 24 hours'],
])('a page that lives %s is refused', async (_, life, words) => {
  const { session } = await sandboxForTest();
  const error = await refusal(session({ expires_at: seconds(start) + life }));
  expect(error).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError', param: 'expires_at' });
  expect(error.message).toContain(words);
});

test.each([30 * 60, 24 * 3600])('a page that lives %d seconds is allowed', async (life) => {
  const { session } = await sandboxForTest();
  expect((await session({ expires_at: seconds(start) + life })).status).toBe('open');
});

test('without a wish a page lives 24 hours', async () => {
  const { session } = await sandboxForTest();
  expect((await session()).expires_at).toBe(seconds(start) + 24 * 3600);
});

test('at its last second a session can be paid, at the next it is expired', async () => {
  const { clock, sandbox, session, stripe } = await sandboxForTest();
  const [first, second] = [await session({ expires_at: seconds(start) + 1800 }), await session({ expires_at: seconds(start) + 1800 })];
  clock.move({ seconds: 1799 });
  expect(sandbox.pay(first.id)).toBe('finished');
  clock.move({ seconds: 1 });
  expect(sandbox.pay(second.id)).toBe('gone');
  expect(await stripe.checkout.sessions.retrieve(second.id)).toMatchObject({ status: 'expired', payment_status: 'unpaid', url: null });
});

test('an open session is expired by a call, a paid or an expired one is not', async () => {
  const { sandbox, session, stripe } = await sandboxForTest();
  const [open, paid] = [await session(), await session()];
  sandbox.pay(paid.id);
  expect(await stripe.checkout.sessions.expire(open.id)).toMatchObject({ status: 'expired', url: null });
  expect(sandbox.pay(open.id)).toBe('gone');
  for (const [id, status] of [
    [open.id, 'expired'],
    [paid.id, 'complete'],
  ] as const) {
    const error = await refusal(stripe.checkout.sessions.expire(id));
    expect(error.message).toBe(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${status}\`.`,
    );
    expect(error.statusCode).toBe(400);
  }
});

test('a payment that waits for the bank is cancelled with its page', async () => {
  const { sandbox, session, stripe } = await sandboxForTest();
  const { id } = await session();
  expect(sandbox.pay(id, { card: '4000002500003155' })).toBe('ask_bank');
  const expired = await stripe.checkout.sessions.expire(id, { expand: ['payment_intent'] });
  expect((expired.payment_intent as Stripe.PaymentIntent).status).toBe('canceled');
  expect(sandbox.answerBank(id, true)).toBe('gone');
  expect(sandbox.payments()[0]).toMatchObject({ status: 'expired', captured: 0 });
});

test.each([
  [4500, 'eur', undefined],
  [49, 'eur', 'amount_too_small'],
  [50, 'eur', undefined],
  [29, 'gbp', 'amount_too_small'],
  [49, 'jpy', 'amount_too_small'],
  [50, 'jpy', undefined],
  [1999, 'uah', 'amount_too_small'],
  [100_000_000, 'eur', 'amount_too_large'],
  [700_050, 'isk', 'parameter_invalid_integer'],
  [700_000, 'isk', undefined],
  [5005, 'kwd', 'parameter_invalid_integer'],
  [5010, 'kwd', undefined],
])('%d in the units of %s: %s', async (amount, currency, code) => {
  const { stripe } = await sandboxForTest();
  const call = stripe.checkout.sessions.create(orderOf(amount, currency));
  if (code === undefined) expect(await call).toMatchObject({ amount_total: amount, currency });
  else expect(await refusal(call)).toMatchObject({ statusCode: 400, code });
});

test.each<[string, object, object]>([
  ['an unknown parameter', { colour: 'red' }, { code: 'parameter_unknown', param: 'colour' }],
  ['an unknown parameter inside', { line_items: [{ ...order.line_items?.[0], tip: 1 }] }, { code: 'parameter_unknown', param: 'line_items[0][tip]' }],
  ['a parameter that the sandbox does not act on', { automatic_tax: { enabled: true } }, { code: 'sandbox_not_supported', param: 'automatic_tax' }],
  ['no success address', { success_url: undefined }, { code: 'parameter_missing', param: 'success_url' }],
  ['no lines', { line_items: undefined }, { code: 'parameter_missing', param: 'line_items' }],
  ['an address that is none', { success_url: 'javascript:alert(1)' }, { code: 'url_invalid', param: 'success_url' }],
  ['an empty text', { client_reference_id: '' }, { code: 'parameter_invalid_empty', param: 'client_reference_id' }],
  ['a reference of 201 characters', { client_reference_id: 'x'.repeat(201) }, { param: 'client_reference_id' }],
  ['a bad e-mail', { customer_email: 'nobody' }, { code: 'email_invalid', param: 'customer_email' }],
  ['Ukrainian, which the real page does not speak', { locale: 'uk' }, { param: 'locale' }],
  [
    'half a coin',
    { line_items: [{ quantity: 1, price_data: { currency: 'eur', unit_amount: 10.5, product_data: { name: 'x' } } }] },
    { code: 'parameter_invalid_integer' },
  ],
  ['a currency that does not exist', orderOf(4500, 'zzz'), { code: 'currency_invalid', param: 'line_items[0][price_data][currency]' }],
  ['a path that leads nowhere', { expand: ['payment_intent.colour', 'colour'] }, { param: 'expand' }],
])('%s is refused in the shape of Stripe', async (_, change, expected) => {
  const { stripe, sandbox } = await sandboxForTest();
  const error = await refusal(stripe.checkout.sessions.create({ ...order, ...change } as Stripe.Checkout.SessionCreateParams));
  expect(error).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError', ...expected });
  expect(sandbox.payments()).toEqual([]);
});

test('the list is paged from the newest and can be cut by the moment of creation', async () => {
  const { clock, session, stripe } = await sandboxForTest();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    ids.unshift((await session()).id);
    clock.move({ minutes: 1 });
  }
  const first = await stripe.checkout.sessions.list({ limit: 2 });
  expect(first).toMatchObject({ object: 'list', has_more: true });
  expect(first.data.map((one) => one.id)).toEqual(ids.slice(0, 2));
  const rest = await stripe.checkout.sessions.list({ limit: 3, starting_after: ids[1] as string });
  expect([rest.data.map((one) => one.id), rest.has_more]).toEqual([ids.slice(2), false]);
  const all: string[] = [];
  for await (const one of stripe.checkout.sessions.list({ limit: 2, created: { gte: seconds(start) + 60 } })) all.push(one.id);
  expect(all).toEqual(ids.slice(0, 4));
  expect(await refusal(stripe.checkout.sessions.list({ limit: 101 }))).toMatchObject({ statusCode: 400, param: 'limit' });
});

test('each merchant sees only what is theirs', async () => {
  const keys = (name: string) => ({ secretKey: `sk_test_${name}`, publishableKey: `pk_test_${name}`, webhookSecret: `whsec_${name}` });
  const { sandbox } = await sandboxForTest({ accounts: [keys('a'), keys('b')] });
  const [a, b] = [sdk(sandbox, 'sk_test_a'), sdk(sandbox, 'sk_test_b')];
  const { id } = await a.checkout.sessions.create(order);
  expect((await b.checkout.sessions.list()).data).toEqual([]);
  expect(await refusal(b.checkout.sessions.retrieve(id))).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  expect(await refusal(b.checkout.sessions.expire(id))).toMatchObject({ statusCode: 404 });
  expect((await a.accounts.retrieveCurrent()).id).not.toBe((await b.accounts.retrieveCurrent()).id);
});

test('a wrong, a missing and a publishable key are refused, Basic is as good as Bearer', async () => {
  const { sandbox } = await sandboxForTest();
  expect(await refusal(sdk(sandbox, 'sk_test_wrong').balance.retrieve())).toMatchObject({ statusCode: 401, type: 'StripeAuthenticationError' });
  expect(await refusal(sdk(sandbox, 'pk_test_salon').balance.retrieve())).toMatchObject({ statusCode: 401, code: 'secret_key_required' });
  const bare = await fetch(`${sandbox.origin}/v1/balance`);
  expect([bare.status, ((await bare.json()) as { error: { type: string } }).error.type]).toEqual([401, 'invalid_request_error']);
  const basic = await fetch(`${sandbox.origin}/v1/balance`, {
    headers: { authorization: `Basic ${Buffer.from('sk_test_salon:').toString('base64')}` },
  });
  expect(basic.status).toBe(200);
});

test('a body that is not a form, an address that does not exist and 10 MB are refused in one shape', async () => {
  const { sandbox } = await sandboxForTest();
  const post = async (path: string, type: string, body: string) => {
    const headers = { authorization: 'Bearer sk_test_salon', 'content-type': type };
    const answer = await fetch(`${sandbox.origin}${path}`, { method: 'POST', headers, body });
    return [answer.status, typeof ((await answer.json()) as { error: { message: string } }).error.message];
  };
  expect(await post('/v1/checkout/sessions', 'application/json', '{"mode":"payment"}')).toEqual([400, 'string']);
  expect(await post('/v1/subscriptions', 'application/x-www-form-urlencoded', 'a=1')).toEqual([404, 'string']);
  expect(await post('/v1/checkout/sessions', 'application/x-www-form-urlencoded', `a=${'1'.repeat(10_000_000)}`)).toEqual([413, 'string']);
  expect(await post('/v1/checkout/sessions', 'application/x-www-form-urlencoded', 'a[b=1')).toEqual([400, 'string']);
  expect(await post('/v1/checkout/sessions', 'application/x-www-form-urlencoded', '__proto__[x]=1&mode=payment')).toEqual([400, 'string']);
});
