import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { switchOnlinePayment } from './connect-provider.ts';
import type { PaymentsContext } from './context.ts';
import { startPayment } from './start-payment.ts';
import { sweepPayments } from './sweep-payments.ts';
import { attempts, expectEveryCentInOnePlace, lines, things } from './testing/test-money.ts';
import { testRoom } from './testing/test-room.ts';
import { type TestShop, testShop } from './testing/test-shop.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await testShop();
});
afterEach(() => shop.close());

/** The provider does what it is asked, and its answer never reaches us. */
function losingAnswers(): PaymentsContext {
  const real = shop.ctx.providerOf({ chainId: '', connectionId: '', provider: 'stripe', sandbox: true });
  const createPayment: typeof real.createPayment = async (credentials, order) => {
    await real.createPayment(credentials, order);
    return { kind: 'unknown', message: 'no answer' };
  };
  return { ...shop.ctx, providerOf: () => ({ ...real, createPayment }) };
}

const pay = (order: { kind: string; id: string }) => startPayment(shop.ctx, shop.scope, order);

describe('a client who wants to pay', () => {
  test('is sent to a page for exactly what is due', async () => {
    const order = await shop.order([3_000n, 1_550n]);
    const page = await pay(order);
    expect(page).toMatchObject({ amountMinor: 4_550n, currency: 'EUR', payableUntil: new Date('2026-03-02T09:15:00Z') });
    expect(page.pageUrl.startsWith(shop.sandbox.origin)).toBe(true);
    expect(shop.sandbox.payments()).toMatchObject([{ amount: 4_550, currency: 'eur', status: 'open' }]);
  });

  test('gets the same page again, in a second tab and after the back button', async () => {
    const order = await shop.order([3_000n]);
    const first = await pay(order);
    expect(await pay(order)).toEqual(first);
    expect(shop.sandbox.payments()).toHaveLength(1);
  });

  test('gets one page from eight tabs at once', async () => {
    const order = await shop.order([3_000n]);
    await shop.warmUp();
    const pages = await Promise.all(Array.from({ length: 8 }, () => pay(order)));
    expect(new Set(pages.map((page) => page.pageUrl)).size).toBe(1);
    expect(shop.sandbox.payments()).toHaveLength(1);
    expect(await attempts(shop, order.id)).toHaveLength(1);
  });

  test('negative control: without the order’s lock and the one-live-attempt rule, eight tabs get several', async () => {
    await shop.close();
    shop = await testShop({ room: { ...testRoom, lock: async () => {} } });
    await sql`drop index payment_attempts_one_live, payment_lines_one_live`.execute(shop.db.read);
    const order = await shop.order([3_000n]);
    await shop.warmUp();
    await Promise.all(Array.from({ length: 8 }, () => pay(order)));
    expect((await attempts(shop, order.id)).length).toBeGreaterThan(1);
  });

  test('gets one page from eight tabs even when the room forgot to lock: the database decides', async () => {
    await shop.close();
    shop = await testShop({ room: { ...testRoom, lock: async () => {} } });
    const order = await shop.order([3_000n]);
    await shop.warmUp();
    const pages = await Promise.all(Array.from({ length: 8 }, () => pay(order)));
    expect(new Set(pages.map((page) => page.pageUrl)).size).toBe(1);
    expect((await attempts(shop, order.id)).filter((one) => !one.superseded)).toHaveLength(1);
  });

  test('gets another page when the amount has changed, and the old one can no longer be paid', async () => {
    const order = await shop.order([3_000n]);
    const old = await pay(order);
    await sql`update test_things set due_minor = 3500 where order_id = ${order.id}`.execute(shop.db.read);
    const page = await pay(order);
    expect(page.amountMinor).toBe(3_500n);
    expect(page.pageUrl).not.toBe(old.pageUrl);
    expect(shop.sandbox.payments().map((one) => [one.amount, one.status])).toEqual([
      [3_000, 'expired'],
      [3_500, 'open'],
    ]);
    expect((await attempts(shop, order.id)).map((one) => one.status).sort()).toEqual(['closed', 'open']);
  });

  test('is not asked twice when the old page was paid a moment before the amount changed', async () => {
    const order = await shop.order([3_000n]);
    await pay(order);
    shop.sandbox.pay(shop.sandbox.payments()[0]?.id ?? '');
    await sql`update test_things set due_minor = 3500 where order_id = ${order.id}`.execute(shop.db.read);
    await expect(pay(order)).rejects.toMatchObject({ code: 'nothing_to_pay' });
    expect(await things(shop, order.id)).toEqual([3_000n]);
    await expectEveryCentInOnePlace(shop);
  });

  test('gets a new page when the first one has run out and the room still wants to be paid', async () => {
    const order = await shop.order([3_000n], { minutes: 60 });
    const old = await pay(order);
    shop.clock.advance({ minutes: 60 });
    await sql`update test_orders set payable_until = ${new Date('2026-03-02T11:00:00Z')}`.execute(shop.db.read);
    const page = await pay(order);
    expect(page.pageUrl).not.toBe(old.pageUrl);
    expect((await attempts(shop, order.id)).map((one) => one.status).sort()).toEqual(['closed', 'open']);
  });

  test('can start late in a long hour: the page is asked for as of now', async () => {
    const order = await shop.order([3_000n], { minutes: 60 });
    shop.sandbox.faults.add({ match: 'create', kind: 'status500', times: 5 });
    await expect(pay(order)).rejects.toMatchObject({ code: 'provider_unreachable' });
    shop.sandbox.faults.clear();
    shop.clock.advance({ minutes: 10 });
    expect((await pay(order)).payableUntil).toEqual(new Date('2026-03-02T10:00:00Z'));
  });

  test('has nothing to pay when everything is paid, and is told so', async () => {
    const order = await shop.order([3_000n]);
    await pay(order);
    shop.sandbox.pay(shop.sandbox.payments()[0]?.id ?? '');
    await shop.pass({ seconds: 20 });
    await expect(pay(order)).rejects.toMatchObject({ code: 'nothing_to_pay', status: 409 });
  });

  test('is told when the time that was kept has run out, and no page stays open behind', async () => {
    const order = await shop.order([3_000n]);
    await pay(order);
    shop.clock.advance({ minutes: 15 });
    await expect(pay(order)).rejects.toMatchObject({ code: 'hold_run_out', status: 409 });
    expect(shop.sandbox.payments()).toMatchObject([{ status: 'expired' }]);
  });

  test('is not sent anywhere when online payment is switched off', async () => {
    const order = await shop.order([3_000n]);
    await shop.db.transaction((tx) => switchOnlinePayment(tx, shop.scope, { enabled: false, connectionId: undefined }));
    await expect(pay(order)).rejects.toMatchObject({ code: 'payment_unavailable' });
    expect(await attempts(shop, order.id)).toEqual([]);
  });

  test('who has done their part waits until it is decided', async () => {
    const order = await shop.order([3_000n]);
    await pay(order);
    shop.sandbox.pay(shop.sandbox.payments()[0]?.id ?? '', { delayed: true });
    await shop.pass({ seconds: 20 });
    await expect(pay(order)).rejects.toMatchObject({ code: 'payment_in_progress', status: 409 });
  });
});

