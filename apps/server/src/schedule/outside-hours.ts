import type { Hours } from './hours.ts';
import { dayOfNumber, localDayNumber, stretchesOf } from './local-day.ts';
import { type DayStretch, workSpans } from './work-spans.ts';

export interface Visit {
  readonly staffId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Whether all of a visit lies within working hours and outside breaks, also over midnight and over a clock change. */
export function isWithinHours(hours: Hours, timeZone: string, { staffId, startsAt, endsAt }: Visit): boolean {
  const [start, end] = [startsAt.getTime(), endsAt.getTime()];
  const stretches: DayStretch[] = [];
  for (let dayNumber = localDayNumber(timeZone, start); dayNumber <= localDayNumber(timeZone, end - 1); dayNumber++) {
    const day = dayOfNumber(dayNumber);
    for (const stretch of stretchesOf(timeZone, dayNumber)) stretches.push({ ...stretch, dayNumber, day });
  }
  return workSpans(hours, staffId, stretches).some(([from, to]) => from <= start && end <= to);
}

/** Visits that fitted before and do not any more: what changing hours leaves for somebody to look at. */
export function leftOutside<V extends Visit>(before: Hours, after: Hours, timeZone: string, visits: readonly V[]): readonly V[] {
  return visits.filter((visit) => isWithinHours(before, timeZone, visit) && !isWithinHours(after, timeZone, visit));
}
