import type { PaymentFact } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SqlSource } from '../kit/sql-source.ts';
import { postingsOfCause } from '../ledger/read-books.ts';
import type { Order } from './purposes.ts';
import { settlePayment } from './settle-payment.ts';
import type { AttemptRow } from './store.ts';
import { lookAtOrder, sweepPayments } from './sweep-payments.ts';
import { attempts, attention, balances, expectEveryCentInOnePlace, lines, things, told } from './testing/test-money.ts';
import { testRoom } from './testing/test-room.ts';
import { type TestShop, testShop } from './testing/test-shop.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await testShop({ connections: 30 });
});
afterEach(() => shop.close());

function captured(attempt: AttemptRow, more: Partial<PaymentFact> = {}): PaymentFact {
  const { reference, providerPaymentId = '', amountMinor, currency } = attempt;
  return { reference, providerPaymentId, state: 'captured', capturedMinor: amountMinor, currency, refundedMinor: 0n, ...more };
}

/** As the owner would at the provider's own dashboard: nobody here knows of it. */
async function refundAtProvider(attempt: AttemptRow, amountMinor: bigint, key: string): Promise<void> {
  const provider = shop.ctx.providerOf({ chainId: '', connectionId: '', provider: 'stripe', sandbox: true });
  const outcome = await provider.refundPayment(
    { secretKey: 'sk_test_shop' },
    {
      providerPaymentId: attempt.providerPaymentId ?? '',
      amountMinor,
      currency: attempt.currency,
      idempotencyKey: key,
      reference: attempt.reference,
      createdAt: attempt.createdAt,
      refundedBeforeMinor: 0n,
    },
  );
  expect(outcome.kind).toBe('done');
}

