import type { PaymentProvider, RefundOrder } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentsContext } from './context.ts';
import { carryOutRefund, intendRefund, sweepRefunds } from './give-back.ts';
import { lookAtPayment } from './look-at-payment.ts';
import { type AttemptRow, lockAttempt } from './store.ts';
import { expectEveryCentInOnePlace } from './testing/test-money.ts';
import { type TestShop, testShop } from './testing/test-shop.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await testShop();
});
afterEach(async () => {
  await shop.close();
});

/** The shop's provider as one that knows no keys: each call gives back again, and what was done is told by how much has gone back. */
function withoutKeys(asked: string[], { shows = () => true }: { shows?: () => boolean } = {}): PaymentsContext {
  const stripe = shop.ctx.providerOf({ chainId: '', connectionId: '', provider: 'stripe', sandbox: true });
  const readRefund: PaymentProvider['readRefund'] = async (credentials, refund) => {
    const read = await stripe.readPayment(credentials, { ...refund, payableUntil: refund.createdAt });
    if (read.kind !== 'done') return read;
    const done = shows() && read.value !== undefined && read.value.refundedMinor > refund.refundedBeforeMinor;
    const { amountMinor } = refund;
    return { kind: 'done', value: done ? { providerRefundId: 'one', state: 'refunded', amountMinor } : undefined };
  };
  const provider: PaymentProvider = {
    ...stripe,
    capabilities: { ...stripe.capabilities, refundIsIdempotent: false },
    readRefund,
    async refundPayment(credentials, refund: RefundOrder) {
      const before = await readRefund(credentials, refund);
      if (before.kind !== 'done') return before;
      if (before.value) return { kind: 'done', value: before.value };
      asked.push(refund.idempotencyKey);
      return stripe.refundPayment(credentials, { ...refund, idempotencyKey: `${refund.idempotencyKey}_${asked.length}` });
    },
  };
  return { ...shop.ctx, providerOf: () => provider };
}

async function paid(): Promise<AttemptRow> {
  const { attempt, page } = await shop.started(await shop.order([100_00n]));
  shop.sandbox.pay(page);
  await lookAtPayment(shop.ctx, attempt, 'poll');
  return attempt;
}

const intended = (attempt: AttemptRow, amountMinor = 40_00n) =>
  shop.db.transaction(async (tx) => {
    const locked = await lockAttempt(tx, attempt.chainId, attempt.attemptId);
    if (!locked) throw new Error('the attempt is there');
    return { chainId: attempt.chainId, refundId: await intendRefund(tx, shop.ctx, locked, { amountMinor, by: 'Ana' }) };
  });
const given = () => shop.sandbox.payments().reduce((sum, one) => sum + one.refunded, 0);
const status = async () => (await sql<{ status: string }>`select status from payment_refunds`.execute(shop.db.read)).rows.map((row) => row.status);

describe('at a provider that knows no keys, money', () => {
  it('goes back once, however many people press the button at the same moment', async () => {
    const attempt = await paid();
    const asked: string[] = [];
    const ctx = withoutKeys(asked);
    await shop.warmUp();
    const press = async () => carryOutRefund(ctx, await intended(attempt));
    await Promise.all([press(), press(), press(), sweepRefunds(ctx, { limit: 10 })]);
    expect(asked).toHaveLength(1);
    expect([given(), await status()]).toEqual([40_00, ['refunded']]);
    await expectEveryCentInOnePlace(shop);
  });

  it('goes back once, also when the provider said yes and shows it only later', async () => {
    const attempt = await paid();
    let shows = false;
    const asked: string[] = [];
    const ctx = withoutKeys(asked, { shows: () => shows });
    const refund = await intended(attempt);
    shop.sandbox.answerRefunds('pending');
    await carryOutRefund(ctx, refund);
    for (const minutes of [1, 5, 60]) {
      shop.clock.advance({ minutes });
      await sweepRefunds(ctx, { limit: 10 });
    }
    expect(asked).toHaveLength(1);
    expect(await status()).toEqual(['pending']);
    const { rows } = await sql<{ id: string }>`select provider_refund_id id from payment_refunds`.execute(shop.db.read);
    shop.sandbox.settleRefund(rows[0]?.id ?? '', true);
    shows = true;
    await shop.pass({ minutes: 24 * 60 });
    await sweepRefunds(ctx, { limit: 10 });
    expect([given(), await status()]).toEqual([40_00, ['refunded']]);
  });

  it('is not asked back again while an earlier call, whose answer was lost, may still be doing it', async () => {
    const attempt = await paid();
    const asked: string[] = [];
    const ctx = withoutKeys(asked);
    shop.sandbox.faults.add({ match: 'refund', kind: 'status500', times: 1 });
    await carryOutRefund(ctx, await intended(attempt));
    shop.clock.advance({ minutes: 1 });
    await sweepRefunds(ctx, { limit: 10 });
    expect(asked).toHaveLength(1);
    shop.clock.advance({ minutes: 2 });
    await sweepRefunds(ctx, { limit: 10 });
    expect([given(), await status()]).toEqual([40_00, ['refunded']]);
  });
});
