import type { FreeDay } from './free-days.ts';

/** Free times that were asked for a moment ago, by what was asked. */
export const keptTimes = new Map<string, { days: FreeDay[]; loadedAt: number }>();

/** After a time turned out to be gone, or the clock moved. */
export function forgetFreeTimes(): void {
  keptTimes.clear();
}
