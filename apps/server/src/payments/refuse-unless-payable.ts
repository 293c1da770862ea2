import { Problem } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import type { Order } from './purposes.ts';
import { countPayments } from './read-order.ts';

/** New payments that one link may begin within an hour: who pays needs one or two, and each is a call at the provider. */
const PAYMENTS_PER_LINK_AND_HOUR = 10;

/** How what a link asks for stands; which of these there are depends on what it is. */
export type LinkState = 'ready' | 'checking' | 'paid' | 'nothing_due' | 'returned' | 'expired' | 'cancelled' | 'off';

/**
 * Lets through who may begin a payment by a link. Refuses with `payment_in_progress`, `nothing_to_pay`, `hold_run_out`, `step_not_allowed` (cancelled),
 * `payment_unavailable` (switched off) and `too_many_requests`.
 */
export async function refuseUnlessPayable(
  { db, now }: Pick<PaymentsContext, 'db' | 'now'>,
  { chainId, order, state }: { readonly chainId: string; readonly order: Order; readonly state: LinkState },
): Promise<void> {
  const refused = refusalOf(state);
  if (refused) throw refused;
  const begun = await countPayments(db.read, chainId, order, new Date(now().getTime() - 3_600_000));
  if (begun >= PAYMENTS_PER_LINK_AND_HOUR)
    throw new Problem('too_many_requests', 429, 'This link has begun too many payments. Try again later.', { retryAfterSeconds: 600 });
}

function refusalOf(state: LinkState): Problem | undefined {
  switch (state) {
    case 'ready':
      return undefined;
    case 'checking':
      return new Problem('payment_in_progress', 409, 'A payment for this is being checked just now.');
    case 'paid':
    case 'nothing_due':
    case 'returned':
      return new Problem('nothing_to_pay', 409, 'Nothing is to be paid here.');
    case 'expired':
      return new Problem('hold_run_out', 409, 'The time that was kept has run out.');
    case 'cancelled':
      return new Problem('step_not_allowed', 409, 'What this link asks for was cancelled.');
    case 'off':
      return new Problem('payment_unavailable', 409, 'Payment by link is switched off here.');
  }
}
