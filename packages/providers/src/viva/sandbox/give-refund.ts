import { randomInt, randomUUID } from 'node:crypto';
import { chargeOf, givenBack, orderFor, transactionsOf } from './order-state.ts';
import { Refusal } from './refusal.ts';
import { tell } from './tell.ts';
import { greekDay } from './viva-dates.ts';
import { type TransactionRow, transactionTypes, type Work } from './work.ts';

/** `DELETE /api/transactions/{id}?amount=`: a transaction of its own for each refund. Nothing makes it safe to repeat: asked twice, it goes back twice. */
export function giveRefund(work: Work, transactionId: string, amount: number, how: 'at_once' | 'later'): TransactionRow {
  const { account, tx, now } = work;
  const charge = tx.get('transaction', transactionId);
  if (charge?.merchantId !== account.merchantId) throw new Refusal(404, `Transaction ${transactionId} was not found`);
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new Refusal(400, `Negative or zero amount, merchant ${account.merchantId}`);
  const transactions = transactionsOf(tx, charge.orderCode);
  if (chargeOf(transactions)?.id !== charge.id) throw new Refusal(400, `Transaction ${transactionId} is no completed payment`);
  if (amount > charge.amount - givenBack(transactions, charge.id)) throw new Refusal(400, 'PaymentsInvalidAmountForVoid');
  const refund: TransactionRow = {
    ...charge,
    id: randomUUID(),
    parentId: charge.id,
    typeId: typeOf(charge, amount, now),
    status: how === 'later' ? 'A' : 'F',
    amount: -amount,
    commission: 0,
    referenceNumber: randomInt(100_000, 999_999),
    at: now.getTime(),
  };
  tx.put('transaction', refund.id, refund);
  tx.put('transaction', charge.id, { ...charge, status: 'R' });
  if (how === 'at_once') tell(work, 'reversalCreated', orderFor(work, charge.orderCode), refund);
  return refund;
}

/** A refund that was on its way arrives, or comes back. */
export function settleRefund(work: Work, refundId: string, done: boolean): void {
  const { tx } = work;
  const refund = tx.get('transaction', refundId);
  if (refund?.parentId == null || refund.status !== 'A') throw new Error(`there is no undecided refund ${refundId}`);
  const settled: TransactionRow = { ...refund, status: done ? 'F' : 'E' };
  tx.put('transaction', refundId, settled);
  if (done) {
    tell(work, 'reversalCreated', orderFor(work, refund.orderCode), settled);
    return;
  }
  const charge = tx.get('transaction', refund.parentId);
  if (charge && givenBack(transactionsOf(tx, refund.orderCode), charge.id) === 0) tx.put('transaction', charge.id, { ...charge, status: 'F' });
}

/** All of it on the day of the payment is a void, before the money was cleared. */
function typeOf({ typeId, amount, at }: TransactionRow, asked: number, now: Date): number {
  if (typeId === transactionTypes.multibanco) return transactionTypes.multibancoRefund;
  return asked === amount && greekDay(new Date(at)) === greekDay(now) ? transactionTypes.void : transactionTypes.refund;
}
