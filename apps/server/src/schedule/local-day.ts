import { Temporal } from 'temporal-polyfill';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** Part of one local calendar day during which the zone's offset stays the same. Most days are one stretch; a clock change makes two. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** Local wall clock minus UTC. */
  readonly offsetMs: number;
}

/** Days since 1970-01-01, the form of a calendar day that one can count with. `day` is `YYYY-MM-DD`. */
export function dayNumberOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

export function dayOfNumber(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
}

/** ISO: 1 = Monday. */
export function weekdayOf(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1; // 1970-01-01 was a Thursday
}

export function localDayNumber(timeZone: string, atMs: number): number {
  return Math.floor((atMs + offsetAt(timeZone, atMs)) / DAY_MS);
}

export function offsetAt(timeZone: string, atMs: number): number {
  return constantOffsetAround(timeZone, atMs).offsetMs;
}

// No zone has ever been further from UTC than this.
const FURTHEST_OFFSET_MS = 16 * 60 * MINUTE_MS;

/**
 * All instants at which it is that calendar day there, in order. Empty where a day was skipped (Apia, 2011-12-30). Where the clock went back
 * over midnight (St John's until 2011), the second stretch begins after the next day's first minute.
 */
export function stretchesOf(timeZone: string, dayNumber: number): readonly Stretch[] {
  const midnight = dayNumber * DAY_MS;
  const stretches: Stretch[] = [];
  const end = midnight + DAY_MS + FURTHEST_OFFSET_MS;
  for (let at = midnight - FURTHEST_OFFSET_MS; at < end; ) {
    const { untilMs, offsetMs } = constantOffsetAround(timeZone, at);
    const fromMs = Math.max(at, midnight - offsetMs);
    const toMs = Math.min(untilMs, midnight + DAY_MS - offsetMs);
    if (fromMs < toMs) stretches.push({ fromMs, toMs, offsetMs });
    at = untilMs;
  }
  return stretches;
}

interface ConstantOffset {
  fromMs: number;
  readonly untilMs: number;
  readonly offsetMs: number;
}
// Asking the time zone database costs a millisecond; a zone changes its clock twice a year.
const known = new Map<string, ConstantOffset[]>();

function constantOffsetAround(timeZone: string, atMs: number): ConstantOffset {
  const pieces = known.get(timeZone) ?? [];
  for (const piece of pieces) if (piece.fromMs <= atMs && atMs < piece.untilMs) return piece;
  const there = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
  const untilMs = there.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  const same = pieces.find((piece) => piece.untilMs === untilMs);
  if (same) {
    same.fromMs = atMs;
    return same;
  }
  const piece: ConstantOffset = { fromMs: atMs, untilMs, offsetMs: there.offsetNanoseconds / 1e6 };
  known.set(timeZone, [...pieces, piece]);
  return piece;
}
