import type { Scope } from '../access/scope.ts';
import { invariant } from '../kit/problem.ts';
import type { PageToPay } from '../payments/open-page.ts';
import { refuseUnlessPayable } from '../payments/refuse-unless-payable.ts';
import { startPayment } from '../payments/start-payment.ts';
import type { MembershipsContext } from './context.ts';
import { membershipOrder } from './membership-room.ts';
import { membershipById } from './membership-rows.ts';
import { stateOfMembershipLink } from './read-membership-link.ts';

/**
 * Where a client goes and pays a membership; the live page again, if there is one. Refuses with `payment_in_progress`, `nothing_to_pay`, `step_not_allowed`
 * (cancelled), `payment_unavailable`, `provider_unreachable`, `too_many_requests`.
 */
export async function payMembership({ payments }: Pick<MembershipsContext, 'payments'>, scope: Scope, membershipId: string): Promise<PageToPay> {
  const membership = await membershipById(payments.db.read, scope, membershipId);
  invariant(membership, `${membershipId} is a membership`);
  const order = membershipOrder(membershipId);
  const state = await stateOfMembershipLink(payments.db.read, scope, membership, payments.now());
  await refuseUnlessPayable(payments, { chainId: scope.chainId, order, state });
  return startPayment(payments, scope, order);
}
