import { randomInt, randomUUID } from 'node:crypto';
import type { PayAnswer } from '../../sandbox-kit/sandbox.ts';
import { isUndecided, orderFor, stateOf, transactionsOf } from './order-state.ts';
import { tell } from './tell.ts';
import { type OrderRow, type StatusId, type TransactionRow, transactionTypes, type Work } from './work.ts';

/** What the client chose: a card that pays, one that is refused, or a Multibanco reference, which is paid some day or never. */
export const ways = ['pays', 'declined', 'later'] as const;
export type Way = (typeof ways)[number];

/** "Insufficient funds", by Viva's list of event ids; and that of a reference nobody paid. */
const INSUFFICIENT_FUNDS = 10_051;
const NEVER_PAID = 10_200;

/** The client pays on the page. `amiss`: Viva takes something else than it was asked for, a fault of its own. */
export function payOrder(work: Work, code: string, way: Way, amiss: { amount?: number; currency?: string } = {}): PayAnswer {
  const order = orderFor(work, code);
  const transactions = transactionsOf(work.tx, code);
  if (stateOf(order, transactions, work.now) !== 0 || isUndecided(transactions)) return 'closed';
  if (way === 'later' && order.disableCash) return 'not_offered';
  const asked = { ...order, ...amiss };
  switch (way) {
    case 'pays':
      succeed(work, order, write(work, asked, { typeId: transactionTypes.charge, status: 'F' }));
      return 'captured';
    case 'declined':
      tell(work, 'failed', order, write(work, asked, { typeId: transactionTypes.charge, status: 'E', eventId: INSUFFICIENT_FUNDS }));
      return 'declined';
    case 'later':
      write(work, asked, { typeId: transactionTypes.multibanco, status: 'A' });
      return 'processing';
  }
}

/** What was to be decided later is decided. An order whose reference was never paid is over. */
export function decide(work: Work, code: string, paid: boolean): void {
  const order = orderFor(work, code);
  const waiting = transactionsOf(work.tx, code).find(({ status, parentId }) => status === 'A' && parentId === null);
  if (!waiting) throw new Error(`nothing is undecided about order ${code}`);
  if (paid) {
    succeed(work, order, waiting);
    return;
  }
  const failed: TransactionRow = { ...waiting, status: 'E', eventId: NEVER_PAID };
  work.tx.put('transaction', failed.id, failed);
  work.tx.put('order', code, { ...order, state: 2 });
  tell(work, 'failed', order, failed);
}

function succeed(work: Work, order: OrderRow, transaction: TransactionRow): void {
  const done: TransactionRow = { ...transaction, status: 'F', commission: commissionOn(transaction.amount) };
  work.tx.put('transaction', done.id, done);
  work.tx.put('order', order.code, { ...order, state: 3 });
  tell(work, 'paymentCreated', order, done);
  tell(work, 'priceCalculated', order, done);
}

function write(
  work: Work,
  { code, merchantId, amount, currency }: OrderRow,
  how: { typeId: number; status: StatusId; eventId?: number },
): TransactionRow {
  const transaction: TransactionRow = {
    id: randomUUID(),
    orderCode: code,
    merchantId,
    parentId: null,
    amount,
    currency,
    commission: 0,
    referenceNumber: randomInt(100_000, 999_999),
    eventId: 0,
    at: work.now.getTime(),
    ...how,
  };
  work.tx.put('transaction', transaction.id, transaction);
  return transaction;
}

/** 1.4 % and ten of the smallest coin, half rounded up. */
function commissionOn(amount: number): number {
  return Math.floor((amount * 14 + 500) / 1000) + 10;
}
