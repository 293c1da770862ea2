import type { Catalog } from '../catalog/catalog.ts';
import { bookableDays, stretchesAround } from './free-times.ts';
import type { Hours } from './hours.ts';
import { dayNumberOf, MINUTE_MS, stretchesOf } from './local-day.ts';
import { timeNeeded } from './time-needed.ts';
import { workSpans } from './work-spans.ts';

export interface WantedDay {
  readonly catalog: Catalog;
  readonly hours: Hours;
  readonly serviceIds: readonly string[];
  readonly staffIds: readonly string[];
  /** `YYYY-MM-DD` at the location. */
  readonly day: string;
  readonly now: Date;
  /** Minutes after midnight between which it is to begin, both included. */
  readonly fromMinute?: number | null;
  readonly toMinute?: number | null;
}

/** Whether any of them works at an hour of that day at which it could begin, if nobody else were there: a day on which nobody does is closed, not full. */
export function couldStart({ catalog, hours, serviceIds, staffIds, day, now, fromMinute, toMinute }: WantedDay): boolean {
  const { timeZone, leadMinutes } = catalog.location;
  const dayNumber = dayNumberOf(day);
  const { first, last } = bookableDays(catalog, now);
  if (!(dayNumber >= first && dayNumber <= last)) return false;
  const earliest = now.getTime() + leadMinutes * MINUTE_MS;
  const midnight = dayNumber * 1440 * MINUTE_MS;
  const wanted = stretchesOf(timeZone, dayNumber).map(({ fromMs, toMs, offsetMs }) => ({
    low: Math.max(fromMs, earliest, midnight - offsetMs + (fromMinute ?? 0) * MINUTE_MS),
    high: Math.min(toMs - 1, midnight - offsetMs + (toMinute ?? 1440) * MINUTE_MS),
  }));
  const stretches = stretchesAround(catalog, dayNumber - 1, dayNumber);
  return staffIds.some((staffId) => {
    const needed = timeNeeded(catalog, staffId, serviceIds);
    if (!needed) return false;
    const spans = workSpans(hours, staffId, stretches);
    return wanted.some(({ low, high }) => spans.some(([opens, closes]) => Math.max(low, opens) <= Math.min(high, closes - needed.lengthMs)));
  });
}
