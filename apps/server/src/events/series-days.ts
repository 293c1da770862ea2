import { MOST_DATES, type Repeat } from '@holdfast/contract/events';
import { Temporal } from 'temporal-polyfill';
import { dayNumberOf, dayOfNumber, weekdayOf } from '../schedule/local-day.ts';

/** The part of a rule that says on which days, without where it ends. */
export type Pattern = Pick<Repeat, 'every' | 'interval' | 'weekdays'>;

/** Nothing is made further ahead. */
const FURTHEST_DAYS = 731;

/** The days of a wish, first to last. One more than may be made at once says that there are too many. Without a rule: the first day. */
export function daysOf(firstDay: string, repeat: Repeat | null): readonly string[] {
  if (!repeat) return [firstDay];
  const { until, count, except } = repeat;
  const days: string[] = [];
  let met = 0;
  for (const day of daysByPattern(firstDay, repeat)) {
    if ((until !== null && day > until) || (count !== null && met >= count) || days.length > MOST_DATES) break;
    met += 1;
    if (!except.includes(day)) days.push(day);
  }
  return days;
}

/** How a series goes on: its days after the last one until this one. */
export function daysAfter(firstDay: string, pattern: Pattern, { after, until }: { after: string; until: string }): readonly string[] {
  const days: string[] = [];
  for (const day of daysByPattern(firstDay, pattern, dayNumberOf(until))) {
    if (day > until || days.length > MOST_DATES) break;
    if (day > after) days.push(day);
  }
  return days;
}

/** Weeks begin on Monday; an interval counts weeks from the first day's own. */
function* daysByPattern(
  firstDay: string,
  { every, interval, weekdays }: Pattern,
  furthest = dayNumberOf(firstDay) + FURTHEST_DAYS,
): Generator<string> {
  const first = dayNumberOf(firstDay);
  const monday = first - weekdayOf(first) + 1;
  const wanted = new Set(weekdays.length > 0 ? weekdays : [weekdayOf(first)]);
  for (let day = first; day <= furthest; day++) {
    const falls = every === 'day' ? (day - first) % interval === 0 : wanted.has(weekdayOf(day)) && Math.floor((day - monday) / 7) % interval === 0;
    if (falls) yield dayOfNumber(day);
  }
}

/**
 * The instant at which the wall clock shows that minute of that day. A minute that the clock jumps over is the one as long after the jump (02:30 → 03:30), one that it
 * shows twice is the first of them.
 */
export function instantOf(timeZone: string, day: string, atMinute: number): Date {
  const time = Temporal.PlainTime.from({ hour: Math.floor(atMinute / 60), minute: atMinute % 60 });
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds);
}

/** What the wall clock shows at that instant. */
export function wallClockOf(timeZone: string, at: Date): { readonly day: string; readonly atMinute: number } {
  const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return { day: there.toPlainDate().toString(), atMinute: there.hour * 60 + there.minute };
}
