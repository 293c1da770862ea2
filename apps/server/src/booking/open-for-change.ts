import type { CalendarAppointment } from '@holdfast/contract/calendar';
import { lockedBecause } from '@holdfast/contract/move-rules';
import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import type { Tx } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import { calendarAppointmentOf } from './read-calendar.ts';
import { type AppointmentRow, appointmentsOf, type BookingRow, bookingById, lockBooking } from './store.ts';
import { calendarAppointments } from './store-calendar.ts';
import { lastChange } from './store-staff-changes.ts';

/** An appointment whose row is locked, as it stands. */
export interface OpenAppointment {
  readonly booking: BookingRow;
  /** As the calendar shows it, with contacts: for rules, not for answers. */
  readonly shown: CalendarAppointment;
  readonly row: AppointmentRow;
  readonly others: readonly AppointmentRow[];
  /** Places at a group event, whose time is the event's. */
  readonly event: { readonly eventId: string; readonly places: number } | undefined;
}

/**
 * What every change by staff begins with: locks the booking and its appointments, and refuses with `not_found` what this viewer does not see, with
 * `changed_meanwhile` (and who did what) what somebody has changed since they looked, with `hold_run_out` a hold whose time is over.
 */
export async function openForChange(tx: Tx, viewer: CalendarViewer, appointmentId: string, version: number, at: Date): Promise<OpenAppointment> {
  const { scope } = viewer.place;
  if (!viewer.place.rights.has('calendar.see')) throw rightMissing('calendar.see');
  const { rows } = await sql<{ bookingId: string }>`
    select booking_id "bookingId" from appointments
     where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and appointment_id = ${appointmentId}`.execute(tx);
  const bookingId = rows[0]?.bookingId;
  if (bookingId) await lockBooking(tx, scope.chainId, bookingId);
  const [found] = await calendarAppointments(tx, scope, viewer.onlyStaffId, [appointmentId]);
  if (!found || !bookingId) throw new Problem('not_found', 404, 'There is no such appointment.');
  if (found.version !== version) {
    throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this appointment.', {
      version: found.version,
      ...(await lastChange(tx, scope, appointmentId)),
    });
  }
  const booking = await bookingById(tx, scope.chainId, bookingId);
  const appointments = await appointmentsOf(tx, scope.chainId, bookingId);
  const row = appointments.find((one) => one.appointmentId === appointmentId);
  invariant(booking && row, 'an appointment has a booking');
  const shown = calendarAppointmentOf(found, { clients: true, contacts: true });
  if (row.status === 'held' && row.freesAt && row.freesAt <= at)
    throw new Problem('hold_run_out', 409, 'The time was kept for 15 minutes and is no longer held.');
  return {
    booking,
    shown,
    row,
    others: appointments.filter((one) => one !== row),
    event: found.eventId === null ? undefined : { eventId: found.eventId, places: found.places },
  };
}

/** Refuses what gives an appointment a time or services of its own: places at an event have the event's. */
export function refusePlaces({ event }: Pick<OpenAppointment, 'event'>): void {
  if (event)
    throw new Problem('step_not_allowed', 409, 'These are places at an event: the event is moved, or its client changes to another one.', {
      reason: 'event',
      ...event,
    });
}

/** Refuses a change of time, services or price while it must not be: `payment_in_progress` (until when), `step_not_allowed` (it is over). */
export function refuseLocked({ shown, row }: Pick<OpenAppointment, 'shown' | 'row'>, at: Date): void {
  const locked = lockedBecause(shown, at.getTime());
  if (locked === 'over') throw new Problem('step_not_allowed', 409, 'This appointment is over.', { reason: 'over', status: row.status });
  if (locked) throw paymentInProgress(shown);
}

export function paymentInProgress({ payment }: Pick<CalendarAppointment, 'payment'>): Problem {
  return new Problem('payment_in_progress', 409, 'The client is paying for this just now.', {
    reason: 'payment_in_progress',
    until: payment?.blockedUntil ?? payment?.payableUntil ?? null,
  });
}