describe('a payment is settled once, whoever brings the news, in whatever order', () => {
  const bring = {
    webhook: async () => {
      await shop.sandbox.events.release({ times: 3, shuffle: true });
      await shop.arrived();
    },
    return: (order: Order) => lookAtOrder(shop.ctx, shop.scope, order),
    poll: async () => {
      shop.clock.advance({ seconds: 20 });
      await sweepPayments(shop.ctx, { limit: 10 });
    },
  };
  const orders = [
    ['webhook', 'return', 'poll'],
    ['return', 'poll', 'webhook'],
    ['poll', 'webhook', 'return'],
  ] as const;

  test.each(orders)('%s, %s, %s', async (...vias) => {
    const order = await shop.order([3_000n, 1_500n]);
    const { attempt, page } = await shop.started(order);
    shop.sandbox.pay(page);
    for (const via of vias) await bring[via](order);
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'captured' }]);
    expect(await things(shop, order.id)).toEqual([3_000n, 1_500n]);
    expect(await told(shop)).toEqual(['payment.captured']);
    expect(await balances(shop)).toEqual({ 'clearing EUR': 4_500n, 'prepayments EUR': -4_500n });
    expect(await postingsOfCause(shop.db.read, shop.scope, { kind: 'payment_captured', id: attempt.attemptId })).toMatchObject([
      { amountMinor: 3_000n, purposeId: `${order.id}-0` },
      { amountMinor: 1_500n, purposeId: `${order.id}-1` },
    ]);
    expect(await attention(shop)).toEqual([]);
  });

  test('all at once', async () => {
    const order = await shop.order([3_000n]);
    const { page } = await shop.started(order);
    shop.sandbox.pay(page);
    shop.clock.advance({ seconds: 20 });
    await Promise.all([
      bring.webhook(),
      bring.return(order),
      sweepPayments(shop.ctx, { limit: 10 }),
      sweepPayments(shop.ctx, { limit: 10 }),
      bring.return(order),
    ]);
    await shop.arrived();
    expect(await told(shop)).toEqual(['payment.captured']);
    await expectEveryCentInOnePlace(shop);
  });

  test('100 at once bring the same fact: one entry, one confirmation', async () => {
    const order = await shop.order([3_000n]);
    const { attempt, page } = await shop.started(order);
    shop.sandbox.pay(page);
    await shop.warmUp();
    const changes = await Promise.all(Array.from({ length: 100 }, () => settlePayment(shop.ctx, attempt, captured(attempt), 'webhook')));
    expect(changes.filter((one) => one === 'captured')).toHaveLength(1);
    expect(changes.filter((one) => one === 'nothing_new')).toHaveLength(99);
    const { rows } = await sql<{ n: number }>`select count(*)::int n from ledger_entries`.execute(shop.db.read);
    expect(rows[0]?.n).toBe(1);
    await expectEveryCentInOnePlace(shop);
  });

  test('negative control: without the locks and the one-entry-per-cause rule, the same fact is booked more than once', async () => {
    await shop.close();
    const unlocked = (text: string) =>
      text.includes('from payment_attempts')
        ? text.replace(' for update', '')
        : text.replace('on conflict on constraint ledger_entries_one_per_cause do nothing', '');
    const wrap = (source: SqlSource): SqlSource => ({
      close: () => source.close(),
      connect: async () => {
        const connection = await source.connect();
        return { query: (text, values, name) => connection.query(unlocked(text), values, name), release: (broken) => connection.release(broken) };
      },
    });
    shop = await testShop({ connections: 30, wrap, room: { ...testRoom, lock: async () => {} } });
    await sql`alter table ledger_entries drop constraint ledger_entries_one_per_cause`.execute(shop.db.read);
    const { attempt } = await shop.started(await shop.order([3_000n]));
    await shop.warmUp();
    await Promise.all(Array.from({ length: 30 }, () => settlePayment(shop.ctx, attempt, captured(attempt), 'webhook')));
    expect((await balances(shop))['clearing EUR']).toBeGreaterThan(3_000n);
  });

  test('if a fault lost what we knew of it, the books still refuse to take the same capture twice', async () => {
    const order = await shop.order([3_000n]);
    const { attempt, page } = await shop.started(order);
    shop.sandbox.pay(page);
    await settlePayment(shop.ctx, attempt, captured(attempt), 'webhook');
    await sql`alter table payment_attempts disable trigger payment_attempts_keep_history`.execute(shop.db.read);
    await sql`update payment_attempts set status = 'open', look_at = ${shop.clock.now()}, captured_minor = 0, captured_at = null, captured_currency = null`.execute(
      shop.db.read,
    );
    await sql`update payment_lines set outcome = 'pending', account_id = null, placed_at = null, placed_minor = 0`.execute(shop.db.read);
    await sql`update test_things set paid_minor = 0`.execute(shop.db.read);
    await expect(settlePayment(shop.ctx, attempt, captured(attempt), 'poll')).rejects.toThrow('in the books');
    expect(await balances(shop)).toEqual({ 'clearing EUR': 3_000n, 'prepayments EUR': -3_000n });
    expect(await things(shop, order.id)).toEqual([0n]);
  });
});

