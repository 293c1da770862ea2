import type { Appointment } from '@holdfast/contract/calendar';
import { lockedBecause } from '@holdfast/contract/move-rules';
import { mayStep, staffSteps } from '@holdfast/contract/steps';
import { Problem } from '../kit/problem.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import type { BookingContext } from './context.ts';
import { calendarAppointmentOf } from './read-calendar.ts';
import { type AppointmentMore, appointmentMore } from './store-appointment.ts';
import { calendarAppointments } from './store-calendar.ts';

/** The booking window. Refuses with `not_found`, also for an appointment in a column that this viewer does not see. */
export async function readAppointment(ctx: BookingContext, viewer: CalendarViewer, appointmentId: string): Promise<Appointment> {
  const { scope } = viewer.place;
  const [row] = await calendarAppointments(ctx.db.read, scope, viewer.onlyStaffId, [appointmentId]);
  const more = row && (await appointmentMore(ctx.db.read, scope, appointmentId, [...viewer.who.places.keys()]));
  const rules = await ctx.rules.get(scope);
  if (!row || !more || !rules) throw new Problem('not_found', 404, 'There is no such appointment.');
  const shown = calendarAppointmentOf(row, viewer);
  const { email, visits, noShows, others, changes, services, createdAt, ...rest } = more;
  return {
    ...shown,
    ...rest,
    locationId: scope.locationId,
    timeZone: rules.catalog.location.timeZone,
    client: viewer.clients
      ? { id: row.clientId, name: row.clientName, phone: shown.clientPhone, email: viewer.contacts ? email : null, visits, noShows }
      : null,
    services: [...services],
    prepaymentMinor: row.dueMinor,
    createdAt: createdAt.toISOString(),
    // whoever has this address is the client, and sees how to reach them
    clientPageUrl: viewer.contacts ? `${ctx.publicUrl}/b/${ctx.tokens.sign(scope.chainId, more.bookingId)}` : '',
    otherAppointments: others
      .filter(({ staffId }) => viewer.onlyStaffId === undefined || viewer.onlyStaffId === staffId)
      .map(({ id, startsAt, staffName, status }) => ({ id, startsAt: new Date(startsAt).toISOString(), staffName, status })),
    changes: changes.map(changeOf),
    steps: staffSteps.filter((step) => mayStep(step, row.status)),
    lockedBecause: lockedBecause(shown, ctx.now().getTime()) ?? null,
  };
}

function changeOf({ no, at, what, by, detail: { userName, ...detail } }: AppointmentMore['changes'][number]): Appointment['changes'][number] {
  return { no, at: new Date(at).toISOString(), what, by: typeof userName === 'string' ? userName : by, detail };
}
