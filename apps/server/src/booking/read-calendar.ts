import type { Calendar, CalendarAppointment, CalendarAppointments } from '@holdfast/contract/calendar';
import { Problem } from '../kit/problem.ts';
import { dayNumberOf, dayOfNumber, stretchesOf } from '../schedule/local-day.ts';
import { columnOf, hoursSince } from './calendar-column.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import type { BookingContext } from './context.ts';
import { prepaymentOf } from './prepayment.ts';
import { type CalendarRow, calendarAppointments, calendarBetween } from './store-calendar.ts';

const MOST_IDS = 100;

/** Everything the board of these days is made of, as far as this viewer sees it. */
export async function readCalendar(
  ctx: BookingContext,
  viewer: CalendarViewer,
  { fromDay, days }: { fromDay: string; days: number },
): Promise<Calendar> {
  const { scope } = viewer.place;
  const at = ctx.now();
  const remembered = await ctx.rules.get(scope);
  if (!remembered) throw new Problem('not_found', 404, 'There is no such location.');
  const { timeZone } = remembered.catalog.location;
  const shown = fromDay >= '2000-01-01' && fromDay < '2200-01-01' ? daysFrom(timeZone, fromDay, days) : [];
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last) throw new Problem('invalid_request', 400, 'There is no such day at this location.', { fields: [{ field: 'from' }] });
  const found = await calendarBetween(ctx.db, scope, { staffId: viewer.onlyStaffId, from: new Date(first.fromMs), to: new Date(last.toMs), at });
  const rules = (await ctx.rules.getAtLeast(scope, found.version ?? 0n)) ?? remembered;
  const hours = await hoursSince(ctx, scope, rules, first.fromMs);
  const { catalog } = rules;
  const booked = new Set([...found.appointments, ...found.events].map(({ staffId }) => staffId));
  return {
    timeZone,
    stepMinutes: catalog.location.stepMinutes,
    days: shown.map(({ day, fromMs, toMs }) => ({ day, startsAt: new Date(fromMs).toISOString(), endsAt: new Date(toMs).toISOString() })),
    staff: [...catalog.staff.values()]
      .filter(({ staffId, archived }) => (viewer.onlyStaffId ?? staffId) === staffId && (!archived || booked.has(staffId)))
      .map(({ name, position, color, ...one }) => ({
        ...columnOf(
          catalog,
          hours,
          one.staffId,
          shown.map(({ day }) => day),
        ),
        name,
        position,
        color,
      })),
    appointments: found.appointments.map((row) => calendarAppointmentOf(row, viewer)),
    blocks: found.blocks.map(({ from, to, ...block }) => ({ ...block, from: instant(from), to: instant(to) })),
    events: found.events.map((event) => ({
      ...event,
      startsAt: instant(event.startsAt),
      endsAt: instant(event.endsAt),
      busyFrom: instant(event.busyFrom),
      busyTo: instant(event.busyTo),
    })),
    now: at.toISOString(),
  };
}

/** Those of these appointments that this viewer sees, in any status. Places at an event are not the board's: it shows the event. */
export async function readCalendarAppointments(ctx: BookingContext, viewer: CalendarViewer, ids: readonly string[]): Promise<CalendarAppointments> {
  if (ids.length > MOST_IDS) throw new Problem('invalid_request', 400, `At most ${MOST_IDS} at once.`, { fields: [{ field: 'ids' }] });
  const rows = await calendarAppointments(ctx.db.read, viewer.place.scope, viewer.onlyStaffId, ids);
  const theirs = rows.filter(({ eventId }) => eventId === null);
  return { appointments: theirs.map((row) => calendarAppointmentOf(row, viewer)), now: ctx.now().toISOString() };
}

/** One block of the calendar; also the part of the booking window that the calendar shows. */
export function calendarAppointmentOf(row: CalendarRow, { clients, contacts }: Pick<CalendarViewer, 'clients' | 'contacts'>): CalendarAppointment {
  const { dueMinor, credited, attemptStatus, payableUntil, blockedUntil, eventId: _event, places: _places, ...shown } = row;
  return {
    ...shown,
    prepayment: prepaymentOf(
      { status: row.status, dueMinor: BigInt(dueMinor), paidMinor: BigInt(row.paidMinor) },
      { credited, checking: attemptStatus === 'processing' },
    ),
    startsAt: instant(row.startsAt),
    endsAt: instant(row.endsAt),
    busyFrom: instant(row.busyFrom),
    busyTo: instant(row.busyTo),
    clientId: clients ? row.clientId : null,
    clientPhone: contacts ? row.clientPhone : null,
    serviceIds: [...(row.serviceIds ?? [])],
    serviceNames: [...(row.serviceNames ?? [])],
    holdExpiresAt: row.holdExpiresAt && instant(row.holdExpiresAt),
    payment:
      attemptStatus && payableUntil
        ? { attemptStatus, blockedUntil: blockedUntil && instant(blockedUntil), payableUntil: instant(payableUntil) }
        : null,
  };
}

/** PostgreSQL's JSON writes UTC as `+00:00`. */
function instant(text: string): string {
  return `${text.slice(0, -6)}Z`;
}

function daysFrom(timeZone: string, fromDay: string, count: number): readonly { day: string; fromMs: number; toMs: number }[] {
  const from = dayNumberOf(fromDay);
  return Array.from({ length: count }, (_, index) => from + index).flatMap((dayNumber) => {
    const stretches = stretchesOf(timeZone, dayNumber);
    const [first, last] = [stretches[0], stretches.at(-1)];
    // a day that the zone skipped is no day
    return first && last ? [{ day: dayOfNumber(dayNumber), fromMs: first.fromMs, toMs: last.toMs }] : [];
  });
}
