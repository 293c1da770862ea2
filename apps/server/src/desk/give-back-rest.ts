import type { PayoutWish } from '@holdfast/contract/accounts';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import { accountIdOf } from '../accounts/account-name.ts';
import { freeMinor } from '../accounts/account-rules.ts';
import { type AccountRow, findAccount, lockAccount } from '../accounts/find-account.ts';
import { insertPayout, paidOutSince, payoutOwnerByKey } from '../accounts/payout-rows.ts';
import { insertTopUpReversal, lockTopUp, type TopUpRow, topUpById } from '../accounts/top-up-rows.ts';
import { leftAtProvider } from '../accounts/top-up-rules.ts';
import type { BookingContext } from '../booking/context.ts';
import { lockClient } from '../clients/write-client.ts';
import { holdRegister, registersOf } from '../finance/read-registers.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { spendClientMoney } from '../ledger/spend-client-money.ts';
import { beginRefund } from '../payments/begin-refund.ts';
import { carryOutRefund } from '../payments/give-back.ts';
import { mayGiveBack } from '../refunds/second-look.ts';
import type { AtDesk } from './take-for-visit.ts';
import { noteTopUp } from './top-up-at-desk.ts';

/** What went back of an account within so many days counts towards the limits together. */
const TOGETHER_MS = 30 * 86_400_000;

/**
 * What is left of a client's own money goes back to them (B3): all of it out of a register, or, of a top-up that came through a provider, as much as is left of
 * both through that one, which is then held until the provider confirms. It has an entry of its own; what the account was spent on stays. The same limits as for
 * refunds; above the location's the first who asks is written down, and a second person carries it out. The same key has one effect.
 *
 * Refuses with `not_found`, `right_missing`, `second_person_needed`, `nothing_to_pay`, `changed_meanwhile` (`leftMinor`), `already_there`, `step_not_allowed` (the
 * provider gives nothing back of that top-up any more), `payment_in_progress`.
 */
export async function giveBackRest(ctx: BookingContext, desk: AtDesk, accountId: string, wish: PayoutWish): Promise<void> {
  const { place } = desk;
  const { scope } = place;
  const account = await findAccount(ctx.db.read, scope, accountId);
  if (wish.way === 'register') {
    const register = (await registersOf(ctx.db.read, scope)).find(({ id }) => id === wish.registerId);
    if (!register || register.currency !== account.currency) throw new Problem('not_found', 404, 'There is no such register.');
    if (!mayTouchRegister(place, register.id)) throw rightMissing('refunds.make');
  }
  const refundId = await ctx.db.transaction(async (tx) => {
    await lockClient(tx, scope.chainId, account.clientId);
    return wish.way === 'register'
      ? outOfRegister(tx, ctx, desk, accountId, { ...wish, registerId: wish.registerId })
      : throughProvider(tx, ctx, desk, accountId, { ...wish, topUpId: wish.topUpId });
  });
  if (refundId !== undefined) await carryOutRefund(ctx.payments, { chainId: scope.chainId, refundId });
}

async function outOfRegister(
  tx: Tx,
  ctx: BookingContext,
  desk: AtDesk,
  accountId: string,
  wish: PayoutWish & { registerId: string },
): Promise<undefined> {
  const { scope } = desk.place;
  const register = await holdRegister(tx, scope, wish.registerId);
  const account = await lockAccount(tx, scope, accountId);
  if (await isRepeated(tx, desk, account, wish.key)) return;
  const amountMinor = restAsSeen(freeMinor(account), wish);
  const agreed = await agreedBy(tx, ctx, desk, account, { amountMinor, because: wish.because });
  if (!agreed.now) return;
  const { ownerId, currency } = account;
  const id = ctx.newId('pot');
  const by = { id: desk.who.userId, name: desk.who.name };
  const at = ctx.now();
  const paid = { id, ownerId, key: wish.key, amountMinor, currency, registerId: register.id, refundId: null, because: wish.because, by, at };
  if (!(await insertPayout(tx, scope, { ...paid, askedBy: agreed.askedBy }))) throw keyTaken();
  await spendClientMoney(tx, ctx, scope, {
    cause: { kind: 'account_payout', id },
    ownerId,
    amountMinor,
    currency,
    purpose: { kind: 'account_payout', id },
    itemId: 'top_ups',
    memo: wish.because,
    by,
    at,
    takenFrom: { accountId: register.id, operation: 'refund' },
  });
  await noteTopUp(tx, ctx, desk, 'rest_given_back', {
    clientId: account.clientId,
    id,
    amountMinor,
    currency,
    register: register.name,
    because: wish.because,
    ...(agreed.askedBy ? { askedBy: agreed.askedBy } : {}),
  });
}