describe('a provider that fails while the page is made', () => {
  test.each(['status500_after', 'status500', 'html', 'timeout'] as const)(
    '%s: the client tries again and gets the one page there is',
    async (kind) => {
      const order = await shop.order([3_000n]);
      shop.sandbox.faults.add({ match: 'create', kind, times: 10 });
      await expect(pay(order)).rejects.toMatchObject({ code: 'provider_unreachable', status: 503 });
      shop.sandbox.faults.clear();
      expect(await attempts(shop, order.id)).toMatchObject([{ status: 'intended' }]);
      const page = await pay(order);
      await shop.pass({ seconds: 20 });
      const open = shop.sandbox.payments().filter((one) => one.status === 'open');
      expect(open).toHaveLength(1);
      expect(page.pageUrl).toContain(open[0]?.id);
      expect(await pay(order)).toEqual(page);
    },
  );

  test('a line that breaks before the answer is called again, and the client notices nothing', async () => {
    const order = await shop.order([3_000n]);
    shop.sandbox.faults.add({ match: 'create', kind: 'drop_after' });
    const page = await pay(order);
    expect(shop.sandbox.payments()).toHaveLength(1);
    expect(page.pageUrl).toContain(shop.sandbox.payments()[0]?.id);
  });

  test('an answer that was lost is asked for again with the same key: the same page', async () => {
    const order = await shop.order([3_000n]);
    await expect(startPayment(losingAnswers(), shop.scope, order)).rejects.toMatchObject({ code: 'provider_unreachable' });
    const page = await pay(order);
    expect(shop.sandbox.payments()).toHaveLength(1);
    expect(page.pageUrl).toContain(shop.sandbox.payments()[0]?.id);
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'open' }]);
  });

  test('the sweep finds a page whose address never reached us, and the client still gets it', async () => {
    const order = await shop.order([3_000n]);
    await expect(startPayment(losingAnswers(), shop.scope, order)).rejects.toMatchObject({ code: 'provider_unreachable' });
    await shop.pass({ seconds: 20 });
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'open', page_url: null }]);
    const page = await pay(order);
    expect(page.pageUrl).toContain(shop.sandbox.payments()[0]?.id);
    expect(shop.sandbox.payments()).toHaveLength(1);
  });

  test('a page that nobody was sent to is closed when its time is over', async () => {
    const order = await shop.order([3_000n]);
    await expect(startPayment(losingAnswers(), shop.scope, order)).rejects.toMatchObject({ code: 'provider_unreachable' });
    await shop.pass({ minutes: 15 });
    expect(shop.sandbox.payments()).toMatchObject([{ status: 'expired' }]);
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'closed' }]);
  });

  test('a page that was never made is given up only when no call for it can be under way', async () => {
    const order = await shop.order([3_000n]);
    shop.clock.advance({ minutes: 14, seconds: 30 });
    shop.sandbox.faults.add({ match: 'create', kind: 'status500', times: 10 });
    await expect(pay(order)).rejects.toMatchObject({ code: 'provider_unreachable' });
    await shop.pass({ seconds: 30 });
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'intended' }]);
    await shop.pass({ seconds: 90 });
    await shop.pass({ seconds: 90 });
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'closed' }]);
  });

  test('what the page says stays as it was first asked, so that the repeated call is the same call', async () => {
    const order = await shop.order([3_000n]);
    await expect(startPayment(losingAnswers(), shop.scope, order)).rejects.toMatchObject({ code: 'provider_unreachable' });
    const wording = shop.ctx.roomOf('test_order');
    const renamed = {
      ...shop.ctx,
      roomOf: () => ({ ...wording, describe: async () => ({ ...(await wording.describe(shop.db.read, shop.scope, order)), language: 'pt' }) }),
    };
    const page = await startPayment(renamed, shop.scope, order);
    expect(page.pageUrl).toContain(shop.sandbox.payments()[0]?.id);
  });

  test('a provider that says no ends the attempt, and the next one is a new one', async () => {
    const order = await shop.order([10n]); // less than Stripe charges
    await expect(pay(order)).rejects.toMatchObject({ code: 'payment_unavailable' });
    expect(await attempts(shop, order.id)).toMatchObject([{ status: 'failed' }]);
    await sql`update test_things set due_minor = 3000 where order_id = ${order.id}`.execute(shop.db.read);
    await pay(order);
    expect((await attempts(shop, order.id)).map((one) => one.status).sort()).toEqual(['failed', 'open']);
  });

  test('an order that was dropped while its page was being made: nobody is sent there, and it is closed', async () => {
    const order = await shop.order([3_000n]);
    const real = shop.ctx.providerOf({ chainId: '', connectionId: '', provider: 'stripe', sandbox: true });
    const meanwhile = {
      ...shop.ctx,
      providerOf: () => ({
        ...real,
        createPayment: async (...args: Parameters<typeof real.createPayment>) => {
          const outcome = await real.createPayment(...args);
          await sql`select supersede_payments('cha_shop', 'test_order', ${order.id}, ${shop.clock.now()})`.execute(shop.db.read);
          await sql`update test_things set gone = true`.execute(shop.db.read);
          return outcome;
        },
      }),
    };
    await expect(startPayment(meanwhile, shop.scope, order)).rejects.toMatchObject({ code: 'nothing_to_pay' });
    await shop.pass({ seconds: 1 });
    expect(shop.sandbox.payments()).toMatchObject([{ status: 'expired' }]);
  });
});

test('a wish whose client never came is over without a word to the provider', async () => {
  const order = await shop.order([3_000n]);
  shop.sandbox.faults.add({ match: 'any', kind: 'status500', times: 100 });
  await expect(pay(order)).rejects.toMatchObject({ code: 'provider_unreachable' });
  await sql`update payment_attempts set asked_at = null, request = null`.execute(shop.db.read);
  const before = shop.sandbox.faults.list()[0]?.left;
  await shop.pass({ minutes: 15 });
  expect(await attempts(shop, order.id)).toMatchObject([{ status: 'closed' }]);
  expect(await lines(shop, order.id)).toMatchObject([{ outcome: 'pending' }]);
  expect(shop.sandbox.faults.list()[0]?.left).toBe(before);
  expect(await sweepPayments(shop.ctx, { limit: 10 })).toBe(0);
});
