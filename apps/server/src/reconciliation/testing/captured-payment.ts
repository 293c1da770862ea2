import { sql } from 'kysely';
import { openAccount } from '../../ledger/open-account.ts';
import { postEntry } from '../../ledger/post-entry.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { CameLine } from '../take-lines.ts';

let payments = 0;

/** A payment that was captured (and perhaps given back) here, in the books and nowhere else. Answers its name. */
export async function capturedPayment(app: TestApp, amount: number, { currency = 'EUR', back = 0 } = {}): Promise<string> {
  const attemptId = `pay_captured_${++payments}`;
  const at = app.clock.now();
  const { scope, connectionId } = app;
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
  return attemptId;
}

/** A line as a provider's books would have it. */
export function lineOf(app: TestApp, lineId: string, kind: CameLine['kind'], amount: number, more: Partial<CameLine> = {}): CameLine {
  const common = { reference: undefined, providerPaymentId: undefined, feeMinor: 0n, currency: 'EUR', at: app.clock.now(), payoutId: undefined };
  return { ...common, lineId, kind, amountMinor: BigInt(amount), ...more };
}