describe('money that comes late', () => {
  test('for something that is gone: it is the client’s, and a person sees it; what is still there is confirmed', async () => {
    const order = await shop.order([3_000n, 1_500n]);
    const { page } = await shop.started(order);
    await sql`update test_things set gone = true where thing_id = ${`${order.id}-1`}`.execute(shop.db.read);
    shop.sandbox.pay(page);
    await shop.pass({ seconds: 20 });
    expect(await things(shop, order.id)).toEqual([3_000n, 0n]);
    expect(await lines(shop, order.id)).toMatchObject([{ outcome: 'applied' }, { outcome: 'credited', placed: 1_500n }]);
    expect(await attention(shop)).toEqual([{ kind: 'late_payment', subject: `thing ${order.id}-1`, amount: 1_500n }]);
    expect(await balances(shop)).toEqual({ 'clearing EUR': 4_500n, 'prepayments EUR': -3_000n, 'client EUR': -1_500n });
    expect([...(await told(shop))].sort()).toEqual(['payment.captured', 'payment.credited']);
    await expectEveryCentInOnePlace(shop);
  });

  test.each(['closed', 'failed'] as const)('for an attempt that was already %s: it settles all the same', async (status) => {
    const order = await shop.order([3_000n]);
    const { attempt, page } = await shop.started(order);
    shop.sandbox.pay(page);
    await settlePayment(shop.ctx, attempt, { ...captured(attempt), state: status, capturedMinor: 0n }, 'poll');
    expect(await attempts(shop, order.id)).toMatchObject([{ status }]);
    await shop.sandbox.events.release();
    await shop.arrived();
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'captured' }]);
    expect(await things(shop, order.id)).toEqual([3_000n]);
    await expectEveryCentInOnePlace(shop);
  });

  test('through an old page, while a new one is open: it pays, and the new page is closed', async () => {
    const order = await shop.order([3_000n]);
    const old = await shop.started(order);
    shop.sandbox.faults.add({ match: 'any', kind: 'status500', times: 100 });
    await sql`select supersede_payments('cha_shop', 'test_order', ${order.id}, ${shop.clock.now()})`.execute(shop.db.read);
    await sql`update payment_attempts set status = 'closed', look_at = null`.execute(shop.db.read); // as if its closing had been believed
    shop.sandbox.faults.clear();
    const next = await shop.started(order);
    shop.sandbox.pay(old.page);
    await shop.sandbox.events.release();
    await shop.arrived();
    await shop.pass({ seconds: 1 });
    expect(await things(shop, order.id)).toEqual([3_000n]);
    expect(shop.sandbox.payments().find((one) => one.id === next.page)?.status).toBe('expired');
    await expectEveryCentInOnePlace(shop);
  });

  test('twice: the second time it is the client’s', async () => {
    const order = await shop.order([3_000n]);
    const old = await shop.started(order);
    await sql`update payment_attempts set status = 'closed', look_at = null`.execute(shop.db.read);
    const next = await shop.started(order);
    shop.sandbox.pay(old.page);
    shop.sandbox.pay(next.page);
    await shop.sandbox.events.release({ shuffle: true });
    await shop.arrived();
    await shop.pass({ seconds: 20 });
    expect(await things(shop, order.id)).toEqual([3_000n]);
    expect(await balances(shop)).toEqual({ 'clearing EUR': 6_000n, 'prepayments EUR': -3_000n, 'client EUR': -3_000n });
    expect(await attention(shop)).toMatchObject([{ kind: 'late_payment', amount: 3_000n }]);
    await expectEveryCentInOnePlace(shop);
  });
});

