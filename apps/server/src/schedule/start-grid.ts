import { DAY_MS, dayOfNumber, MINUTE_MS, type Stretch, stretchesOf } from './local-day.ts';

/** A stretch of a local day with the starts that lie in it: `firstMs`, then every step. */
export interface GridStretch extends Stretch {
  readonly firstMs: number;
  readonly count: number;
  /** Number of the first of them among all starts of the day. */
  readonly base: number;
}

/**
 * The starts that a day could offer: local wall-clock multiples of the step. An hour that the clock repeats is there twice (two instants), an hour
 * that it skips is not there.
 */
export interface DayGrid {
  readonly dayNumber: number;
  readonly day: string;
  readonly stretches: readonly GridStretch[];
  readonly count: number;
  /** Instant of each start. */
  readonly atMs: readonly number[];
  /** `HH:MM` at the location, of each start. */
  readonly local: readonly string[];
  /** How each start begins in an answer's text, after the one before it: `,{"at":"…","local":"…","staff":[`. */
  readonly text: readonly string[];
}

// A day's grid never changes, so it is laid once for all requests; the limit only keeps odd requests from filling the memory.
const MOST = 4000;
const laid = new Map<string, DayGrid>();

/** `stepMinutes` divides 60. */
export function gridOf(timeZone: string, stepMinutes: number, dayNumber: number): DayGrid {
  const name = `${timeZone} ${stepMinutes} ${dayNumber}`;
  let grid = laid.get(name);
  if (!grid) {
    if (laid.size >= MOST) laid.clear();
    grid = lay(timeZone, stepMinutes, dayNumber);
    laid.set(name, grid);
  }
  return grid;
}

function lay(timeZone: string, stepMinutes: number, dayNumber: number): DayGrid {
  const stepMs = stepMinutes * MINUTE_MS;
  const stretches: GridStretch[] = [];
  const atMs: number[] = [];
  const local: string[] = [];
  for (const stretch of stretchesOf(timeZone, dayNumber)) {
    const firstMs = Math.ceil((stretch.fromMs + stretch.offsetMs) / stepMs) * stepMs - stretch.offsetMs;
    const count = Math.max(0, Math.ceil((stretch.toMs - firstMs) / stepMs));
    stretches.push({ ...stretch, firstMs, count, base: atMs.length });
    for (let i = 0; i < count; i++) {
      const start = firstMs + i * stepMs;
      const minute = (start + stretch.offsetMs - dayNumber * DAY_MS) / MINUTE_MS;
      atMs.push(start);
      local.push(`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
    }
  }
  const text = atMs.map((start, i) => `,{"at":"${new Date(start).toISOString().slice(0, 19)}Z","local":"${local[i]}","staff":[`);
  return { dayNumber, day: dayOfNumber(dayNumber), stretches, count: atMs.length, atMs, local, text };
}
