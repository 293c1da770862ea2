import { type Hours, hoursOn, type MinuteSpan, type WorkDay } from './hours.ts';
import { DAY_MS, MINUTE_MS, type Stretch, weekdayOf } from './local-day.ts';

/** Instants, half open, in milliseconds. */
export type InstantSpan = readonly [fromMs: number, toMs: number];

export interface DayStretch extends Stretch {
  readonly dayNumber: number;
  readonly day: string;
}

/**
 * When a person works during these stretches (sorted by instant): local hours turned into instants. Hours that touch are one span, also over midnight and
 * over a clock change: who works until 24:00 and from 00:00 works through.
 */
export function workSpans(
  hours: Hours,
  staffId: string,
  stretches: readonly DayStretch[],
  part: (day: WorkDay) => readonly MinuteSpan[] = ({ atWork }) => atWork,
): InstantSpan[] {
  const spans: InstantSpan[] = [];
  let last: [number, number] | undefined;
  for (const { dayNumber, day, fromMs, toMs, offsetMs } of stretches) {
    const midnight = dayNumber * DAY_MS - offsetMs;
    for (const [from, to] of part(hoursOn(hours, staffId, day, weekdayOf(dayNumber)))) {
      const start = Math.max(fromMs, midnight + from * MINUTE_MS);
      const end = Math.min(toMs, midnight + to * MINUTE_MS);
      if (start >= end) continue;
      if (last && last[1] === start) last[1] = end;
      else {
        last = [start, end];
        spans.push(last);
      }
    }
  }
  return spans;
}
