import { z } from 'zod';
import { isUndecided, orderFor, stateOf, transactionsOf } from './order-state.ts';
import { Refusal } from './refusal.ts';
import type { OrderRow, Work } from './work.ts';

/**
 * `DELETE /api/orders/{orderCode}`: closes one that nobody has paid. Of a paid one, or one that is being decided, Viva says yes and does nothing
 * (VivaPayments/API issue 2360), so whoever asks has to look afterwards.
 */
export function cancelOrder(work: Work, code: string): OrderRow {
  const order = orderFor(work, code);
  const transactions = transactionsOf(work.tx, code);
  if (stateOf(order, transactions, work.now) !== 0 || isUndecided(transactions)) return order;
  const cancelled: OrderRow = { ...order, state: 2 };
  work.tx.put('order', code, cancelled);
  return cancelled;
}

const changeShape = z.strictObject({
  amount: z.int().min(30).optional(),
  expirationDate: z.string().optional(),
  isCancelled: z.boolean().optional(),
  disablePaidState: z.boolean().optional(),
});

/** `PATCH /api/orders/{orderCode}`: only what is still to be paid can be changed. */
export function changeOrder(work: Work, code: string, body: unknown): OrderRow {
  const order = orderFor(work, code);
  const wish = changeShape.safeParse(body);
  if (!wish.success) throw new Refusal(400, z.prettifyError(wish.error));
  const { amount, expirationDate, isCancelled } = wish.data;
  const transactions = transactionsOf(work.tx, code);
  if (stateOf(order, transactions, work.now) !== 0 || isUndecided(transactions)) throw new Refusal(409, `Order ${code} is not pending`);
  const expiresAt = expirationDate === undefined ? order.expiresAt : Date.parse(expirationDate);
  if (Number.isNaN(expiresAt)) throw new Refusal(400, 'expirationDate cannot be read');
  const changed: OrderRow = { ...order, amount: amount ?? order.amount, expiresAt, state: isCancelled ? 2 : 0 };
  work.tx.put('order', code, changed);
  return changed;
}
