import { mayStep } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import type { BookingContext } from './context.ts';
import { proposeRefund } from './propose-refund.ts';
import { appointmentsOf, bookingById, cancelAppointment, lockBooking, noteChange } from './store.ts';

/**
 * The client gives up what of the booking is still to come. No money moves by itself (B4): what was paid is proposed for refund, with the amount by
 * the terms that were agreed. Cancelling again changes nothing. Refuses with `too_late_to_cancel` and `payment_in_progress`.
 */
export async function cancelBooking(ctx: BookingContext, scope: Scope, bookingId: string): Promise<void> {
  const at = ctx.now();
  await ctx.db.transaction(async (tx) => {
    await lockBooking(tx, scope.chainId, bookingId);
    const booking = await bookingById(tx, scope.chainId, bookingId);
    const appointments = await appointmentsOf(tx, scope.chainId, bookingId);
    if (!booking) throw new Problem('not_found', 404, 'There is no such booking.');
    const open = appointments.filter((one) => mayStep('cancel', one.status));
    const toCome = open.filter((one) => one.startsAt > at);
    if (toCome.length === 0) {
      if (open.length > 0) throw new Problem('too_late_to_cancel', 409, 'The visit has begun.');
      return;
    }
    if ((await supersedePayments(tx, scope, { kind: 'booking', id: bookingId }, at)) === 'processing') {
      throw new Problem('payment_in_progress', 409, 'A payment for this booking is being checked.');
    }
    for (const one of toCome) {
      await cancelAppointment(tx, scope, one.appointmentId, at);
      await noteChange(tx, scope.chainId, one.appointmentId, at, 'cancelled', 'client');
      await proposeRefund(tx, ctx, scope, one, booking.currency, at);
      await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'appointment.cancelled', subjectId: one.appointmentId, payload: {}, at });
    }
    await sql`update bookings set live_draft = null where chain_id = ${scope.chainId} and booking_id = ${bookingId}`.execute(tx);
  });
}
