import type { CalendarAppointment } from '@holdfast/contract/calendar';
import { localDay } from '@holdfast/contract/move-rules';
import type { Words } from '../words.tsx';
import { markTexts, sideMarks, statusMark } from './block-marks.ts';
import { eventIn } from './events-on-board.ts';

/** "14:30–15:30" */
export function sayTimes({ time }: Words, timeZone: string, startsAt: string | number, endsAt: string | number): string {
  return `${time(startsAt, timeZone)}–${time(endsAt, timeZone)}`;
}

/** "Tuesday, 4 March" of a moment there. */
export function sayDay({ day }: Words, timeZone: string, atMs: number): string {
  return day(localDay(timeZone, atMs));
}

/** The whole block as one sentence: "Tuesday, 4 March, 14:30–15:30, Anna, Haircut, client Maria, confirmed, paid". */
export function sayAppointment(words: Words, timeZone: string, appointment: CalendarAppointment, staffName: string): string {
  const { say, time } = words;
  const event = eventIn(appointment);
  if (event) {
    const times = `${sayDay(words, timeZone, Date.parse(event.startsAt))}, ${sayTimes(words, timeZone, appointment.startsAt, appointment.endsAt)},`;
    return say('calendar.event_says', { time: times, title: event.title, name: staffName, taken: event.placesTaken, capacity: event.capacity });
  }
  const { startsAt, endsAt, clientName, serviceNames, holdExpiresAt, payment, status } = appointment;
  const client = clientName && say('calendar.client', { client: clientName });
  const held = status === 'held' && holdExpiresAt && say('calendar.held_until', { time: time(holdExpiresAt, timeZone) });
  const paying = payment && say('calendar.paying_until', { time: time(payment.blockedUntil ?? payment.payableUntil, timeZone) });
  const marks = sideMarks(appointment).map((mark) => (mark === 'paying' && paying ? paying : say(markTexts[mark])));
  const when = `${sayDay(words, timeZone, Date.parse(startsAt))}, ${sayTimes(words, timeZone, startsAt, endsAt)}`;
  return [when, staffName, ...serviceNames, client, held || say(markTexts[statusMark(appointment)]), ...marks].filter(Boolean).join(', ');
}
