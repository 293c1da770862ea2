import type { MembershipRefund } from '@holdfast/contract/memberships';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister, withinLastDays } from '../access/limits-of-place.ts';
import type { BookingContext } from '../booking/context.ts';
import { returnAcquiringFee } from '../finance/charge-acquiring-fee.ts';
import { holdRegister, registersOf } from '../finance/read-registers.ts';
import type { Tx } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { lockAccounts } from '../ledger/lock-accounts.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { reverseEntry } from '../ledger/reverse-entry.ts';
import { lockMembership, type MembershipRow, membershipById, noteRefunded, noteRefunding } from '../memberships/membership-rows.ts';
import { earnedBy, stateOf } from '../memberships/membership-rules.ts';
import { beginRefund } from '../payments/begin-refund.ts';
import { carryOutRefund } from '../payments/give-back.ts';
import { mayGiveBack } from '../refunds/second-look.ts';
import { membershipAsSeen, noteMembership } from './note-membership.ts';
import { timeZoneOf } from './store.ts';
import type { AtDesk } from './take-for-visit.ts';

/**
 * What of a membership is not earned goes back the way it came, or from another register; from then on it is over. Sold by mistake and not used, its entry is
 * undone as a whole. Through a provider it ends when the provider confirms; until then nothing more is booked with it.
 *
 * By the limits of refunds: the role's, and the location's, above which the first who asks is only written down (`waits`) and a second person carries it out.
 *
 * Refuses with `not_found`, `right_missing` (too long ago, or this register, or more than the role gives back), `second_person_needed`, `changed_meanwhile`, `still_used` (`reserved`: visits that are to come),
 * `nothing_to_pay` (all of it is earned), `step_not_allowed` (not paid, or refunded before), `payment_in_progress`.
 */
export async function refundMembership(
  ctx: BookingContext,
  desk: AtDesk,
  id: string,
  wish: MembershipRefund,
): Promise<{ clientId: string; waits: boolean }> {
  const { place } = desk;
  const { scope } = place;
  const known = await membershipById(ctx.db.read, scope, id);
  if (!known) throw new Problem('not_found', 404, 'There is no such membership.');
  if (!withinLastDays(place, 'transactions.delete', known.soldAt ?? known.madeAt, ctx.now(), await timeZoneOf(ctx.db.read, scope)))
    throw rightMissing('transactions.delete');
  if (known.way === 'link') {
    if (wish.registerId !== undefined) throw new Problem('step_not_allowed', 409, 'It came through a provider and goes back there.');
    const refundId = await ctx.db.transaction((tx) => askProvider(tx, ctx, desk, id, wish));
    if (refundId) await carryOutRefund(ctx.payments, { chainId: scope.chainId, refundId });
    return { clientId: known.clientId, waits: !refundId };
  }
  const registerId = known.way === 'register' ? (wish.registerId ?? known.registerId ?? undefined) : wish.registerId;
  if (registerId !== undefined) {
    const register = (await registersOf(ctx.db.read, scope)).find((one) => one.id === registerId);
    if (!register || register.currency !== known.currency) throw new Problem('not_found', 404, 'There is no such register.');
    if (!mayTouchRegister(place, register.id)) throw rightMissing('transactions.delete');
  }
  const done = await ctx.db.transaction((tx) => handBack(tx, ctx, desk, { id, ...wish, registerId }));
  return { clientId: known.clientId, waits: !done };
}

/** The membership, locked, and what of it is not earned. */
async function refundable(tx: Tx, ctx: BookingContext, desk: AtDesk, id: string, version: number) {
  const membership = await membershipAsSeen(tx, desk, id, version);
  const at = ctx.now();
  const state = stateOf(membership, at);
  if (membership.soldAt === null || state === 'refunded' || state === 'refunding')
    throw new Problem('step_not_allowed', 409, 'It is not paid, or was refunded before.', { state });
  if (membership.reserved > 0)
    throw new Problem('still_used', 409, 'Visits are booked with it: cancel them first.', { reserved: membership.reserved });
  const amountMinor = membership.priceMinor - membership.refundedMinor - earnedBy(membership, at);
  if (amountMinor <= 0n) throw new Problem('nothing_to_pay', 409, 'All of it is earned.', {});
  return { membership, amountMinor, at };
}

