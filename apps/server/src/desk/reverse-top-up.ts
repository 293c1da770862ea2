import type { TopUpReversalWish } from '@holdfast/contract/accounts';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister, withinLastDays } from '../access/limits-of-place.ts';
import { accountIdOf } from '../accounts/account-name.ts';
import { lockAccount } from '../accounts/find-account.ts';
import { handBackTopUp, refuseUnlessThere } from '../accounts/hand-back-top-up.ts';
import { lockTopUp, topUpById } from '../accounts/top-up-rows.ts';
import { topUpState } from '../accounts/top-up-rules.ts';
import type { BookingContext } from '../booking/context.ts';
import { registersOf } from '../finance/read-registers.ts';
import { Problem } from '../kit/problem.ts';
import { timeZoneOf } from './store.ts';
import type { AtDesk } from './take-for-visit.ts';
import { noteTopUp } from './top-up-at-desk.ts';

/**
 * A mistaken top-up is undone (B3), only while the money is there. Cash or card: it is handed back from a register, the one it went into unless another is
 * named. Answers the account.
 *
 * Refuses with `not_found`, `right_missing` (too long ago, or this register), `step_not_allowed` (not on the account, or reversed before),
 * `not_enough_on_account` (what it was spent on).
 */
export async function reverseTopUp(ctx: BookingContext, desk: AtDesk, topUpId: string, { because, registerId }: TopUpReversalWish): Promise<string> {
  const { who, place } = desk;
  const { scope } = place;
  const known = await topUpById(ctx.db.read, scope, topUpId);
  if (!known) throw new Problem('not_found', 404, 'There is no such top-up.');
  if (!withinLastDays(place, 'transactions.delete', known.doneAt ?? known.madeAt, ctx.now(), await timeZoneOf(ctx.db.read, scope)))
    throw rightMissing('transactions.delete');
  const from = known.registerId === null ? undefined : (registerId ?? known.registerId);
  const register = (await registersOf(ctx.db.read, scope)).find(({ id }) => id === from);
  if (from !== undefined && register?.currency !== known.currency) throw new Problem('not_found', 404, 'There is no such register.');
  if (register && !mayTouchRegister(place, register.id)) throw rightMissing('transactions.delete');
  return ctx.db.transaction(async (tx) => {
    await lockTopUp(tx, scope, topUpId);
    const seen = await topUpById(tx, scope, topUpId);
    const account = await lockAccount(tx, scope, accountIdOf(seen ?? known));
    // whose it is may have changed while the account was waited for
    const topUp = await topUpById(tx, scope, topUpId);
    if (!topUp) throw new Problem('not_found', 404, 'There is no such top-up.');
    const state = topUpState(topUp);
    if (state !== 'done' && state !== 'refund_failed')
      throw new Problem('step_not_allowed', 409, 'This is not on the account, or was reversed before.', { state });
    const { id, clientId, amountMinor, currency } = topUp;
    await refuseUnlessThere(tx, scope, account, topUp, amountMinor);
    const at = ctx.now();
    const by = { id: who.userId, name: who.name };
    if (!register) throw new Problem('step_not_allowed', 409, 'It came through a provider.');
    await handBackTopUp(tx, ctx, scope, { topUp, registerId: register.id, because, by, at });
    await noteTopUp(tx, ctx, desk, 'top_up_reversed', { clientId, id, amountMinor, currency, register: register.name, because });
    return accountIdOf(topUp);
  });
}
