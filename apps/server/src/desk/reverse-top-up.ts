import type { TopUpReversalWish } from '@holdfast/contract/accounts';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister, withinLastDays } from '../access/limits-of-place.ts';
import { accountIdOf } from '../accounts/account-name.ts';
import { findAccount, lockAccount } from '../accounts/find-account.ts';
import { handBackTopUp, refuseUnlessThere } from '../accounts/hand-back-top-up.ts';
import { insertTopUpReversal, lockTopUp, type TopUpRow, topUpById } from '../accounts/top-up-rows.ts';
import { topUpState } from '../accounts/top-up-rules.ts';
import type { BookingContext } from '../booking/context.ts';
import { returnAcquiringFee } from '../finance/charge-acquiring-fee.ts';
import { holdRegister, type Register, registersOf } from '../finance/read-registers.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { lockAccounts } from '../ledger/lock-accounts.ts';
import { beginRefund } from '../payments/begin-refund.ts';
import { carryOutRefund } from '../payments/give-back.ts';
import { timeZoneOf } from './store.ts';
import type { AtDesk } from './take-for-visit.ts';
import { noteTopUp } from './top-up-at-desk.ts';

/**
 * A mistaken top-up is undone (B3), only while the money is there. Cash or card: it is handed back from a register, the one it went into unless another is
 * named. Through a provider: it goes back there, and is kept on the account until the provider confirms, so that nobody spends it meanwhile. Answers the account.
 *
 * Refuses with `not_found`, `right_missing` (too long ago, or this register), `step_not_allowed` (not on the account, or reversed before; a register for what
 * came through a provider), `payment_in_progress` (another refund of the same payment), `not_enough_on_account` (what it was spent on).
 */
export async function reverseTopUp(ctx: BookingContext, desk: AtDesk, topUpId: string, { because, registerId }: TopUpReversalWish): Promise<string> {
  const { place } = desk;
  const { scope } = place;
  const known = await topUpById(ctx.db.read, scope, topUpId);
  if (!known) throw new Problem('not_found', 404, 'There is no such top-up.');
  if (!withinLastDays(place, 'transactions.delete', known.doneAt ?? known.madeAt, ctx.now(), await timeZoneOf(ctx.db.read, scope)))
    throw rightMissing('transactions.delete');
  if (known.registerId === null) {
    if (registerId !== undefined) throw new Problem('step_not_allowed', 409, 'It came through a provider and goes back there.');
    const begun = await ctx.db.transaction((tx) => askProvider(tx, ctx, desk, topUpId, because));
    await carryOutRefund(ctx.payments, { chainId: scope.chainId, refundId: begun });
    return accountIdOf(known);
  }
  const wanted = registerId ?? known.registerId;
  const register = (await registersOf(ctx.db.read, scope)).find(({ id }) => id === wanted);
  if (!register || register.currency !== known.currency) throw new Problem('not_found', 404, 'There is no such register.');
  if (!mayTouchRegister(place, register.id)) throw rightMissing('transactions.delete');
  return ctx.db.transaction(async (tx) => handBack(tx, ctx, desk, topUpId, await holdRegister(tx, scope, register.id), because));
}

/** The top-up, locked, if it is one that can be undone. */
async function undoable(tx: Tx, { place }: AtDesk, topUpId: string): Promise<TopUpRow> {
  await lockTopUp(tx, place.scope, topUpId);
  const topUp = await topUpById(tx, place.scope, topUpId);
  if (!topUp) throw new Problem('not_found', 404, 'There is no such top-up.');
  const state = topUpState(topUp);
  if (state !== 'done' && state !== 'refund_failed')
    throw new Problem('step_not_allowed', 409, 'This is not on the account, or was reversed before.', { state });
  return topUp;
}

async function handBack(tx: Tx, ctx: BookingContext, desk: AtDesk, topUpId: string, register: Register, because: string): Promise<string> {
  const { who, place } = desk;
  const { scope } = place;
  const topUp = await undoable(tx, desk, topUpId);
  const account = await lockAccount(tx, scope, accountIdOf(topUp));
  const { id, clientId, amountMinor, currency } = topUp;
  await refuseUnlessThere(tx, scope, account, topUp, amountMinor);
  const at = ctx.now();
  const by = { id: who.userId, name: who.name };
  await handBackTopUp(tx, ctx, scope, { topUp, registerId: register.id, because, by, at }, async (of, accountIds) => {
    await lockAccounts(tx, scope.chainId, accountIds);
    await returnAcquiringFee(tx, ctx, scope, { of, because, at, by });
  });
  await noteTopUp(tx, ctx, desk, 'top_up_reversed', { clientId, id, amountMinor, currency, register: register.name, because });
  return accountIdOf(topUp);
}

/** Writes down that the provider is to give it back. Answers the refund. */
async function askProvider(tx: Tx, ctx: BookingContext, desk: AtDesk, topUpId: string, because: string): Promise<string> {
  const { who, place } = desk;
  const { scope } = place;
  const topUp = await undoable(tx, desk, topUpId);
  const { id, clientId, currency, attemptId } = topUp;
  // a part may have gone back there already
  const amountMinor = topUp.amountMinor - topUp.refundedMinor;
  // the payment is locked before the account: what is said here is only a nicer answer, what is kept for the refund has the last word
  await refuseUnlessThere(tx, scope, await findAccount(tx, scope, accountIdOf(topUp)), topUp, amountMinor);
  const refundId = await beginRefund(tx, ctx.payments, scope, { attemptId: attemptId ?? '', lineNo: 0, amountMinor }, who.name);
  if (!refundId) throw new Problem('payment_in_progress', 409, 'Another refund of this payment is under way.');
  await refuseUnlessThere(tx, scope, await findAccount(tx, scope, accountIdOf(topUp)), topUp, 0n);
  const by = { id: who.userId, name: who.name };
  if (!(await insertTopUpReversal(tx, scope, { id, because, registerId: null, refundId, by, at: ctx.now() })))
    throw new Problem('step_not_allowed', 409, 'This top-up was reversed before.');
  await noteTopUp(tx, ctx, desk, 'top_up_refund_asked', { clientId, id, amountMinor, currency, because });
  return refundId;
}