async function handBack(
  tx: Tx,
  ctx: BookingContext,
  desk: AtDesk,
  { id, version, because, registerId }: { id: string; version: number; because: string; registerId: string | undefined },
): Promise<boolean> {
  const { who, place } = desk;
  const { scope } = place;
  const { membership, amountMinor, at } = await refundable(tx, ctx, desk, id, version);
  if (!(await isAgreed(tx, ctx, desk, membership, amountMinor, because))) return false;
  const { currency, priceMinor, clientId, accountTypeId } = membership;
  const by = { id: who.userId, name: who.name };
  if (registerId !== undefined) await holdRegister(tx, scope, registerId);
  await noteRefunded(tx, scope, id, { amountMinor, ended: true, at });
  await noteMembership(tx, ctx, desk, 'refunded', membership, { amountMinor: Number(amountMinor), currency, because });
  const prepayments = await openAccount(tx, ctx, scope, { kind: 'prepayments', ownerId: '', currency });
  const of = { kind: 'membership_sale', id };
  const cause = { kind: 'membership_refund', id };
  const ownerId = accountTypeId ? `${clientId}/${accountTypeId}` : clientId;
  const from = registerId ?? (await openAccount(tx, ctx, scope, { kind: 'client', ownerId, currency }));
  await lockAccounts(tx, scope.chainId, [prepayments, from, ...(membership.registerId ? [membership.registerId] : [])]);
  // a sale that never was: its entry is undone, and the fee with it
  if (amountMinor === priceMinor && membership.registerId !== null && registerId !== undefined) {
    await reverseEntry(tx, ctx, scope, { of, cause, memo: because, at, by, instead: new Map([[membership.registerId, registerId]]) });
    await returnAcquiringFee(tx, ctx, scope, { of, because, at, by });
    return true;
  }
  const purpose = { kind: 'membership', id };
  const posting = { from, to: prepayments, amountMinor, currency, operation: 'refund', itemId: 'memberships', purpose } as const;
  await postEntry(tx, ctx, { scope, cause, happenedAt: at, memo: because, by, postings: [posting] });
  return true;
}

async function isAgreed(
  tx: Tx,
  ctx: BookingContext,
  desk: AtDesk,
  membership: MembershipRow,
  amountMinor: bigint,
  because: string,
): Promise<boolean> {
  const { id, clientId, currency, refundedMinor } = membership;
  const subject = { kind: 'membership', id } as const;
  return (await mayGiveBack(tx, ctx, desk, { subject, clientId, amountMinor, inAllMinor: amountMinor + refundedMinor, currency, because })).now;
}

/** Writes down that the provider is to give it back. Answers the refund, if there is one now. */
async function askProvider(
  tx: Tx,
  ctx: BookingContext,
  desk: AtDesk,
  id: string,
  { version, because }: MembershipRefund,
): Promise<string | undefined> {
  const { membership, amountMinor, at } = await refundable(tx, ctx, desk, id, version);
  if (!(await isAgreed(tx, ctx, desk, membership, amountMinor, because))) return undefined;
  invariant(membership.attemptId, 'what was paid by a link has its payment');
  const { scope } = desk.place;
  const refundId = await beginRefund(tx, ctx.payments, scope, { attemptId: membership.attemptId, lineNo: 0, amountMinor }, desk.who.name);
  if (!refundId) throw new Problem('payment_in_progress', 409, 'Another refund of this payment is under way.');
  await noteRefunding(tx, scope, id, { refundId, at });
  await noteMembership(tx, ctx, desk, 'refund_asked', membership, { amountMinor: Number(amountMinor), currency: membership.currency, because });
  return refundId;
}

/** As it stands, for deeds that begin from Financial Transactions and know no version. */
export async function versionOf(ctx: BookingContext, { place }: AtDesk, id: string): Promise<MembershipRow> {
  return ctx.db.transaction(async (tx) => {
    await lockMembership(tx, place.scope, id);
    const membership = await membershipById(tx, place.scope, id);
    if (!membership) throw new Problem('not_found', 404, 'There is no such membership.');
    return membership;
  });
}
