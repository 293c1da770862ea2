import type { Scope } from '../access/scope.ts';
import type { PaymentsContext } from './context.ts';
import { lookAtPayment } from './look-at-payment.ts';
import type { Order } from './purposes.ts';
import { attemptsAboutOrder } from './store.ts';

/**
 * Closes now, at the provider, the superseded pages that ask for anything of this order, and settles whatever it says: one of them may have been paid a
 * moment ago. Where the provider cannot be reached or cannot close, the sweep goes on asking.
 */
export async function closePagesFor(ctx: PaymentsContext, scope: Scope, order: Order): Promise<void> {
  for (const attempt of await attemptsAboutOrder(ctx.db.read, scope.chainId, order)) {
    if (attempt.supersededAt && attempt.pageUrl && (attempt.status === 'open' || attempt.status === 'intended'))
      await lookAtPayment(ctx, attempt, 'poll');
  }
}
