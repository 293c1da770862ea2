import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '../kit/problem.ts';
import type { Order } from './purposes.ts';
import { startPayment } from './start-payment.ts';
import { attemptsOfOrder } from './store.ts';
import { lookAtOrder, sweepPayments } from './sweep-payments.ts';
import { expectEveryCentInOnePlace } from './testing/test-money.ts';
import { type TestShop, testShop } from './testing/test-shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
});
afterAll(() => shop.close());

/** What can happen around one order. Each is harmless at any moment. */
const deeds = {
  start: (order: Order) => startPayment(shop.ctx, shop.scope, order).catch(expected),
  pay: async (order: Order) => {
    for (const attempt of await attemptsOfOrder(shop.db.read, shop.scope.chainId, order)) {
      if (attempt.providerPaymentId) shop.sandbox.pay(attempt.providerPaymentId);
    }
  },
  payDelayed: async (order: Order) => {
    for (const attempt of await attemptsOfOrder(shop.db.read, shop.scope.chainId, order)) {
      if (attempt.providerPaymentId) shop.sandbox.pay(attempt.providerPaymentId, { delayed: true });
    }
  },
  refund: async (order: Order) => {
    const provider = shop.ctx.providerOf({ chainId: '', connectionId: '', provider: 'stripe', sandbox: true });
    for (const { providerPaymentId, reference, amountMinor, currency } of await attemptsOfOrder(shop.db.read, shop.scope.chainId, order)) {
      if (!providerPaymentId) continue;
      const about = { reference, createdAt: shop.clock.now(), refundedBeforeMinor: 0n };
      const wish = { ...about, providerPaymentId, amountMinor: amountMinor / 3n, currency, idempotencyKey: `${reference}/${keys++}` };
      await provider.refundPayment({ secretKey: 'sk_test_shop' }, wish);
    }
  },
  webhooks: async () => {
    await shop.sandbox.events.release({ times: 2, shuffle: true });
    await shop.arrived();
  },
  return: (order: Order) => lookAtOrder(shop.ctx, shop.scope, order),
  sweep: () => sweepPayments(shop.ctx, { limit: 50 }),
  aMinute: async () => shop.clock.advance({ minutes: 1 }),
  timeIsOver: async () => shop.clock.advance({ minutes: 15 }),
  gone: (order: Order) => sql`update test_things set gone = true where thing_id = ${`${order.id}-1`}`.execute(shop.db.read),
  back: (order: Order) => sql`update test_things set gone = false where order_id = ${order.id}`.execute(shop.db.read),
  dearer: (order: Order) =>
    sql`update test_things set due_minor = due_minor + 100 where order_id = ${order.id} and paid_minor = 0`.execute(shop.db.read),
  dropped: (order: Order) => sql`select supersede_payments('cha_shop', 'test_order', ${order.id}, ${shop.clock.now()})`.execute(shop.db.read),
  longer: (order: Order) =>
    sql`update test_orders set payable_until = ${new Date(shop.clock.now().getTime() + 900_000)} where order_id = ${order.id}`.execute(shop.db.read),
  trouble: async () => void shop.sandbox.faults.add({ match: 'any', kind: 'status500', times: 2 }),
  lostAnswer: async () => void shop.sandbox.faults.add({ match: 'create', kind: 'status500_after' }),
} as const;
type Deed = keyof typeof deeds;
let keys = 0;

function expected(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}

/** Deeds in turn; a list is done at once. */
const course = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...(Object.keys(deeds) as Deed[])).map((deed) => [deed]) },
    { weight: 2, arbitrary: fc.constantFrom<Deed>('start', 'pay', 'webhooks', 'return', 'sweep').map((deed) => [deed]) },
    {
      weight: 2,
      arbitrary: fc.array(fc.constantFrom<Deed>('start', 'pay', 'webhooks', 'return', 'sweep', 'dropped', 'refund'), { minLength: 2, maxLength: 4 }),
    },
  ),
  { minLength: 3, maxLength: 14 },
);

test('whatever happens in whatever order, everything becomes final and every cent stands in one place', async () => {
  let captured = 0;
  await fc.assert(
    fc.asyncProperty(course, async (steps) => {
      const order = await shop.order([3_000n, 1_500n]);
      await deeds.start(order);
      for (const step of steps) await Promise.all(step.map((deed) => deeds[deed](order)));
      shop.sandbox.faults.clear();
      for (const payment of shop.sandbox.payments()) {
        if (payment.status === 'complete' && payment.payment_status === 'unpaid' && payment.captured === 0) settle(payment.id, order.id);
      }
      await shop.sandbox.events.release({ times: 2, shuffle: true });
      await shop.arrived();
      await shop.pass({ minutes: 20 });
      await shop.pass({ minutes: 60 });
      await shop.pass({ minutes: 60 });
      const mine = await attemptsOfOrder(shop.db.read, shop.scope.chainId, order);
      expect(mine.map((one) => one.status).filter((status) => !['captured', 'failed', 'closed'].includes(status))).toEqual([]);
      expect(shop.sandbox.payments().filter((one) => one.status === 'open')).toEqual([]);
      captured += mine.filter((one) => one.status === 'captured').length;
      await expectEveryCentInOnePlace(shop);
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 30) },
  );
  // the courses must really have led through money
  expect(captured).toBeGreaterThan(5);
}, 600_000);

/** The bank decides: half of them pay in the end. */
function settle(page: string, orderId: string): void {
  try {
    shop.sandbox.settleDelayed(page, orderId.length % 2 === 0);
  } catch {
    // decided before
  }
}
