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
import { membershipAsSeen, noteMembership } from './note-membership.ts';
import { timeZoneOf } from './store.ts';
import type { AtDesk } from './take-for-visit.ts';

/**
 * What of a membership is not earned goes back the way it came, or from another register; from then on it is over. Sold by mistake and not used, its entry is
 * undone as a whole. Through a provider it ends when the provider confirms; until then nothing more is booked with it.
 *
 * Refuses with `not_found`, `right_missing` (too long ago, or this register), `changed_meanwhile`, `still_used` (`reserved`: visits that are to come),
 * `nothing_to_pay` (all of it is earned), `step_not_allowed` (not paid, or refunded before), `payment_in_progress`.
 */
export async function refundMembership(ctx: BookingContext, desk: AtDesk, id: string, wish: MembershipRefund): Promise<string> {
  const { place } = desk;
  const { scope } = place;
  const known = await membershipById(ctx.db.read, scope, id);
  if (!known) throw new Problem('not_found', 404, 'There is no such membership.');
  if (!withinLastDays(place, 'transactions.delete', known.soldAt ?? known.madeAt, ctx.now(), await timeZoneOf(ctx.db.read, scope)))
    throw rightMissing('transactions.delete');
  if (known.way === 'link') {
    if (wish.registerId !== undefined) throw new Problem('step_not_allowed', 409, 'It came through a provider and goes back there.');
    const refundId = await ctx.db.transaction((tx) => askProvider(tx, ctx, desk, id, wish));
    await carryOutRefund(ctx.payments, { chainId: scope.chainId, refundId });
    return known.clientId;
  }
  const registerId = known.way === 'register' ? (wish.registerId ?? known.registerId ?? undefined) : wish.registerId;
  if (registerId !== undefined) {
    const register = (await registersOf(ctx.db.read, scope)).find((one) => one.id === registerId);
    if (!register || register.currency !== known.currency) throw new Problem('not_found', 404, 'There is no such register.');
    if (!mayTouchRegister(place, register.id)) throw rightMissing('transactions.delete');
  }
  await ctx.db.transaction((tx) => handBack(tx, ctx, desk, { id, ...wish, registerId }));
  return known.clientId;
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
): Promise<void> {
  const { who, place } = desk;
  const { scope } = place;
  const { membership, amountMinor, at } = await refundable(tx, ctx, desk, id, version);
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
    return;
  }
  const purpose = { kind: 'membership', id };
  const posting = { from, to: prepayments, amountMinor, currency, operation: 'refund', itemId: 'memberships', purpose } as const;
  await postEntry(tx, ctx, { scope, cause, happenedAt: at, memo: because, by, postings: [posting] });
}

/** Writes down that the provider is to give it back. Answers the refund. */
async function askProvider(tx: Tx, ctx: BookingContext, desk: AtDesk, id: string, { version, because }: MembershipRefund): Promise<string> {
  const { membership, amountMinor, at } = await refundable(tx, ctx, desk, id, version);
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
