import type { Scope } from '../access/scope.ts';
import { invariant } from '../kit/problem.ts';
import type { PageToPay } from '../payments/open-page.ts';
import { refuseUnlessPayable } from '../payments/refuse-unless-payable.ts';
import { startPayment } from '../payments/start-payment.ts';
import { stateOfTopUpLink, type TopUpLinkContext } from './read-top-up-link.ts';
import { topUpOrder } from './top-up-room.ts';
import { topUpById } from './top-up-rows.ts';

/**
 * Where a client who follows a top-up link goes and pays; the live page again, if there is one. Refuses with `payment_in_progress`, `nothing_to_pay`,
 * `step_not_allowed` (cancelled), `payment_unavailable`, `provider_unreachable`, `too_many_requests`.
 */
export async function payTopUp({ payments }: Pick<TopUpLinkContext, 'payments'>, scope: Scope, topUpId: string): Promise<PageToPay> {
  const topUp = await topUpById(payments.db.read, scope, topUpId);
  invariant(topUp, `${topUpId} is a top-up`);
  const order = topUpOrder(topUpId);
  await refuseUnlessPayable(payments, { chainId: scope.chainId, order, state: await stateOfTopUpLink(payments.db.read, scope, topUp) });
  return startPayment(payments, scope, order);
}
