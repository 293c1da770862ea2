import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { processInbox } from './process-inbox.ts';
import type { Order } from './purposes.ts';
import { paymentReference } from './references.ts';
import { startPayment } from './start-payment.ts';
import { attempts, attention, expectEveryCentInOnePlace, inbox, things } from './testing/test-money.ts';
import { type TestShop, testShop } from './testing/test-shop.ts';
import { sessionEvent, signature } from './testing/test-webhook.ts';
import { paymentWish } from './wish-payment.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await testShop();
});
afterEach(() => shop.close());

async function paid(order: Order): Promise<void> {
  await startPayment(shop.ctx, shop.scope, order);
  shop.sandbox.pay(shop.sandbox.payments().at(-1)?.id ?? '');
}

/** A page made directly at the provider's account: another till of the same merchant, or a payment whose row we do not have. */
async function pageWithReference(reference: string): Promise<string> {
  const provider = shop.ctx.providerOf({ chainId: '', connectionId: '', provider: 'stripe', sandbox: true });
  const opened = await provider.createPayment(
    { secretKey: 'sk_test_shop' },
    {
      reference,
      idempotencyKey: `other_${reference}`,
      amountMinor: 3_000n,
      currency: 'EUR',
      lines: [{ text: 'Shampoo', amountMinor: 3_000n }],
      createdAt: shop.clock.now(),
      payableUntil: new Date(shop.clock.now().getTime() + 3_600_000),
      returnUrl: 'https://salon.test/',
      cancelUrl: 'https://salon.test/',
      webhookUrl: shop.webhookUrl,
      ownPageUrl: 'https://salon.test/',
      language: 'en',
      instantMethodsOnly: true,
    },
  );
  if (opened.kind !== 'done') throw new Error(opened.kind);
  return opened.value.providerPaymentId;
}

function send(body: string, headers: Record<string, string>, url = shop.webhookUrl): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}

describe('an event that proves where it comes from', () => {
  test('is stored, answered and settled, and its repetitions are answered and change nothing', async () => {
    const order = await shop.order([3_000n]);
    await paid(order);
    await shop.sandbox.events.release({ times: 3, shuffle: true });
    await shop.arrived();
    const ids = shop.sandbox.events.all().map((one) => one.id);
    await shop.sandbox.events.repeat(ids);
    await shop.arrived();
    expect(shop.sandbox.events.pending()).toEqual([]);
    const known = await inbox(shop);
    expect(Object.values(known).reduce((sum, n) => sum + n, 0)).toBe(new Set(ids).size);
    expect(known['new'] ?? 0).toBe(0);
    expect(await things(shop, order.id)).toEqual([3_000n]);
    await expectEveryCentInOnePlace(shop);
  });

  test('is not believed: the provider is asked, so an event that lies confirms nothing', async () => {
    const order = await shop.order([3_000n]);
    await startPayment(shop.ctx, shop.scope, order);
    const [page] = shop.sandbox.payments();
    const lie = sessionEvent('evt_lie', {
      id: page?.id,
      client_reference_id: page?.client_reference_id,
      payment_status: 'paid',
      status: 'complete',
      amount_total: 3_000,
    });
    expect((await send(lie, { 'stripe-signature': signature(shop.clock.now(), lie) })).status).toBe(200);
    await shop.arrived();
    expect(await inbox(shop)).toEqual({ done: 1 });
    expect(await things(shop, order.id)).toEqual([0n]);
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'open' }]);
  });

  test('waits while the provider cannot be asked, and is settled by the sweep', async () => {
    const order = await shop.order([3_000n]);
    await paid(order);
    shop.sandbox.faults.add({ match: 'read', kind: 'status500', times: 1_000 });
    await shop.sandbox.events.release();
    await shop.arrived();
    expect(await inbox(shop)).toMatchObject({ new: expect.any(Number) });
    expect(await things(shop, order.id)).toEqual([0n]);
    shop.sandbox.faults.clear();
    shop.clock.advance({ seconds: 20 });
    while ((await processInbox(shop.ctx, { limit: 10 })) > 0);
    expect(await inbox(shop)).not.toHaveProperty('new');
    expect(await things(shop, order.id)).toEqual([3_000n]);
  });

  test('is found by the sweep when the process died right after answering', async () => {
    const order = await shop.order([3_000n]);
    await paid(order);
    const { soon } = shop.ctx;
    Object.assign(shop.ctx, { soon: () => {} });
    await shop.sandbox.events.release();
    expect(await inbox(shop)).toEqual({ new: expect.any(Number) });
    Object.assign(shop.ctx, { soon });
    await processInbox(shop.ctx, { limit: 10 });
    expect(await things(shop, order.id)).toEqual([3_000n]);
  });
});

