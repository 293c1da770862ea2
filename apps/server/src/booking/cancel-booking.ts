import type { SeenQuote } from '@holdfast/contract/cancellation';
import { mayStep } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import type { BookingContext } from './context.ts';
import { isCovered } from './is-prepaid.ts';
import { moneyOfVisits } from './money-of-visit.ts';
import { proposeRefund } from './propose-refund.ts';
import { momentThatCounts } from './quote-cancellation.ts';
import { cancellationQuote } from './read-cancellation-quote.ts';
import { appointmentsOf, bookingById, cancelAppointment, lockBooking, noteChange } from './store.ts';
import { stakedVisits, visitsAsOf } from './visits-of-memberships.ts';

/**
 * The client gives up what of the booking is still to come. No money moves by itself (B4): what was paid is proposed for refund, with the amount by
 * the terms that were agreed. What the client was shown (`seen`) holds for five minutes, also if the amount has become less meanwhile; it is kept with the
 * proposal. Cancelling again changes nothing. Refuses with `too_late_to_cancel`, `payment_in_progress`, and `quote_changed` (with `quote`) where they were shown
 * something else.
 */
export async function cancelBooking(ctx: BookingContext, scope: Scope, bookingId: string, seen?: SeenQuote): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockBooking(tx, scope.chainId, bookingId);
    const at = ctx.now();
    const booking = await bookingById(tx, scope.chainId, bookingId);
    const appointments = await appointmentsOf(tx, scope.chainId, bookingId);
    if (!booking) throw new Problem('not_found', 404, 'There is no such booking.');
    const open = appointments.filter((one) => mayStep('cancel', one.status));
    const toCome = open.filter((one) => one.startsAt > at);
    if (toCome.length === 0) {
      if (open.length > 0) throw new Problem('too_late_to_cancel', 409, 'The visit has begun.');
      return;
    }
    const countsFrom = momentThatCounts(seen && new Date(seen.at), at);
    const ids = toCome.map(({ appointmentId }) => appointmentId);
    const money = toCome.some(({ paidMinor }) => paidMinor > 0n) ? await moneyOfVisits(tx, scope.chainId, ids) : [];
    const given = { money, staked: toCome.some(isCovered) ? await stakedVisits(tx, scope, ids) : [] };
    const quote = cancellationQuote(toCome, given, booking.currency, countsFrom);
    if (quote.cancelUntil === null || Date.parse(quote.cancelUntil) < countsFrom.getTime()) {
      throw new Problem('too_late_to_cancel', 409, 'This can no longer be cancelled online: call the salon.', { cancelUntil: quote.cancelUntil });
    }
    if (seen && (seen.backMinor !== quote.backMinor || (seen.visitsLost ?? quote.visitsLost) !== quote.visitsLost)) {
      const now = cancellationQuote(toCome, given, booking.currency, at);
      throw new Problem('quote_changed', 409, 'Something else would come back by now.', { quote: now });
    }
    if ((await supersedePayments(tx, scope, { kind: 'booking', id: bookingId }, at)) === 'processing') {
      throw new Problem('payment_in_progress', 409, 'A payment for this booking is being checked.');
    }
    for (const one of toCome) {
      await cancelAppointment(tx, scope, one.appointmentId, at);
      if (isCovered(one)) await visitsAsOf(tx, scope, one.appointmentId, countsFrom, at);
      await noteChange(tx, scope.chainId, one.appointmentId, at, 'cancelled', 'client');
      await proposeRefund(tx, ctx, scope, { visit: one, reason: 'cancelled_by_client', caseId: bookingId, countsFrom, seen }, at);
      await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'appointment.cancelled', subjectId: one.appointmentId, payload: {}, at });
    }
    await sql`update bookings set live_draft = null where chain_id = ${scope.chainId} and booking_id = ${bookingId}`.execute(tx);
  });
}
