import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { balanceOf } from '../ledger/read-books.ts';
import { connectProvider } from '../payments/connect-provider.ts';
import { KEYS, type TestApp, testApp } from '../testing/test-app.ts';
import { checkSettlements } from './check-settlements.ts';
import { type CameLine, takeLines } from './take-lines.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ salon: { services: {}, staff: {} }, listen: false });
});
afterAll(() => app.close());

interface Paid {
  readonly amount: number;
  readonly fee: number;
  readonly refund: number;
  readonly payout: number;
}

const paid = fc.record({
  amount: fc.integer({ min: 100, max: 90_000 }),
  fee: fc.integer({ min: 0, max: 90 }),
  refund: fc.integer({ min: 0, max: 100 }),
  payout: fc.integer({ min: 0, max: 2 }),
});
const history = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  paid: fc.array(paid, { minLength: 1, maxLength: 6 }),
  // in which order lines come, some twice, some not at all, before all of them come
  come: fc.array(fc.nat(40), { maxLength: 25 }),
});

let runs = 0;
const at = new Date('2026-03-02T09:00:00Z');

/** A connection with payments that were captured, and the lines that its provider will have said of them in the end. */
async function world(currency: string, all: readonly Paid[]) {
  const run = ++runs;
  const { scope } = app;
  const connectionId = await app.database.transaction((tx) =>
    connectProvider(tx, app.payments, scope, { provider: 'stripe', label: `Stripe ${run}`, sandbox: true, credentials: KEYS, currency }),
  );
  const lines: CameLine[] = [];
  const nets = new Map<number, bigint>();
  for (const [n, { amount, fee, refund, payout }] of all.entries()) {
    const attemptId = `pay_${run}_${n}`;
    const back = Math.floor((amount * refund) / 100);
    await app.database.transaction(async (tx) => {
      await sql`
        insert into payment_attempts (chain_id, attempt_id, location_id, connection_id, order_kind, order_id, reference, idempotency_key, amount_minor, currency, status,
          payable_until, captured_minor, captured_currency, captured_at, refunded_minor, created_at)
        values (${scope.chainId}, ${attemptId}, ${scope.locationId}, ${connectionId}, 'booking', ${attemptId}, ${attemptId}, ${attemptId}, ${amount}, ${currency}, 'captured',
          ${at}, ${amount}, ${currency}, ${at}, ${back}, ${at})`.execute(tx);
      const clearing = await openAccount(tx, app.payments, scope, { kind: 'clearing', ownerId: connectionId, currency });
      const owed = await openAccount(tx, app.payments, scope, { kind: 'prepayments', ownerId: '', currency });
      const post = (kind: string, id: string, from: string, to: string, amountMinor: bigint) =>
        postEntry(tx, app.payments, {
          scope,
          cause: { kind, id },
          happenedAt: at,
          memo: '',
          postings: [{ from, to, amountMinor, currency, operation: 'payment' }],
        });
      await post('payment_captured', attemptId, owed, clearing, BigInt(amount));
      if (back > 0) await post('provider_refund', `${attemptId}:${back}`, clearing, owed, BigInt(back));
    });
    const payoutId = payout === 0 ? undefined : `po_${run}_${payout}`;
    const common = { reference: attemptId, providerPaymentId: undefined, currency, at, payoutId };
    lines.push({ ...common, lineId: `${attemptId}/p`, kind: 'payment', amountMinor: BigInt(amount), feeMinor: BigInt(fee) });
    if (back > 0) lines.push({ ...common, lineId: `${attemptId}/r`, kind: 'refund', amountMinor: -BigInt(back), feeMinor: 0n });
    nets.set(payout, (nets.get(payout) ?? 0n) + BigInt(amount - fee - back));
  }
  for (const [payout, net] of nets) {
    if (payout === 0 || net <= 0n) continue;
    const id = `po_${run}_${payout}`;
    lines.push({
      lineId: id,
      kind: 'payout',
      reference: undefined,
      providerPaymentId: undefined,
      amountMinor: -net,
      feeMinor: 0n,
      currency,
      at,
      payoutId: id,
    });
  }
  return { connection: { chainId: scope.chainId, locationId: scope.locationId, connectionId }, lines, nets };
}

test('however late, doubled, shuffled or dropped a provider’s lines come: what lies there is always explained, and in the end every cent is in one place', async () => {
  const take = (connection: Parameters<typeof takeLines>[2], lines: readonly CameLine[]) =>
    app.database.transaction((tx) => takeLines(tx, app.payments, connection, lines, { source: 'api' }));
  await fc.assert(
    fc.asyncProperty(history, async ({ currency, paid: all, come }) => {
      const { connection, lines, nets } = await world(currency, all);
      for (let start = 0; start < come.length; start += 4) {
        const some = come.slice(start, start + 4).flatMap((n) => {
          const line = lines[n % lines.length];
          // what a payment was paid out with is known later than the payment
          return line ? [n % 3 === 0 && line.kind !== 'payout' ? { ...line, payoutId: undefined } : line] : [];
        });
        await take(connection, some);
        expect(await checkSettlements(app.database.read)).toEqual([]);
      }
      await take(connection, lines);
      await take(connection, lines.toReversed());
      expect(await checkSettlements(app.database.read)).toEqual([]);
      const { rows } = await sql<{ kind: string; status: string }>`
        select distinct kind, status from settlement_items where chain_id = ${connection.chainId} and connection_id = ${connection.connectionId}
           and status not in ('matched', 'accepted')`.execute(app.database.read);
      expect(rows).toEqual([]);
      const settled = [...nets].filter(([payout, net]) => payout > 0 && net > 0n).reduce((sum, [, net]) => sum + net, 0n);
      const waiting = [...nets.values()].reduce((sum, net) => sum + net, 0n) - settled;
      const clearing = await balanceOf(app.database.read, app.scope, { kind: 'clearing', ownerId: connection.connectionId, currency });
      const fees = await balanceOf(app.database.read, app.scope, { kind: 'fees', ownerId: connection.connectionId, currency });
      expect(clearing).toBe(waiting);
      expect(fees).toBe(all.reduce((sum, { fee }) => sum + BigInt(fee), 0n));
    }),
    { numRuns: Number(process.env['HOLDFAST_RUNS'] ?? 12) },
  );
});
