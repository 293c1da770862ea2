import type { Credentials, Outcome, RefundFact, RefundOrder } from '../payment-provider.ts';
import type { Viva } from './ask-viva.ts';
import { fitting, readOrder } from './read-order.ts';
import { paymentFact, paymentsOf, type VivaOrder } from './viva-payment-fact.ts';
import { findRefund, reversalState, reversalsOf } from './viva-reversals.ts';
import { reversalShape } from './wire.ts';

type RefundStanding = ReturnType<typeof findRefund> & { readonly order: VivaOrder };

/** Looks among what has gone back of the order; changes nothing. */
async function lookForRefund(viva: Viva, credentials: Credentials, refund: RefundOrder): Promise<Outcome<RefundStanding | undefined>> {
  const order = await readOrder(viva, credentials, refund.providerPaymentId);
  if (order.kind !== 'done' || order.value === undefined) return order as Outcome<undefined>;
  const { value } = order;
  return fitting(() => {
    // throws when the order's state and its transactions do not fit together
    paymentFact(value, refund);
    return { ...findRefund(reversalsOf(value.transactions), refund), order: value };
  });
}

export async function readVivaRefund(viva: Viva, credentials: Credentials, refund: RefundOrder): Promise<Outcome<RefundFact | undefined>> {
  const standing = await lookForRefund(viva, credentials, refund);
  if (standing.kind !== 'done') return standing;
  if (standing.value?.kind === 'unclear') return somebodyHasToLook;
  return { kind: 'done', value: standing.value?.kind === 'found' ? standing.value.fact : undefined };
}

/** Looks first, because Viva knows no keys: what has gone back already is answered and not given again. */
export async function giveBack(viva: Viva, credentials: Credentials, refund: RefundOrder): Promise<Outcome<RefundFact>> {
  const { amountMinor, currency } = refund;
  if (amountMinor <= 0n) return declined('amount_not_refundable', 'There is nothing to give back in an amount of nothing.');
  const standing = await lookForRefund(viva, credentials, refund);
  if (standing.kind !== 'done') return standing;
  if (!standing.value) return declined('not_found', 'Viva knows no such order.');
  if (standing.value.kind === 'found') return { kind: 'done', value: standing.value.fact };
  if (standing.value.kind === 'unclear') return somebodyHasToLook;
  const payments = paymentsOf(standing.value.order.transactions);
  const [largest] = [...payments].sort((one, other) => (one.amountMinor < other.amountMinor ? 1 : -1));
  if (!largest) return declined('nothing_captured', 'Nothing was paid here that could be given back.');
  if (largest.currency !== currency) return declined('currency_mismatch', `This payment is in ${largest.currency}.`);
  const query = new URLSearchParams({ amount: String(amountMinor), sourceCode: credentials['sourceCode'] ?? '' });
  const path = `/api/transactions/${encodeURIComponent(largest.id)}?${query}`;
  const answer = await viva.askOlder(credentials, { method: 'DELETE', path }, reversalShape);
  if (answer.kind !== 'done') return answer;
  const { TransactionId: providerRefundId, StatusId } = answer.value;
  return fitting(() => ({ providerRefundId, state: reversalState(StatusId), amountMinor }));
}

const somebodyHasToLook: Outcome<never> = {
  kind: 'unknown',
  message: 'Viva: another amount has gone back of this payment than is known here. Somebody has to look at Viva.',
};

function declined(code: string, message: string): Outcome<never> {
  return { kind: 'declined', code, message };
}
