import { expect, test } from 'vitest';
import { order, refusal, sandboxForTest, sdk } from './sandbox-for-test.ts';

test('each fault strikes its own kind of call, as often as ordered, and then all is well', async () => {
  const { sandbox, stripe, session } = await sandboxForTest();
  const { id } = await session();
  sandbox.faults.add({ match: 'read', kind: 'status500', times: 2 });
  sandbox.faults.add({ match: 'close', kind: 'status429' });
  sandbox.faults.add({ match: 'refund', kind: 'html' });
  expect((await session()).status).toBe('open');
  expect(await refusal(stripe.checkout.sessions.retrieve(id))).toMatchObject({ statusCode: 500 });
  expect(await refusal(stripe.checkout.sessions.list())).toMatchObject({ statusCode: 500 });
  expect((await stripe.checkout.sessions.retrieve(id)).id).toBe(id);
  expect(await refusal(stripe.checkout.sessions.expire(id))).toMatchObject({ statusCode: 429, type: 'StripeRateLimitError', code: 'rate_limit' });
  expect(await stripe.checkout.sessions.expire(id)).toMatchObject({ status: 'expired' });
  expect((await refusal(stripe.refunds.create({ payment_intent: 'pi_x' }))).type).toBe('StripeAPIError');
});

test('500 after the work was done leaves the work done', async () => {
  const { sandbox, stripe } = await sandboxForTest();
  sandbox.faults.add({ match: 'create', kind: 'status500_after' });
  expect(await refusal(stripe.checkout.sessions.create(order))).toMatchObject({ statusCode: 500 });
  expect(sandbox.payments()).toMatchObject([{ client_reference_id: 'hf_pay_1', status: 'open' }]);
});

test('the library repeats a cut connection by itself and finds its own answer', async () => {
  const { sandbox } = await sandboxForTest();
  sandbox.faults.add({ match: 'create', kind: 'drop_after' });
  const made = await sdk(sandbox, undefined, { maxNetworkRetries: 1 }).checkout.sessions.create(order);
  expect(sandbox.payments().map((one) => one.id)).toEqual([made.id]);
});

test('a payment that is never answered for does not keep the sandbox from closing', async () => {
  const { sandbox } = await sandboxForTest();
  const hanging = sandbox.faults.add({ match: 'any', kind: 'timeout' });
  const call = refusal(sdk(sandbox).balance.retrieve());
  await hanging.struck;
  await sandbox.close();
  expect((await call).type).toBe('StripeConnectionError');
});

test('faults, webhooks and payments can be steered over HTTP', async () => {
  const { sandbox, session, stripe } = await sandboxForTest();
  const control = async (path: string, body?: object, method = body === undefined ? 'GET' : 'POST') => {
    const init = body === undefined ? { method } : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(`${sandbox.origin}/_sandbox/${path}`, init);
    return { status: answer.status, body: await answer.json() };
  };
  const { id } = await session();
  expect((await control('faults', { match: 'read', kind: 'html' })).body).toEqual({ faults: [{ match: 'read', kind: 'html', left: 1 }] });
  expect((await control('faults', undefined, 'DELETE')).body).toEqual({ faults: [] });
  expect((await control('faults', { match: 'weather', kind: 'rain' })).status).toBe(400);
  expect((await control(`sessions/${id}/pay`, { delayed: true })).body).toEqual({ outcome: 'finished' });
  expect((await control(`sessions/${id}/settle-delayed`, { succeed: true })).status).toBe(200);
  expect((await control('sessions/cs_test_none/pay', {})).status).toBe(404);
  expect((await control('payments')).body).toMatchObject({
    payments: [{ id, status: 'complete', payment_status: 'paid', captured: 4500, refunded: 0, fee: 93 }],
  });
  expect((await control('refunds', { mode: 'pending' })).body).toEqual({ mode: 'pending' });
  const refund = await stripe.refunds.create({ payment_intent: sandbox.payments()[0]?.payment_intent ?? '' });
  expect((await control(`refunds/${refund.id}/settle`, { succeed: true })).status).toBe(200);
  expect((await control('webhooks', { mode: 'hold' })).body).toMatchObject({ mode: 'hold' });
  expect((await control('webhooks/flush', {})).status).toBe(200);
  expect((await control('tick', {})).status).toBe(200);
});
