import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { order, orderOf, refusal, sandboxForTest, sdk, secretKey, start, statePath, webhookAddress, webhookSecret } from './sandbox-for-test.ts';
import { startStripeSandbox } from './start-sandbox.ts';

const paidTypes = ['charge.succeeded', 'checkout.session.completed', 'payment_intent.created', 'payment_intent.succeeded'];

test('a payment is announced with a signature that openssl and the library confirm', async () => {
  const hook = await webhookAddress();
  const { sandbox, stripe, session } = await sandboxForTest({ webhookUrl: hook.url });
  const { id } = await session();
  sandbox.pay(id);
  await sandbox.events.settled();
  expect(hook.types()).toEqual(paidTypes);
  for (const { headers, raw } of hook.received) {
    const signature = String(headers['stripe-signature']);
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
    expect(Number(t)).toBe(start.getTime() / 1000);
    const openssl = spawnSync('openssl', ['dgst', '-sha256', '-hmac', webhookSecret, '-r'], { input: `${t}.${raw}`, encoding: 'utf8' });
    expect(openssl.stdout.slice(0, 64)).toBe(v1);
    expect(stripe.webhooks.constructEvent(raw, signature, webhookSecret, 300, undefined, start.getTime()).object).toBe('event');
    expect(() => stripe.webhooks.constructEvent(raw.replace('4500', '1'), signature, webhookSecret, 300, undefined, start.getTime())).toThrow(
      'No signatures found',
    );
  }
  const completed = hook.received.find((one) => one.event.type === 'checkout.session.completed');
  expect(completed?.event).toMatchObject({ object: 'event', livemode: false, pending_webhooks: 1, request: { id: null, idempotency_key: null } });
  expect(completed?.event.data.object).toMatchObject({
    id,
    client_reference_id: 'hf_pay_1',
    status: 'complete',
    payment_status: 'paid',
    amount_total: 4500,
  });
  expect(headerOf(completed, 'content-type')).toBe('application/json; charset=utf-8');
});

const headerOf = (one: { headers: Readonly<Record<string, unknown>> } | undefined, name: string) => one?.headers[name];

test('closing, expiry and refunds are announced, with the request that caused them', async () => {
  const hook = await webhookAddress();
  const { clock, sandbox, stripe, session } = await sandboxForTest({ webhookUrl: hook.url });
  const [closed, old, paid] = [await session(), await session({ expires_at: start.getTime() / 1000 + 1800 }), await session()];
  await stripe.checkout.sessions.expire(closed.id, {}, { idempotencyKey: 'close-1' });
  sandbox.pay(paid.id);
  await stripe.refunds.create({ payment_intent: sandbox.payments()[2]?.payment_intent ?? '', amount: 100 });
  clock.move({ minutes: 30 });
  await sandbox.tick();
  const expired = hook.received.filter((one) => one.event.type === 'checkout.session.expired');
  expect(new Set(expired.map((one) => one.event.data.object['id']))).toEqual(new Set([closed.id, old.id]));
  expect(expired).toHaveLength(2);
  expect(expired.find((one) => one.event.data.object['id'] === closed.id)?.event).toMatchObject({ request: { idempotency_key: 'close-1' } });
  expect(hook.types()).toEqual(expect.arrayContaining(['refund.created', 'charge.refunded']));
});

test('a delayed payment is completed unpaid, and decided later', async () => {
  const hook = await webhookAddress();
  const { sandbox, session, stripe } = await sandboxForTest({ webhookUrl: hook.url });
  const [good, bad] = [await session(), await session()];
  for (const { id } of [good, bad]) sandbox.pay(id, { delayed: true });
  expect(await stripe.checkout.sessions.retrieve(good.id)).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
  expect(sandbox.payments()[0]).toMatchObject({ captured: 0, fee: 0 });
  sandbox.settleDelayed(good.id, true);
  sandbox.settleDelayed(bad.id, false);
  await sandbox.events.settled();
  expect(sandbox.payments()).toMatchObject([
    { payment_status: 'paid', captured: 4500 },
    { payment_status: 'unpaid', captured: 0 },
  ]);
  expect(hook.types()).toEqual(
    expect.arrayContaining(['checkout.session.async_payment_succeeded', 'checkout.session.async_payment_failed', 'payment_intent.processing']),
  );
  expect(() => sandbox.settleDelayed(good.id, true)).toThrow('no payment that is being processed');
  const cards = await session({ allowed_payment_method_types: ['card'] });
  expect(() => sandbox.pay(cards.id, { delayed: true })).toThrow('cards only');
});