/** Writes down that the provider is to give it back. Answers the refund, if there is one now. */
async function throughProvider(
  tx: Tx,
  ctx: BookingContext,
  desk: AtDesk,
  accountId: string,
  wish: PayoutWish & { topUpId: string },
): Promise<string | undefined> {
  const { scope } = desk.place;
  // the payment is locked before the account, which is looked at again when the money is kept for the refund
  await lockTopUp(tx, scope, wish.topUpId);
  const topUp = await topUpById(tx, scope, wish.topUpId);
  if (!topUp || accountIdOf(topUp) !== accountId) throw new Problem('not_found', 404, 'There is no such top-up.');
  const account = await findAccount(tx, scope, accountId);
  if (await isRepeated(tx, desk, account, wish.key)) return undefined;
  const amountMinor = restAsSeen(restOf(account, topUp), wish);
  const agreed = await agreedBy(tx, ctx, desk, account, { amountMinor, because: wish.because });
  if (!agreed.now) return undefined;
  const by = { id: desk.who.userId, name: desk.who.name };
  const at = ctx.now();
  const refundId = await beginRefund(tx, ctx.payments, scope, { attemptId: topUp.attemptId ?? '', lineNo: 0, amountMinor }, by.name);
  if (!refundId) throw new Problem('payment_in_progress', 409, 'Another refund of this payment is under way.');
  const now = await findAccount(tx, scope, accountId);
  if (now.balanceMinor < now.heldMinor) throw gone(0n);
  const { ownerId, currency } = account;
  const paid = { id: ctx.newId('pot'), ownerId, key: wish.key, amountMinor, currency, registerId: null, refundId, because: wish.because, by, at };
  if (!(await insertPayout(tx, scope, { ...paid, askedBy: agreed.askedBy }))) throw keyTaken();
  if (!(await insertTopUpReversal(tx, scope, { id: topUp.id, because: wish.because, registerId: null, refundId, by, at })))
    throw new Problem('payment_in_progress', 409, 'Something of this top-up is on its way back already.');
  await noteTopUp(tx, ctx, desk, 'rest_refund_asked', {
    clientId: account.clientId,
    id: topUp.id,
    amountMinor,
    currency,
    because: wish.because,
    ...(agreed.askedBy ? { askedBy: agreed.askedBy } : {}),
  });
  return refundId;
}

/** What of a top-up could go back where it came from: what is left of it there, and on the account. */
export function restOf(account: AccountRow, topUp: TopUpRow): bigint {
  const [there, here] = [leftAtProvider(topUp), freeMinor(account)];
  return there < here ? there : here;
}

function restAsSeen(leftMinor: bigint, { amountMinor }: PayoutWish): bigint {
  if (leftMinor === 0n) throw new Problem('nothing_to_pay', 409, 'Nothing of the client’s own money is left here.', {});
  if (leftMinor !== BigInt(amountMinor)) throw gone(leftMinor);
  return leftMinor;
}

const gone = (leftMinor: bigint) =>
  new Problem('changed_meanwhile', 409, 'Something has moved on this account meanwhile.', { leftMinor: Number(leftMinor) });

const keyTaken = () => new Problem('already_there', 409, 'Something else was given back with this key.');

async function isRepeated(tx: Tx, { place }: AtDesk, { ownerId }: AccountRow, key: string): Promise<boolean> {
  const known = await payoutOwnerByKey(tx, place.scope, key);
  if (known !== undefined && known !== ownerId) throw keyTaken();
  return known !== undefined;
}

/** What counts towards the limits: all that is left, whichever part of it goes back this way, and what went back before. */
export async function countedMinor(q: Queryable, chainId: string, account: AccountRow, now: Date): Promise<bigint> {
  return freeMinor(account) + (await paidOutSince(q, chainId, account, new Date(now.getTime() - TOGETHER_MS)));
}

async function agreedBy(
  tx: Tx,
  ctx: BookingContext,
  desk: AtDesk,
  account: AccountRow,
  { amountMinor, because }: { amountMinor: bigint; because: string },
) {
  return mayGiveBack(tx, ctx, desk, {
    subject: { kind: 'account', id: accountIdOf(account) },
    clientId: account.clientId,
    amountMinor,
    inAllMinor: await countedMinor(tx, desk.place.scope.chainId, account, ctx.now()),
    currency: account.currency,
    because,
  });
}
