import { hoursOn } from '../schedule/hours.ts';
import { dayOfNumber, localDayNumber, MINUTE_MS, stretchesOf, weekdayOf } from '../schedule/local-day.ts';
import type { BookingRules } from './booking-rules.ts';

/** How much of one local day may be held and unpaid at once, and how much this booking would add. */
export interface DayLimit {
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  readonly wanted: number;
}

/**
 * Limits against holding a calendar hostage (A8): a share of each touched day's working minutes of everybody who can be booked. `spans` are the
 * wanted holds, buffers included, in milliseconds.
 */
export function dayLimits({ catalog, hours }: BookingRules, spans: readonly (readonly [number, number])[]): readonly DayLimit[] {
  const { timeZone, holdsSharePercent } = catalog.location;
  const wanted = new Map<number, number>();
  for (const [from, to] of spans) {
    const day = localDayNumber(timeZone, from);
    wanted.set(day, (wanted.get(day) ?? 0) + (to - from) / MINUTE_MS);
  }
  return [...wanted].map(([dayNumber, minutes]) => {
    const stretches = stretchesOf(timeZone, dayNumber);
    const [day, weekday] = [dayOfNumber(dayNumber), weekdayOf(dayNumber)];
    const working = [...catalog.staff.values()]
      .filter((member) => member.online)
      .flatMap((member) => hoursOn(hours, member.staffId, day, weekday).atWork)
      .reduce((sum, [from, to]) => sum + to - from, 0);
    return {
      from: new Date(stretches[0]?.fromMs ?? 0).toISOString(),
      to: new Date(stretches.at(-1)?.toMs ?? 0).toISOString(),
      minutes: Math.floor((working * holdsSharePercent) / 100),
      wanted: minutes,
    };
  });
}
