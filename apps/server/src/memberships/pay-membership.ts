import type { Scope } from '../access/scope.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { PageToPay } from '../payments/open-page.ts';
import { countPayments } from '../payments/read-order.ts';
import { startPayment } from '../payments/start-payment.ts';
import type { MembershipsContext } from './context.ts';
import { membershipOrder } from './membership-room.ts';
import { membershipById } from './membership-rows.ts';
import { stateOfMembershipLink } from './read-membership-link.ts';

/** New payments that one link may begin within an hour: who pays needs one or two, and each is a call at the provider. */
const PAYMENTS_PER_LINK_AND_HOUR = 10;

/**
 * Where a client goes and pays a membership; the live page again, if there is one. Refuses with `payment_in_progress`, `nothing_to_pay`, `step_not_allowed`
 * (cancelled), `payment_unavailable`, `provider_unreachable`, `too_many_requests`.
 */
export async function payMembership({ payments }: Pick<MembershipsContext, 'payments'>, scope: Scope, membershipId: string): Promise<PageToPay> {
  const membership = await membershipById(payments.db.read, scope, membershipId);
  invariant(membership, `${membershipId} is a membership`);
  switch (await stateOfMembershipLink(payments.db.read, scope, membership, payments.now())) {
    case 'ready':
      break;
    case 'checking':
      throw new Problem('payment_in_progress', 409, 'A payment for this is being checked just now.');
    case 'paid':
    case 'returned':
      throw new Problem('nothing_to_pay', 409, 'Nothing is to be paid here.');
    case 'cancelled':
      throw new Problem('step_not_allowed', 409, 'This link was cancelled.');
    case 'off':
      throw new Problem('payment_unavailable', 409, 'Payment by link is switched off here.');
  }
  const order = membershipOrder(membershipId);
  const begun = await countPayments(payments.db.read, scope.chainId, order, new Date(payments.now().getTime() - 3_600_000));
  if (begun >= PAYMENTS_PER_LINK_AND_HOUR)
    throw new Problem('too_many_requests', 429, 'This link has begun too many payments. Try again later.', { retryAfterSeconds: 600 });
  return startPayment(payments, scope, order);
}
