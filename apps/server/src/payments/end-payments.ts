import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import type { Order } from './purposes.ts';
import { supersedePayments } from './supersede-payments.ts';

/** Of a client who is about to be erased: what they could still pay would reach nobody. Refuses with `payment_in_progress` while a payment of theirs is being checked. */
export async function endPayments(tx: Tx, scope: Scope, order: Order, at: Date): Promise<void> {
  if ((await supersedePayments(tx, scope, order, at)) === 'processing')
    throw new Problem('payment_in_progress', 409, 'A payment of this client is being checked at the provider.');
}
