import type { Calendar, CalendarAppointment } from '@holdfast/contract/calendar';
import type { MoveTo } from '@holdfast/contract/move-rules';

/** The appointment as it would stand there, its buffers with it. */
export function movedTo(appointment: CalendarAppointment, { staffId, startsAtMs, endsAtMs }: MoveTo): CalendarAppointment {
  const at = (ms: number) => new Date(ms).toISOString();
  const before = Date.parse(appointment.startsAt) - Date.parse(appointment.busyFrom);
  const after = Date.parse(appointment.busyTo) - Date.parse(appointment.endsAt);
  return {
    ...appointment,
    staffId,
    startsAt: at(startsAtMs),
    endsAt: at(endsAtMs),
    busyFrom: at(startsAtMs - before),
    busyTo: at(endsAtMs + after),
  };
}

/** A board on which this appointment stands as it is given here, whether it was on it before or not. */
export function putOnBoard(board: Calendar, appointment: CalendarAppointment): Calendar {
  const others = board.appointments.filter(({ id }) => id !== appointment.id);
  const touches = board.days.some(
    ({ startsAt, endsAt }) => Date.parse(appointment.startsAt) < Date.parse(endsAt) && Date.parse(appointment.endsAt) > Date.parse(startsAt),
  );
  if (!touches) return others.length === board.appointments.length ? board : { ...board, appointments: others };
  const at = board.appointments.findIndex(({ id }) => id === appointment.id);
  return { ...board, appointments: at === -1 ? [...others, appointment] : board.appointments.with(at, appointment) };
}

/** Of the booking window's fuller answer, what a board shows. */
export function onlyBoardParts(answer: CalendarAppointment, before: CalendarAppointment): CalendarAppointment {
  const known = Object.keys(before) as (keyof CalendarAppointment)[];
  return Object.fromEntries(known.map((key) => [key, answer[key] ?? (key in answer ? null : before[key])])) as CalendarAppointment;
}

export function placeOf({ staffId, startsAt, endsAt }: CalendarAppointment): MoveTo {
  return { staffId, startsAtMs: Date.parse(startsAt), endsAtMs: Date.parse(endsAt) };
}
