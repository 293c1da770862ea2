import { mayStep } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Who } from '../access/who.ts';
import { cancelVisit } from './cancel-visit.ts';
import type { BookingContext } from './context.ts';
import { appointmentsOf, lockBooking } from './store.ts';

/** Bookings of an event that still stand. */
export async function placesToCancel(
  ctx: Pick<BookingContext, 'db'>,
  chainId: string,
  eventId: string,
): Promise<readonly { bookingId: string; appointmentId: string }[]> {
  const { rows } = await sql<{ bookingId: string; appointmentId: string }>`
    select booking_id "bookingId", appointment_id "appointmentId" from appointments
     where chain_id = ${chainId} and event_id = ${eventId} and status in ('held', 'waiting', 'confirmed') order by appointment_id`.execute(
    ctx.db.read,
  );
  return rows;
}

class BeingChecked extends Error {}

/**
 * One booking of a cancelled event: the salon cancels, so all that was paid is proposed to go back. In its own transaction, so that a hundred of them hold nobody
 * up and each is done or not. False: its payment is being checked just now; it is tried again.
 */
export async function cancelPlaces(
  ctx: BookingContext,
  scope: Scope,
  { bookingId, appointmentId }: { bookingId: string; appointmentId: string },
  by: { readonly who: Pick<Who, 'userId' | 'name'>; readonly because: string; readonly eventId: string },
): Promise<boolean> {
  try {
    await ctx.db.transaction(async (tx) => {
      const at = ctx.now();
      await lockBooking(tx, scope.chainId, bookingId);
      const appointments = await appointmentsOf(tx, scope.chainId, bookingId);
      const row = appointments.find((one) => one.appointmentId === appointmentId);
      if (!row || !mayStep('cancel', row.status)) return;
      const others = appointments.filter((one) => one !== row);
      const gone = await cancelVisit(tx, ctx, scope, { row, others, who: by.who, because: by.because, refund: 'all', caseId: by.eventId }, at);
      if (!gone) throw new BeingChecked();
    });
    return true;
  } catch (error) {
    if (error instanceof BeingChecked) return false;
    throw error;
  }
}
