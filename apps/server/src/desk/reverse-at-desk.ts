import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister, withinLastDays } from '../access/limits-of-place.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { BookingContext } from '../booking/context.ts';
import { noteReversedAtDesk } from '../booking/note-desk-money.ts';
import { lockVisit } from '../booking/read-visit.ts';
import { returnAcquiringFee } from '../finance/charge-acquiring-fee.ts';
import { givenBackOf } from '../finance/given-back.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { reverseEntry } from '../ledger/reverse-entry.ts';
import { isGivenBack } from '../refunds/given-back-of.ts';
import { deskPaymentById, insertReversal, timeZoneOf } from './store.ts';
import type { AtDesk } from './take-for-visit.ts';

/**
 * It was taken by mistake: the register gives it back, and the visit asks for it again. The books keep both. Answers the appointment.
 * Refuses with `not_found`, `right_missing` (this register, or too long ago), `step_not_allowed` (reversed before).
 */
export async function reverseAtDesk(ctx: BookingContext, { who, place }: AtDesk, deskPaymentId: string, because: string): Promise<string> {
  const { scope } = place;
  const payment = await deskPaymentById(ctx.db.read, scope, deskPaymentId);
  if (!payment) throw new Problem('not_found', 404, 'There is no such payment.');
  const { appointmentId, amountMinor, currency, accountId } = payment;
  const recent = withinLastDays(place, 'transactions.delete', payment.takenAt, ctx.now(), await timeZoneOf(ctx.db.read, scope));
  if (!recent || !mayTouchRegister(place, accountId)) throw rightMissing('transactions.delete');
  await ctx.db.transaction(async (tx) => {
    const visit = await lockVisit(tx, scope, appointmentId);
    const at = ctx.now();
    if (await isGivenBack(tx, scope, deskPaymentId)) {
      throw new Problem('step_not_allowed', 409, 'Something of this payment was given back already.', {
        because: 'given_back',
        operations: await givenBackOf(tx, scope, appointmentId),
      });
    }
    if (!(await insertReversal(tx, scope, who, { id: deskPaymentId, because, at }))) {
      throw new Problem('step_not_allowed', 409, 'This payment was reversed before.');
    }
    await noteReversedAtDesk(tx, scope, visit, { amountMinor, by: who.name, at }, because);
    await noteAudit(tx, ctx, who, {
      action: 'payment.reversed_at_desk',
      subject: { kind: 'appointment', id: appointmentId },
      locationId: scope.locationId,
      after: { deskPaymentId, amountMinor, currency, because },
    });
    const payload = { deskPaymentId, amountMinor: Number(amountMinor), currency };
    await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'payment.reversed_at_desk', subjectId: appointmentId, payload, at });
    const of = { kind: 'desk_payment', id: deskPaymentId };
    const by = { id: who.userId, name: who.name };
    await returnAcquiringFee(tx, ctx, scope, { of, because, at, by });
    await reverseEntry(tx, ctx, scope, { of, cause: { kind: 'desk_reversal', id: deskPaymentId }, memo: because, at, by });
  });
  return appointmentId;
}