describe('an event that proves nothing is refused, and leaves no trace', () => {
  const body = sessionEvent('evt_forged', { id: 'cs_x', client_reference_id: 'hf_x_pay_x' });
  test.each([
    ['no signature', () => ({}) as Record<string, string>],
    ['another secret', () => ({ 'stripe-signature': signature(shop.clock.now(), body, 'whsec_guess') })],
    ['a signature of another body', () => ({ 'stripe-signature': signature(shop.clock.now(), `${body} `) })],
    ['a signature from yesterday', () => ({ 'stripe-signature': signature(new Date(shop.clock.now().getTime() - 86_400_000), body) })],
  ])('%s', async (_, headers) => {
    const answer = await send(body, headers());
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'signature_refused' });
    expect(await inbox(shop)).toEqual({});
  });

  test('a good signature sent to another connection’s address', async () => {
    const answer = await send(
      body,
      { 'stripe-signature': signature(shop.clock.now(), body) },
      shop.webhookUrl.replace(shop.connectionId, 'con_unknown'),
    );
    expect(answer.status).toBe(404);
  });

  test('more than a megabyte', async () => {
    const huge = 'x'.repeat(1024 * 1024 + 1);
    expect((await send(huge, { 'stripe-signature': signature(shop.clock.now(), huge) })).status).toBe(413);
  });

  test.each(['', 'not json', '[]', '{"id":1}'])('a signed body that is no event: %j', async (nothing) => {
    expect((await send(nothing, { 'stripe-signature': signature(shop.clock.now(), nothing) })).status).toBe(400);
  });
});

describe('events about payments that are not in our books', () => {
  test('other sales of the same merchant are kept apart and hidden', async () => {
    for (const reference of ['order-77', 'hf_othermark_pay_1']) shop.sandbox.pay(await pageWithReference(reference));
    await shop.sandbox.events.release();
    await shop.arrived();
    expect(Object.keys(await inbox(shop))).toEqual(['not_ours']);
    await shop.pass({ minutes: 3 * 24 * 60 });
    expect(await attention(shop)).toEqual([]);
  });

  test('a reference with any characters does no harm', async () => {
    const odd = sessionEvent('evt_odd', { id: 'cs_odd', client_reference_id: `a\0b${'🐈'.repeat(400)}` });
    expect((await send(odd, { 'stripe-signature': signature(shop.clock.now(), odd) })).status).toBe(200);
    await shop.arrived();
    expect(await inbox(shop)).toEqual({ not_ours: 1 });
  });

  test('one with our mark is parked, and settled as soon as its attempt is there', async () => {
    const order = await shop.order([3_000n], { minutes: 24 * 60 });
    const wish = paymentWish(shop.ctx, shop.scope, {
      connectionId: shop.connectionId,
      order,
      due: {
        lines: [{ purpose: { kind: 'thing', id: `${order.id}-0` }, amountMinor: 3_000n }],
        currency: 'EUR',
        payableUntil: new Date('2026-03-03T09:00:00Z'),
      },
      at: shop.clock.now(),
    });
    shop.sandbox.pay(await pageWithReference(paymentReference(shop.ctx.mark, wish.attempt)));
    await shop.sandbox.events.release();
    await shop.arrived();
    expect(Object.keys(await inbox(shop))).toEqual(['parked']);
    await sql`select intend_payment(${JSON.stringify(wish)}::jsonb)`.execute(shop.db.read);
    await sql`update payment_attempts set asked_at = created_at`.execute(shop.db.read);
    await shop.pass({ minutes: 10 });
    expect(Object.keys(await inbox(shop))).toEqual(['done']);
    expect(await things(shop, order.id)).toEqual([3_000n]);
    await expectEveryCentInOnePlace(shop);
  });

  test('one that names only the provider’s id is asked about until the provider can be asked: a certificate that has ended makes no payment another shop’s', async () => {
    const order = await shop.order([3_000n]);
    const { attempt, page } = await shop.started(order);
    shop.sandbox.pay(page);
    await sql`update payment_attempts set provider_payment_id = null, page_url = null`.execute(shop.db.read);
    await sql`
      insert into webhook_inbox (chain_id, connection_id, event_id, event_type, provider_payment_id, raw, received_at, status, try_at)
      values (${shop.scope.chainId}, ${shop.connectionId}, 'e2e_1', 'pix', ${page}, '', ${shop.clock.now()}, 'new', ${shop.clock.now()})`.execute(
      shop.db.read,
    );
    const stripe = shop.ctx.providerOf({ chainId: '', connectionId: '', provider: 'stripe', sandbox: true });
    let ended = true;
    const provider: typeof stripe = {
      ...stripe,
      capabilities: { ...stripe.capabilities, webhookProof: 'address' },
      readPayment: async (credentials, key) =>
        ended ? { kind: 'declined', code: 'certificate_expired', message: 'The certificate ended.' } : stripe.readPayment(credentials, key),
    };
    const ctx = { ...shop.ctx, providerOf: () => provider };
    await processInbox(ctx, { limit: 10 });
    expect(await inbox(shop)).toEqual({ new: 1 });
    ended = false;
    shop.clock.advance({ minutes: 1 });
    await processInbox(ctx, { limit: 10 });
    expect(await inbox(shop)).toEqual({ done: 1 });
    expect((await attempts(shop, order.id)).map(({ attempt_id, status }) => [attempt_id, status])).toEqual([[attempt.attemptId, 'captured']]);
  });

  test('one with our mark that nobody knows for a day is shown to a person, once', async () => {
    shop.sandbox.pay(await pageWithReference(paymentReference(shop.ctx.mark, 'pay_lost')));
    await shop.sandbox.events.release();
    await shop.arrived();
    for (let hours = 0; hours < 23; hours++) await shop.pass({ minutes: 60 });
    expect(await attention(shop)).toEqual([]);
    for (let hours = 0; hours < 60; hours++) await shop.pass({ minutes: 60 });
    expect(await attention(shop)).toMatchObject([{ kind: 'unknown_payment', subject: `payment_reference hf_${shop.ctx.mark}_pay_lost` }]);
    expect(Object.keys(await inbox(shop))).toEqual(['parked']);
  });
});
