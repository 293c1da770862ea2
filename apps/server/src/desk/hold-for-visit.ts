import type { AccountPaymentWish } from '@holdfast/contract/accounts';
import { spendableMinor } from '../accounts/account-rules.ts';
import { lockAccount } from '../accounts/find-account.ts';
import { holdOnAccount } from '../accounts/hold-on-account.ts';
import { endHold, holdById, holdByKey } from '../accounts/hold-rows.ts';
import type { BookingContext } from '../booking/context.ts';
import { endBlocksWithoutPage } from '../booking/end-blocks.ts';
import { noteHeldOnAccount } from '../booking/note-account-money.ts';
import { lockVisit } from '../booking/read-visit.ts';
import { visitOrder } from '../booking/visit-room.ts';
import { Problem } from '../kit/problem.ts';
import { closePagesFor } from '../payments/close-pages.ts';
import { livePayment } from '../payments/read-order.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import { accountForVisit, isSame, noteAccountDeed } from './account-for-visit.ts';
import { deskDueMinor } from './desk-rules.ts';
import { type AtDesk, takeForVisit } from './take-for-visit.ts';

/**
 * A part of a visit is kept on an account until the rest has been paid, by the link or at the desk; then it is spent in the same transaction. Until then nobody
 * else can spend it, and the link asks for the rest only. Repeating it with the same key has one effect.
 *
 * Refuses with `not_enough_on_account`, `step_not_allowed` (not valid here; or all that is due: then there is no rest, and it can be paid at once),
 * `already_there`, and as {@link takeForVisit}.
 */
export async function holdForVisit(ctx: BookingContext, desk: AtDesk, appointmentId: string, wish: AccountPaymentWish): Promise<void> {
  const { who, place } = desk;
  const { scope } = place;
  await takeForVisit(ctx, scope, appointmentId, {
    amountMinor: wish.amountMinor,
    version: wish.version,
    async isRepeated(tx) {
      const known = await holdByKey(tx, scope, wish.key);
      return known !== undefined && isSame({ ...known, appointmentId: known.purposeId }, appointmentId, wish);
    },
    async take(tx, visit) {
      const amountMinor = BigInt(wish.amountMinor);
      const dueMinor = deskDueMinor(visit);
      if (amountMinor >= dueMinor)
        throw new Problem('step_not_allowed', 409, 'This is all that is due: nothing would be left to wait for.', {
          dueMinor: Number(dueMinor),
          reason: 'pays_all',
        });
      const { ownerId, clientId, currency } = await accountForVisit(tx, scope, visit, wish.accountId);
      const at = ctx.now();
      await noteHeldOnAccount(tx, scope, visit, 'held_on_account', { amountMinor, by: who.name, at });
      const standing = await lockAccount(tx, scope, wish.accountId);
      const id = await holdOnAccount(tx, ctx, scope, {
        ownerId,
        currency,
        purpose: { kind: 'appointment', id: appointmentId },
        key: wish.key,
        amountMinor,
        spendableMinor: spendableMinor(standing),
        by: { id: who.userId, name: who.name },
        at,
      });
      await noteAccountDeed(tx, ctx, desk, visit, 'held_on_account', { id, clientId, amountMinor });
    },
  });
}

/**
 * What was held is free again, and the visit asks for it anew; a page that asks for the rest only is closed. Answers the appointment. Refuses with `not_found`,
 * `payment_in_progress`, `step_not_allowed` (it is over).
 */
export async function releaseHold(ctx: BookingContext, desk: AtDesk, holdId: string, because: string): Promise<string> {
  const { who, place } = desk;
  const { scope } = place;
  const known = await holdById(ctx.db.read, scope, holdId);
  if (!known) throw new Problem('not_found', 404, 'There is no such hold.');
  const appointmentId = known.purposeId;
  const order = visitOrder(appointmentId);
  await ctx.db.transaction(async (tx) => {
    const visit = await lockVisit(tx, scope, appointmentId);
    const at = ctx.now();
    const { paymentBlockedUntil: blockedUntil } = visit;
    const live = await livePayment(tx, scope.chainId, order);
    if (live?.status === 'processing' || (blockedUntil && blockedUntil > at))
      throw new Problem('payment_in_progress', 409, 'The client is paying the rest just now.', { blockedUntil: blockedUntil?.toISOString() ?? null });
    await supersedePayments(tx, scope, order, at);
    await endBlocksWithoutPage(tx, scope, visit);
    if (!(await endHold(tx, scope.chainId, { holdId, spentMinor: 0n, because: 'by_staff', at })))
      throw new Problem('step_not_allowed', 409, 'Nothing is held any more.');
    const amountMinor = known.heldMinor;
    await noteHeldOnAccount(tx, scope, visit, 'account_hold_released', { amountMinor, by: who.name, at });
    const clientId = known.ownerId.split('/')[0] ?? '';
    await noteAccountDeed(tx, ctx, desk, visit, 'account_hold_released', { id: holdId, clientId, amountMinor, because });
  });
  await closePagesFor(ctx.payments, scope, order);
  return appointmentId;
}
