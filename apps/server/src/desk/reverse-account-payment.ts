import { rightMissing } from '../access/guard.ts';
import { withinLastDays } from '../access/limits-of-place.ts';
import { putBackOnAccount } from '../accounts/pay-from-account.ts';
import { accountPaymentById } from '../accounts/payment-rows.ts';
import type { BookingContext } from '../booking/context.ts';
import { notePutBack } from '../booking/note-account-money.ts';
import { lockVisit } from '../booking/read-visit.ts';
import { Problem } from '../kit/problem.ts';
import { noteAccountDeed } from './account-for-visit.ts';
import { timeZoneOf } from './store.ts';
import type { AtDesk } from './take-for-visit.ts';

/**
 * A visit was paid from an account by mistake: the money is on that account again, and the visit asks for it anew. The books keep both. Answers the
 * appointment. Refuses with `not_found`, `right_missing` (too long ago), `step_not_allowed` (reversed before), `more_than_left` (a part of it has gone back).
 */
export async function reverseAccountPayment(ctx: BookingContext, desk: AtDesk, paymentId: string, because: string): Promise<string> {
  const { who, place } = desk;
  const { scope } = place;
  const known = await accountPaymentById(ctx.db.read, scope, paymentId);
  if (!known) throw new Problem('not_found', 404, 'There is no such payment.');
  const { appointmentId, amountMinor } = known;
  if (!withinLastDays(place, 'transactions.delete', known.paidAt, ctx.now(), await timeZoneOf(ctx.db.read, scope)))
    throw rightMissing('transactions.delete');
  await ctx.db.transaction(async (tx) => {
    const visit = await lockVisit(tx, scope, appointmentId);
    // whose it is may have changed: one client can have been written down twice
    const payment = await accountPaymentById(tx, scope, paymentId);
    if (!payment || payment.reversed) throw new Problem('step_not_allowed', 409, 'This payment was reversed before.');
    if (visit.paidMinor < amountMinor)
      throw new Problem('more_than_left', 409, 'A part of it has gone back already.', { leftMinor: Number(visit.paidMinor) });
    const at = ctx.now();
    await notePutBack(tx, scope, visit, { amountMinor, by: who.name, at }, because);
    await putBackOnAccount(tx, ctx, scope, { payment, because, by: { id: who.userId, name: who.name }, at });
    await noteAccountDeed(tx, ctx, desk, visit, 'account_payment_reversed', { id: paymentId, clientId: payment.clientId, amountMinor, because });
  });
  return appointmentId;
}
