import type { Credentials, Outcome, PaymentFact, PaymentKey } from '../payment-provider.ts';
import type { Viva } from './ask-viva.ts';
import { readTransactionsOfDays, readTransactionsOfOrder } from './read-transactions.ts';
import { paymentFact, type VivaOrder } from './viva-payment-fact.ts';
import { orderShape } from './wire.ts';

/** Somebody may still be paying when the time is over. */
const lateMs = 60 * 60_000;

/**
 * An order with its transactions; undefined = these keys know no such order. The order first: whoever pays between the two questions is seen, since money
 * counts more than an order's state.
 */
export async function readOrder(viva: Viva, credentials: Credentials, orderCode: string): Promise<Outcome<VivaOrder | undefined>> {
  const order = await viva.askOlder(credentials, { method: 'GET', path: `/api/orders/${encodeURIComponent(orderCode)}` }, orderShape);
  if (order.kind === 'declined' && order.code === 'not_found') return { kind: 'done', value: undefined };
  if (order.kind !== 'done') return order;
  const transactions = await readTransactionsOfOrder(viva, credentials, orderCode);
  if (transactions.kind !== 'done') return transactions;
  const { OrderCode, MerchantTrns, StateId } = order.value;
  const reference = MerchantTrns || undefined;
  return { kind: 'done', value: { orderCode: OrderCode, reference, state: StateId, ...transactions.value } };
}

/** How it stands. `undefined` = there is no such order; `unknown` also when Viva's answers do not fit together. */
export async function readFact(
  viva: Viva,
  credentials: Credentials,
  key: Pick<PaymentKey, 'currency'> & { readonly providerPaymentId: string },
): Promise<Outcome<PaymentFact | undefined>> {
  const order = await readOrder(viva, credentials, key.providerPaymentId);
  if (order.kind !== 'done' || order.value === undefined) return order as Outcome<undefined>;
  const { value } = order;
  return fitting(() => paymentFact(value, key));
}

/**
 * The order of a reference of ours, as far as Viva lets one look: among the transactions of those days. Should there be several, one with money in it. An order
 * nobody has paid is not found.
 */
export async function findOrderCode(viva: Viva, credentials: Credentials, key: PaymentKey, now: Date): Promise<Outcome<string | undefined>> {
  const to = new Date(Math.max(key.createdAt.getTime(), Math.min(key.payableUntil.getTime() + lateMs, now.getTime())));
  const transactions = await readTransactionsOfDays(viva, credentials, { from: key.createdAt, to, reference: key.reference });
  if (transactions.kind !== 'done') return transactions;
  const ours = transactions.value.filter(({ orderCode, amountMinor }) => orderCode && amountMinor > 0n);
  return { kind: 'done', value: (ours.find(({ status }) => status !== 'A') ?? ours[0])?.orderCode };
}

/** What is worked out of Viva's answers, unless they contradict themselves: then it is not known. */
export function fitting<T>(work: () => T): Outcome<T> {
  try {
    return { kind: 'done', value: work() };
  } catch (error) {
    return { kind: 'unknown', message: `Viva: ${error instanceof Error ? error.message : 'answers that do not fit together'}` };
  }
}
