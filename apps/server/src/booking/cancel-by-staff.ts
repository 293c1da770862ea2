import { lockedBecause } from '@holdfast/contract/move-rules';
import { mayStep } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import type { BookingContext } from './context.ts';
import { openForChange, paymentInProgress } from './open-for-change.ts';
import { proposeRefund } from './propose-refund.ts';
import { cancelAppointment } from './store.ts';
import { noteStaffChange, ordersPayingFor } from './store-staff-changes.ts';

/**
 * Staff cancel one appointment; others of its booking stay. No money moves by itself (B4): what was paid is proposed for refund, as the terms say, all of it or
 * nothing; cancelling it needs `appointments.cancel_paid`. Refuses with `changed_meanwhile`, `payment_in_progress`, `step_not_allowed`, `right_missing`, `hold_run_out`.
 */
export async function cancelByStaff(
  ctx: BookingContext,
  viewer: CalendarViewer,
  appointmentId: string,
  { version, because, refund }: { version: number; because: string; refund: 'policy' | 'all' | 'nothing' },
): Promise<void> {
  const { scope, rights } = viewer.place;
  await ctx.db.transaction(async (tx) => {
    const at = ctx.now();
    const { shown, row, others } = await openForChange(tx, viewer, appointmentId, version, at);
    if (!mayStep('cancel', row.status))
      throw new Problem('step_not_allowed', 409, 'This cannot be cancelled.', { step: 'cancel', status: row.status });
    if (row.paidMinor > 0n && !rights.has('appointments.cancel_paid')) throw rightMissing('appointments.cancel_paid');
    if (lockedBecause(shown, at.getTime()) === 'payment_in_progress') throw paymentInProgress(shown);
    for (const order of await ordersPayingFor(tx, scope, appointmentId)) {
      if ((await supersedePayments(tx, scope, order, at)) === 'processing') throw paymentInProgress(shown);
    }
    await cancelAppointment(tx, scope, appointmentId, at);
    const detail = { before: { status: row.status }, after: { status: 'cancelled' }, because };
    await noteStaffChange(tx, scope, { appointmentId, who: viewer.who, at, what: 'cancelled', detail });
    const by = { id: viewer.who.userId, name: viewer.who.name };
    await proposeRefund(
      tx,
      ctx,
      scope,
      { visit: row, reason: 'cancelled_by_staff', caseId: appointmentId, countsFrom: at, share: refund, by, words: because },
      at,
    );
    await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'appointment.cancelled', subjectId: appointmentId, payload: { by: 'staff' }, at });
    if (others.some((one) => mayStep('cancel', one.status))) return;
    await sql`update bookings set live_draft = null where chain_id = ${scope.chainId} and booking_id = ${row.bookingId}`.execute(tx);
  });
}
