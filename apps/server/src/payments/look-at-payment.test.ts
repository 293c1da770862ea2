import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lookAtPayment } from './look-at-payment.ts';
import { sweepPayments } from './sweep-payments.ts';
import { attempts, attention, expectEveryCentInOnePlace, told } from './testing/test-money.ts';
import { type TestShop, testShop } from './testing/test-shop.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await testShop();
});
afterEach(() => shop.close());

describe('a payment that takes its time', () => {
  test('the room hears once that it is being checked, and when the money is there', async () => {
    const order = await shop.order([3_000n]);
    const { attempt, page } = await shop.started(order);
    shop.sandbox.pay(page, { delayed: true });
    await shop.pass({ seconds: 20 });
    await shop.pass({ minutes: 20 });
    await lookAtPayment(shop.ctx, attempt, 'return');
    const { rows } = await sql<{ checks: number }>`select checks from test_orders where order_id = ${order.id}`.execute(shop.db.read);
    expect(rows[0]?.checks).toBe(1);
    expect(await told(shop)).toEqual(['payment.checking']);
    shop.sandbox.settleDelayed(page, true);
    await shop.pass({ minutes: 5 });
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'captured' }]);
    await expectEveryCentInOnePlace(shop);
  });

  test('and then fails: it is final, and the client may try again', async () => {
    const order = await shop.order([3_000n], { minutes: 60 });
    const { page } = await shop.started(order);
    shop.sandbox.pay(page, { delayed: true });
    await shop.pass({ seconds: 20 });
    shop.sandbox.settleDelayed(page, false);
    await shop.pass({ minutes: 5 });
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'failed' }]);
    expect((await shop.started(order)).page).not.toBe(page);
  });
});

describe('when the time to pay is over', () => {
  test('the page is closed at the provider exactly then, not before', async () => {
    const order = await shop.order([3_000n]);
    await shop.started(order);
    await shop.pass({ minutes: 14, seconds: 59 });
    expect(shop.sandbox.payments()[0]?.status).toBe('open');
    await shop.pass({ seconds: 1 });
    expect(shop.sandbox.payments()[0]?.status).toBe('expired');
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'closed' }]);
    expect(await told(shop)).toEqual(['payment.closed']);
  });

  test('paying and closing at the same moment: whoever wins, the books say what the provider says', async () => {
    const orders = [];
    for (let n = 0; n < 12; n++) orders.push({ order: await shop.order([3_000n]), page: '' });
    for (const one of orders) one.page = (await shop.started(one.order)).page;
    shop.clock.advance({ minutes: 15 });
    const paying = orders.map(
      (one, n) =>
        new Promise<void>((resolve) => {
          setTimeout(() => {
            shop.sandbox.pay(one.page);
            resolve();
          }, n);
        }),
    );
    await Promise.all([sweepPayments(shop.ctx, { limit: 50 }), ...paying]);
    await shop.sandbox.events.release({ times: 2, shuffle: true });
    await shop.arrived();
    await shop.pass({ minutes: 1 });
    await expectEveryCentInOnePlace(shop);
    const { rows } = await sql<{ n: number }>`select count(*)::int n from payment_attempts where look_at is not null`.execute(shop.db.read);
    expect(rows[0]?.n).toBe(0);
  });

  test('a provider in trouble makes nothing final: it is asked until it answers', async () => {
    const order = await shop.order([3_000n]);
    const { page } = await shop.started(order);
    shop.sandbox.pay(page);
    shop.sandbox.faults.add({ match: 'any', kind: 'status500', times: 1_000 });
    await shop.pass({ minutes: 15 });
    await shop.pass({ minutes: 15 });
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'open' }]);
    expect(await attention(shop)).toEqual([]);
    await shop.pass({ minutes: 24 * 60 });
    await shop.pass({ minutes: 60 });
    expect(await attention(shop)).toMatchObject([{ kind: 'payment_unclear', amount: 3_000n }]);
    shop.sandbox.faults.clear();
    await shop.pass({ minutes: 60 });
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'captured' }]);
    await expectEveryCentInOnePlace(shop);
  });

  test('two sweeping processes never ask about the same payment at the same time', async () => {
    for (let n = 0; n < 10; n++) await shop.started(await shop.order([3_000n]));
    shop.clock.advance({ seconds: 20 });
    const touched = await Promise.all(Array.from({ length: 4 }, () => sweepPayments(shop.ctx, { limit: 50 })));
    expect(touched.reduce((sum, n) => sum + n, 0)).toBe(10);
    expect(await sweepPayments(shop.ctx, { limit: 50 })).toBe(0);
  });
});
