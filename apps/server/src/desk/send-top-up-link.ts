import { accountIdOf } from '../accounts/account-name.ts';
import { lockTopUp, topUpById } from '../accounts/top-up-rows.ts';
import { topUpState } from '../accounts/top-up-rules.ts';
import type { BookingContext } from '../booking/context.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { refuseUnlessReachable } from '../messages/channels-to-client.ts';
import type { AtDesk } from './take-for-visit.ts';
import { noteTopUp } from './top-up-at-desk.ts';

/**
 * Sends the link by which a client fills their account, once for each time it is asked; answers which account. Refuses with `not_found`, and with
 * `step_not_allowed` when it can no longer be paid or there is no address.
 */
export async function sendTopUpLink(ctx: BookingContext, desk: AtDesk, topUpId: string, channel: 'sms' | 'email'): Promise<string> {
  const { scope } = desk.place;
  return ctx.db.transaction(async (tx) => {
    await lockTopUp(tx, scope, topUpId);
    const topUp = await topUpById(tx, scope, topUpId);
    if (!topUp) throw new Problem('not_found', 404, 'There is no such top-up.');
    if (topUp.kind !== 'link' || topUpState(topUp) !== 'waiting')
      throw new Problem('step_not_allowed', 409, 'Nothing is to be paid by this link any more.');
    const { clientId, amountMinor, currency } = topUp;
    await refuseUnlessReachable(tx, scope, clientId, channel);
    await noteTopUp(tx, ctx, desk, 'top_up_link_sent', { clientId, id: topUpId, amountMinor, currency, channel });
    await tell(tx, scope.chainId, {
      id: ctx.newId('out'),
      topic: 'top_up_link.send',
      subjectId: topUpId,
      payload: { locationId: scope.locationId, clientId, channel },
      at: ctx.now(),
    });
    return accountIdOf(topUp);
  });
}
