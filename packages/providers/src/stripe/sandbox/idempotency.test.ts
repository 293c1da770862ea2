import { expect, test } from 'vitest';
import { order, orderOf, refusal, sandboxForTest, sdk, statePath } from './sandbox-for-test.ts';
import { type StripeSandbox, startStripeSandbox } from './start-sandbox.ts';

const once = { idempotencyKey: 'attempt-1' };

test('the same call with the same key opens one page', async () => {
  const { stripe, sandbox } = await sandboxForTest();
  const first = await stripe.checkout.sessions.create(order, once);
  const again = await stripe.checkout.sessions.create(order, once);
  expect(again.id).toBe(first.id);
  expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
  expect(again.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId);
  expect(sandbox.payments()).toHaveLength(1);
});

test('a replay tells what was said then, not how things stand now', async () => {
  const { stripe, sandbox } = await sandboxForTest();
  const first = await stripe.checkout.sessions.create(order, once);
  sandbox.pay(first.id);
  expect((await stripe.checkout.sessions.create(order, once)).status).toBe('open');
});

test('the key with another amount, or for another deed, is refused', async () => {
  const { stripe, sandbox } = await sandboxForTest();
  const { id } = await stripe.checkout.sessions.create(order, once);
  const other = await refusal(stripe.checkout.sessions.create(orderOf(4600, 'eur'), once));
  expect(other).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
  expect(other.message).toContain("Try using a key other than 'attempt-1'");
  expect(await refusal(stripe.checkout.sessions.expire(id, {}, once))).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
  expect(sandbox.payments()).toHaveLength(1);
});

test('two merchants may use the same key', async () => {
  const keys = (name: string) => ({ secretKey: `sk_test_${name}`, publishableKey: `pk_test_${name}`, webhookSecret: `whsec_${name}` });
  const { sandbox } = await sandboxForTest({ accounts: [keys('a'), keys('b')] });
  const a = await sdk(sandbox, 'sk_test_a').checkout.sessions.create(order, once);
  const b = await sdk(sandbox, 'sk_test_b').checkout.sessions.create(order, once);
  expect(a.id).not.toBe(b.id);
});

test('a refusal of the parameters is not kept, a refusal by the state of things is', async () => {
  const { stripe, session, sandbox } = await sandboxForTest();
  await refusal(stripe.checkout.sessions.create(orderOf(1, 'eur'), once));
  expect((await stripe.checkout.sessions.create(order, once)).status).toBe('open');

  const { id } = await session();
  sandbox.pay(id);
  const first = await refusal(stripe.checkout.sessions.expire(id, {}, { idempotencyKey: 'close' }));
  const again = await refusal(stripe.checkout.sessions.expire(id, {}, { idempotencyKey: 'close' }));
  expect(again.message).toBe(first.message);
  expect(again.headers?.['idempotent-replayed']).toBe('true');
});

test('an answer of 500 is repeated too', async () => {
  const { stripe, sandbox } = await sandboxForTest();
  sandbox.faults.add({ match: 'create', kind: 'status500' });
  expect(await refusal(stripe.checkout.sessions.create(order, once))).toMatchObject({ statusCode: 500, type: 'StripeAPIError' });
  expect(await refusal(stripe.checkout.sessions.create(order, once))).toMatchObject({ statusCode: 500 });
  expect(sandbox.payments()).toHaveLength(0);
  expect((await stripe.checkout.sessions.create(order, { idempotencyKey: 'attempt-2' })).status).toBe('open');
});

test('after 24 hours a key is new again', async () => {
  const { clock, stripe } = await sandboxForTest();
  const first = await stripe.checkout.sessions.create(order, once);
  clock.move({ hours: 24, seconds: -1 });
  expect((await stripe.checkout.sessions.create(order, once)).id).toBe(first.id);
  clock.move({ seconds: 1 });
  expect((await stripe.checkout.sessions.create(order, once)).id).not.toBe(first.id);
});

/** The same order as the library would send it, but with the connection in the test's own hands. */
function sendOrder(sandbox: StripeSandbox, signal?: AbortSignal): Promise<string> {
  const headers = { authorization: 'Bearer sk_test_salon', 'idempotency-key': once.idempotencyKey };
  const body = new URLSearchParams({
    mode: 'payment',
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': 'eur',
    'line_items[0][price_data][unit_amount]': '4500',
    'line_items[0][price_data][product_data][name]': 'Haircut',
    success_url: String(order.success_url),
    cancel_url: String(order.cancel_url),
    client_reference_id: 'hf_pay_1',
  });
  return fetch(`${sandbox.origin}/v1/checkout/sessions`, { method: 'POST', headers, body, signal: signal ?? null }).then(
    (answer) => `answered ${answer.status}`,
    () => 'no answer',
  );
}

test('while a call is under way its key is in use', async () => {
  const { sandbox, stripe } = await sandboxForTest();
  const hanging = sandbox.faults.add({ match: 'create', kind: 'timeout' });
  const patience = new AbortController();
  const slow = sendOrder(sandbox, patience.signal);
  await hanging.struck;
  expect(await refusal(stripe.checkout.sessions.create(order, once))).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  patience.abort();
  expect(await slow).toBe('no answer');
  expect(sandbox.payments()).toHaveLength(0);
  // The caller has given up, so the key is free as soon as the sandbox has noticed; until then the library tries again by itself.
  const patient = sdk(sandbox, undefined, { maxNetworkRetries: 3 });
  expect((await patient.checkout.sessions.create(order, once)).status).toBe('open');
});

test('an answer that got lost on the way is found again under its key', async () => {
  const { sandbox, stripe } = await sandboxForTest();
  sandbox.faults.add({ match: 'create', kind: 'drop_after' });
  expect(await sendOrder(sandbox)).toBe('no answer');
  const [made] = sandbox.payments();
  expect((await stripe.checkout.sessions.create(order, once)).id).toBe(made?.id);
  expect(sandbox.payments()).toHaveLength(1);
});

test('keys are kept over a restart', async () => {
  const path = statePath();
  const { sandbox, stripe, clock } = await sandboxForTest({ statePath: path });
  const first = await stripe.checkout.sessions.create(order, once);
  await sandbox.close();
  const accounts = [{ secretKey: 'sk_test_salon', publishableKey: 'pk_test_salon', webhookSecret: 'whsec_x' }];
  const restarted = await startStripeSandbox({ now: clock.now, statePath: path, accounts, tickEveryMs: 0 });
  expect((await sdk(restarted).checkout.sessions.create(order, once)).id).toBe(first.id);
  await restarted.close();
});
