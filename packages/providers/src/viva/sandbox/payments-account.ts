import type { Journal } from '../../sandbox-kit/journal.ts';
import type { SandboxPayment } from '../../sandbox-kit/sandbox.ts';
import { majorText } from './exact-json.ts';
import { chargeOf, givenBack, hasFailed, isUndecided, stateOf } from './order-state.ts';
import type { Kinds, OrderRow, TransactionRow } from './work.ts';

/** Viva's own books: every order there is, in the order of creation. */
export function paymentsAccount(journal: Journal<Kinds>, now: Date): SandboxPayment[] {
  const byOrder = Map.groupBy(journal.list('transaction'), ({ orderCode }) => orderCode);
  return journal.list('order').map((order) => {
    const transactions = byOrder.get(order.code) ?? [];
    const charge = chargeOf(transactions);
    return {
      id: order.code,
      reference: order.merchantTrns || undefined,
      state: standing(order, transactions, now),
      currency: charge?.currency ?? order.currency,
      amountMinor: BigInt(order.amount),
      capturedMinor: BigInt(charge?.amount ?? 0),
      refundedMinor: BigInt(charge ? givenBack(transactions, charge.id) : 0),
      priceShown: majorText(order.amount),
    };
  });
}

function standing(order: OrderRow, transactions: readonly TransactionRow[], now: Date): SandboxPayment['state'] {
  if (isUndecided(transactions)) return 'processing';
  switch (stateOf(order, transactions, now)) {
    case 0:
      return 'open';
    case 3:
      return 'captured';
    case 1:
    case 2:
      return hasFailed(transactions) ? 'failed' : 'closed';
  }
}
