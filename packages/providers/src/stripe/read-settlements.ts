import type Stripe from 'stripe';
import type { SettlementLine } from '../payment-provider.ts';
import { fromStripeAmount, fromStripeFee } from './stripe-amount.ts';
import { type BalanceMovement, balanceMovementShape, payoutShape, referenceKey, sessionRowShape } from './wire.ts';

/**
 * Stripe's balance, movement by movement, from `from` until before `to`, oldest first. The payout of a movement is known only for automatic payouts: manual
 * ones cannot be itemised (docs.stripe.com/payouts/reconciliation).
 */
export async function readSettlements(stripe: Stripe, { from, to }: { from: Date; to: Date }): Promise<readonly SettlementLine[]> {
  const gte = Math.ceil(from.getTime() / 1000);
  const lt = Math.ceil(to.getTime() / 1000);
  if (gte >= lt) return [];
  const movements: BalanceMovement[] = [];
  for await (const row of stripe.balanceTransactions.list({ created: { gte, lt }, limit: 100, expand: ['data.source'] }))
    movements.push(balanceMovementShape.parse(row));
  if (movements.length === 0) return [];
  const payoutOf = await payoutsOf(stripe, gte);
  const sessions = new Map<string, string | undefined>();
  const lines: SettlementLine[] = [];
  for (const movement of movements.reverse()) {
    const { payment_intent: intent, metadata, id: sourceId } = movement.source ?? {};
    if (intent && !sessions.has(intent)) sessions.set(intent, await sessionOfIntent(stripe, intent));
    const currency = movement.currency.toUpperCase();
    lines.push({
      lineId: movement.id,
      kind: kindOf(movement.type),
      reference: metadata?.[referenceKey],
      providerPaymentId: intent ? sessions.get(intent) : undefined,
      amountMinor: fromStripeAmount(movement.amount, currency),
      feeMinor: fromStripeFee(movement.fee, currency),
      currency,
      at: new Date(movement.created * 1000),
      payoutId: movement.type === 'payout' ? sourceId : payoutOf.get(movement.id),
    });
  }
  return lines;
}

/** Stripe names some forty types of movements and adds new ones: what is none of these moves the balance all the same. */
function kindOf(type: string): SettlementLine['kind'] {
  if (type === 'charge' || type === 'payment') return 'payment';
  if (type === 'refund' || type === 'payment_refund' || type === 'refund_failure' || type === 'payment_failure_refund') return 'refund';
  if (type === 'payout') return 'payout';
  return type === 'stripe_fee' || type === 'application_fee' ? 'fee' : 'adjustment';
}

/** Which automatic payout settled which movement. A payout comes after what it settles. */
async function payoutsOf(stripe: Stripe, gte: number): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const row of stripe.payouts.list({ created: { gte }, limit: 100 })) {
    const payout = payoutShape.parse(row);
    if (!payout.automatic) continue;
    for await (const settled of stripe.balanceTransactions.list({ payout: payout.id, limit: 100 })) found.set(settled.id, payout.id);
  }
  return found;
}

/** Which session took this payment. */
export async function sessionOfIntent(stripe: Stripe, intent: string): Promise<string | undefined> {
  const { data } = await stripe.checkout.sessions.list({ payment_intent: intent, limit: 1 });
  return data[0] && sessionRowShape.parse(data[0]).id;
}