test('what is not taken is brought again, later and later, until it is', async () => {
  const hook = await webhookAddress();
  hook.answer.status = 503;
  const { clock, sandbox, stripe, session } = await sandboxForTest({ webhookUrl: hook.url });
  await session();
  await stripe.checkout.sessions.expire((await session()).id);
  await sandbox.events.settled();
  expect(hook.received).toHaveLength(1);
  await sandbox.tick();
  expect(hook.received).toHaveLength(1);
  clock.move({ seconds: 10 });
  await sandbox.tick();
  clock.move({ seconds: 59 });
  await sandbox.tick();
  expect(hook.received).toHaveLength(2);
  clock.move({ seconds: 1 });
  hook.answer.status = 302;
  await sandbox.tick();
  hook.answer.status = 204;
  clock.move({ hours: 100 });
  await sandbox.tick();
  await sandbox.tick();
  const expired = hook.received.filter((one) => one.event.id === hook.received[0]?.event.id);
  expect(expired).toHaveLength(4);
  expect(new Set(expired.map((one) => one.raw)).size).toBe(1);
  // Each attempt is signed anew, or the last one would be too old to be believed.
  expect(new Set(expired.map((one) => one.headers['stripe-signature'])).size).toBe(4);
  expect(await stripe.events.retrieve(expired[0]?.event.id ?? '')).toMatchObject({ pending_webhooks: 0 });
});

test('events can be held, doubled, shuffled, chosen and lost', async () => {
  const hook = await webhookAddress();
  const { sandbox, session, stripe } = await sandboxForTest({ webhookUrl: hook.url });
  sandbox.events.hold();
  sandbox.pay((await session()).id);
  await sandbox.tick();
  expect([hook.received.length, sandbox.events.pending().length]).toEqual([0, 4]);
  await sandbox.events.release({ types: ['checkout.session.completed'], times: 3 });
  expect(hook.types()).toEqual(['checkout.session.completed', 'checkout.session.completed', 'checkout.session.completed']);
  expect(new Set(hook.received.map((one) => one.event.id)).size).toBe(1);
  await sandbox.events.release({ shuffle: true });
  expect(new Set(hook.types())).toEqual(new Set(paidTypes));

  hook.received.length = 0;
  sandbox.events.setMode('duplicate');
  sandbox.pay((await session()).id);
  await sandbox.events.settled();
  expect(hook.types()).toEqual(paidTypes.flatMap((type) => [type, type]));

  hook.received.length = 0;
  sandbox.events.setMode('shuffle');
  sandbox.pay((await session()).id);
  await sandbox.events.settled();
  expect(hook.types()).toEqual(paidTypes);

  hook.received.length = 0;
  sandbox.events.setMode('drop');
  sandbox.pay((await session()).id);
  sandbox.events.setMode('send');
  await sandbox.tick();
  expect([hook.received.length, sandbox.events.pending().length]).toEqual([0, 0]);
  const undelivered = await stripe.events.list({ delivery_success: false });
  expect(undelivered.data.map((one) => one.type).sort()).toEqual(paidTypes);
  await sandbox.events.repeat([undelivered.data[0]?.id ?? '']);
  expect(hook.received).toHaveLength(1);
});

test('events wait while nobody has said where they should go', async () => {
  const hook = await webhookAddress();
  const { sandbox, session } = await sandboxForTest();
  sandbox.pay((await session()).id);
  await sandbox.tick();
  expect(sandbox.events.pending()).toHaveLength(4);
  sandbox.setAccount({ secretKey, publishableKey: 'pk_test_salon', webhookSecret, webhookUrl: hook.url });
  await sandbox.events.settled();
  expect(hook.types()).toEqual(paidTypes);
});

test('a restart loses neither money nor announcements', async () => {
  const hook = await webhookAddress();
  hook.answer.status = 500;
  const path = statePath();
  const { clock, sandbox, stripe, session } = await sandboxForTest({ statePath: path, webhookUrl: hook.url });
  const { id } = await session();
  sandbox.pay(id);
  await stripe.refunds.create({ payment_intent: sandbox.payments()[0]?.payment_intent ?? '', amount: 700 });
  await stripe.checkout.sessions.create(orderOf(900, 'eur'));
  await sandbox.events.settled();
  const before = sandbox.payments();
  await sandbox.close();

  hook.answer.status = 200;
  hook.received.length = 0;
  clock.move({ minutes: 1 });
  const accounts = [{ secretKey, publishableKey: 'pk_test_salon', webhookSecret, webhookUrl: hook.url }];
  const again = await startStripeSandbox({ now: clock.now, statePath: path, accounts, tickEveryMs: 0 });
  await again.tick();
  expect(again.payments()).toEqual(before);
  expect(hook.types()).toEqual([...paidTypes, 'refund.created', 'charge.refunded'].sort());
  expect(await refusal(sdk(again).checkout.sessions.expire(id))).toMatchObject({ statusCode: 400 });
  expect((await sdk(again).checkout.sessions.create(order)).status).toBe('open');
  await again.close();
});
