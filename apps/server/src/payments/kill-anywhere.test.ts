import { afterAll, beforeAll, expect, test } from 'vitest';
import { receiveWebhook } from './receive-webhook.ts';
import { startPayment } from './start-payment.ts';
import { attemptsOfOrder } from './store.ts';
import { lookAtOrder, sweepPayments } from './sweep-payments.ts';
import { type Mortal, mortal } from './testing/mortal.ts';
import { expectEveryCentInOnePlace, things } from './testing/test-money.ts';
import { type TestShop, testShop } from './testing/test-shop.ts';
import { sessionEvent, signature } from './testing/test-webhook.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
});
afterAll(() => shop.close());

/** What one process does about one payment, from the first click to the last sweep; it may die anywhere in it. */
async function course({ ctx, finished }: Mortal, order: { kind: string; id: string }, when: 'in time' | 'too late'): Promise<void> {
  await startPayment(ctx, shop.scope, order);
  const [attempt] = await attemptsOfOrder(shop.db.read, shop.scope.chainId, order);
  if (!attempt?.providerPaymentId) return;
  if (when === 'too late') shop.clock.advance({ minutes: 15 });
  else shop.sandbox.pay(attempt.providerPaymentId);
  const body = sessionEvent(`evt_${order.id}`, { id: attempt.providerPaymentId, client_reference_id: attempt.reference });
  const { chainId } = shop.scope;
  const headers = { 'stripe-signature': signature(shop.clock.now(), body) };
  await receiveWebhook(ctx, { chainId, connectionId: shop.connectionId, headers, rawBody: Buffer.from(body) });
  await finished();
  await lookAtOrder(ctx, shop.scope, order);
  await sweepPayments(ctx, { limit: 20 });
}

test.each(['in time', 'too late'] as const)(
  'paid %s, and the process dies at any point: the next one finishes it, and every cent stands in one place',
  async (when) => {
    let hit = 0;
    for (let deathAt = 1; ; deathAt++) {
      const order = await shop.order([3_000n]);
      const process = mortal(shop, deathAt);
      await course(process, order, when).catch((error: unknown) => {
        if (!process.died()) throw error;
      });
      await process.finished();
      await process.close();
      if (!process.died()) break;
      hit++;

      // the client, still on the page or back at it, pays as far as it can be paid; then time passes
      const page = (await attemptsOfOrder(shop.db.read, shop.scope.chainId, order)).find((one) => one.providerPaymentId)?.providerPaymentId;
      const started = page ?? (await shop.started(order)).page;
      shop.sandbox.pay(started);
      await shop.pass({ seconds: 90 });
      await shop.pass({ minutes: 20 });
      const attempts = await attemptsOfOrder(shop.db.read, shop.scope.chainId, order);
      expect(attempts.map((one) => one.status).filter((status) => !['captured', 'failed', 'closed'].includes(status))).toEqual([]);
      const captured = attempts.some((one) => one.status === 'captured');
      expect(await things(shop, order.id)).toEqual([captured ? 3_000n : 0n]);
      if (when === 'in time') expect(captured).toBe(true);
      await expectEveryCentInOnePlace(shop);
    }
    process.stdout.write(`paid ${when}: the process was killed at ${hit} points\n`);
    expect(hit).toBeGreaterThan(40);
  },
  300_000,
);
