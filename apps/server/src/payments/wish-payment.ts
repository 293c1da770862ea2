import { toJsonAmount } from '@holdfast/contract/money';
import type { Scope } from '../access/scope.ts';
import type { NewId } from '../kit/new-id.ts';
import type { Due, Order } from './purposes.ts';
import { createKey, paymentReference } from './references.ts';

/** What `intend_payment(jsonb)` takes. */
export type PaymentWish = Readonly<Record<string, unknown>> & { readonly attempt: string; readonly payableUntil: string };

/** How long the sweep leaves an intended attempt to the client who is just being sent to pay. */
const CLIENT_ACTS_WITHIN_MS = 60_000;

/**
 * A wish to be paid: an attempt of which the provider knows nothing yet, as a row to be written by the room that wants to be paid, in its own
 * transaction. `startPayment` opens its page.
 */
export function paymentWish(
  { mark, newId }: { mark: string; newId: NewId },
  scope: Scope,
  { connectionId, order, due, at }: { connectionId: string; order: Order; due: Pick<Due, 'lines' | 'currency' | 'payableUntil'>; at: Date },
): PaymentWish {
  const attempt = newId('pay');
  return {
    chain: scope.chainId,
    location: scope.locationId,
    connection: connectionId,
    attempt,
    reference: paymentReference(mark, attempt),
    idempotencyKey: createKey(attempt),
    orderKind: order.kind,
    orderId: order.id,
    amount: toJsonAmount(due.lines.reduce((sum, line) => sum + line.amountMinor, 0n)),
    currency: due.currency,
    payableUntil: due.payableUntil.toISOString(),
    lookAt: new Date(Math.min(at.getTime() + CLIENT_ACTS_WITHIN_MS, due.payableUntil.getTime())).toISOString(),
    now: at.toISOString(),
    lines: due.lines.map((line) => ({ kind: line.purpose.kind, id: line.purpose.id, amount: toJsonAmount(line.amountMinor) })),
  };
}