describe('money that comes wrong never confirms', () => {
  test.each([
    ['too little', 2_999n],
    ['too much', 3_001n],
  ])('%s: all of it to the client’s account', async (_, capturedMinor) => {
    const order = await shop.order([2_000n, 1_000n]);
    const { attempt } = await shop.started(order);
    expect(await settlePayment(shop.ctx, attempt, captured(attempt, { capturedMinor }), 'webhook')).toBe('captured');
    expect(await things(shop, order.id)).toEqual([0n, 0n]);
    expect(await balances(shop)).toEqual({ 'clearing EUR': capturedMinor, 'client EUR': -capturedMinor });
    expect(await lines(shop, order.id)).toMatchObject([
      { outcome: 'credited', placed: 2_000n },
      { outcome: 'credited', placed: capturedMinor - 2_000n },
    ]);
    expect(await attention(shop)).toEqual([{ kind: 'amount_mismatch', subject: `test_order ${order.id}`, amount: capturedMinor }]);
  });

  test('another currency: kept apart until a person has looked', async () => {
    const order = await shop.order([3_000n]);
    const { attempt } = await shop.started(order);
    await settlePayment(shop.ctx, attempt, captured(attempt, { currency: 'USD' }), 'webhook');
    expect(await things(shop, order.id)).toEqual([0n]);
    expect(await balances(shop)).toEqual({ 'clearing USD': 3_000n, 'unplaced USD': -3_000n });
    expect(await lines(shop, order.id)).toMatchObject([{ outcome: 'unplaced' }]);
    expect(await attention(shop)).toMatchObject([{ kind: 'currency_mismatch', amount: 3_000n }]);
    await settlePayment(shop.ctx, attempt, captured(attempt, { currency: 'USD', refundedMinor: 3_000n }), 'webhook');
    expect(await balances(shop)).toEqual({});
  });

  test('more for a payment that was complete: the surplus is the client’s', async () => {
    const order = await shop.order([3_000n]);
    const { attempt } = await shop.started(order);
    await settlePayment(shop.ctx, attempt, captured(attempt), 'webhook');
    await settlePayment(shop.ctx, attempt, captured(attempt, { capturedMinor: 6_000n }), 'webhook');
    await settlePayment(shop.ctx, attempt, captured(attempt, { capturedMinor: 6_000n }), 'poll');
    expect(await balances(shop)).toEqual({ 'clearing EUR': 6_000n, 'prepayments EUR': -3_000n, 'client EUR': -3_000n });
    expect(await attention(shop)).toMatchObject([{ kind: 'paid_more', amount: 3_000n }]);
    await settlePayment(shop.ctx, attempt, captured(attempt, { capturedMinor: 6_000n, refundedMinor: 3_000n }), 'webhook');
    expect(await balances(shop)).toEqual({ 'clearing EUR': 3_000n, 'prepayments EUR': -3_000n });
    expect(await things(shop, order.id)).toEqual([3_000n]);
  });

  test('an answer that contradicts the books moves nothing, and is shown once', async () => {
    const order = await shop.order([3_000n]);
    const { attempt } = await shop.started(order);
    await settlePayment(shop.ctx, attempt, captured(attempt), 'webhook');
    for (let again = 0; again < 3; again++) {
      expect(await settlePayment(shop.ctx, attempt, captured(attempt, { capturedMinor: 1n }), 'webhook')).toBe('disagreement');
    }
    expect(await balances(shop)).toEqual({ 'clearing EUR': 3_000n, 'prepayments EUR': -3_000n });
    expect(await attention(shop)).toMatchObject([{ kind: 'provider_disagrees' }]);
  });
});

describe('money that went back at the provider', () => {
  test('leaves the books where it had gone, part by part, and is shown to a person', async () => {
    const order = await shop.order([3_000n, 1_500n]);
    const { attempt, page } = await shop.started(order);
    shop.sandbox.pay(page);
    await shop.pass({ seconds: 20 });
    await refundAtProvider(attempt, 1_000n, 'one');
    await shop.sandbox.events.release({ times: 2 });
    await shop.arrived();
    expect(await things(shop, order.id)).toEqual([3_000n, 500n]);
    expect(await balances(shop)).toEqual({ 'clearing EUR': 3_500n, 'prepayments EUR': -3_500n });
    await refundAtProvider(attempt, 3_500n, 'two');
    await shop.sandbox.events.release({ times: 2 });
    await shop.arrived();
    expect(await things(shop, order.id)).toEqual([0n, 0n]);
    expect(await balances(shop)).toEqual({});
    expect(await attention(shop)).toMatchObject([
      { kind: 'refunded_at_provider', amount: 1_000n },
      { kind: 'refunded_at_provider', amount: 3_500n },
    ]);
    expect((await attempts(shop, order.id))[0]?.status).toBe('captured');
    await expectEveryCentInOnePlace(shop);
  });

  test('before we had even heard that it came: both are in the books', async () => {
    const order = await shop.order([3_000n]);
    const { attempt, page } = await shop.started(order);
    shop.sandbox.pay(page);
    await refundAtProvider(attempt, 1_000n, 'early');
    await shop.pass({ seconds: 20 });
    expect(await balances(shop)).toEqual({ 'clearing EUR': 2_000n, 'prepayments EUR': -2_000n });
    expect(await things(shop, order.id)).toEqual([2_000n]);
    await expectEveryCentInOnePlace(shop);
  });
});
