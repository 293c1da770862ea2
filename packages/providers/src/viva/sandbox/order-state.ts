import type { Draft } from '../../sandbox-kit/journal.ts';
import { exactInteger, exactMajor } from './exact-json.ts';
import { Refusal } from './refusal.ts';
import { greekTime } from './viva-dates.ts';
import { type Kinds, type OrderRow, type TransactionRow, transactionTypes, type Work } from './work.ts';

export type StateId = 0 | 1 | 2 | 3;

/** Nothing happens when an order runs out, and nobody is told: it only cannot be paid any more. */
export function stateOf(order: OrderRow, transactions: readonly TransactionRow[], now: Date): StateId {
  if (order.state === 0 && !isUndecided(transactions) && now.getTime() >= order.expiresAt) return 1;
  return order.state;
}

/** The client has done their part, and the bank has not decided. */
export function isUndecided(transactions: readonly TransactionRow[]): boolean {
  return transactions.some(({ status, parentId }) => status === 'A' && parentId === null);
}

/** The payment among an order's transactions. */
export function chargeOf(transactions: readonly TransactionRow[]): TransactionRow | undefined {
  return transactions.find(({ status, parentId }) => parentId === null && (status === 'F' || status === 'R'));
}

/** A way of paying that was decided later, against it. */
export function hasFailed(transactions: readonly TransactionRow[]): boolean {
  return transactions.some(({ status, typeId }) => status === 'E' && typeId === transactionTypes.multibanco);
}

/** What has gone back of a payment or is on its way back, minor units. */
export function givenBack(transactions: readonly TransactionRow[], chargeId: string): number {
  return transactions.reduce((sum, { parentId, status, amount }) => (parentId === chargeId && status !== 'E' ? sum - amount : sum), 0);
}

export function transactionsOf(books: Pick<Draft<Kinds>, 'list'>, orderCode: string): TransactionRow[] {
  return books.list('transaction').filter((one) => one.orderCode === orderCode);
}

/** An order of this merchant's: anybody else's is not there. */
export function orderFor({ tx, account }: Work, code: string): OrderRow {
  const order = tx.get('order', code);
  if (order?.merchantId !== account.merchantId) throw new Refusal(404, `Order ${code} was not found`);
  return order;
}

/** `GET /api/orders/{orderCode}` */
export function orderView(order: OrderRow, transactions: readonly TransactionRow[], now: Date): object {
  return {
    OrderCode: exactInteger(order.code),
    SourceCode: order.sourceCode,
    Tags: order.tags,
    TipAmount: exactMajor(0),
    RequestLang: order.requestLang,
    MerchantTrns: order.merchantTrns,
    CustomerTrns: order.customerTrns,
    MaxInstallments: 0,
    RequestAmount: exactMajor(order.amount),
    ExpirationDate: greekTime(new Date(order.expiresAt)),
    StateId: stateOf(order, transactions, now),
  };
}
