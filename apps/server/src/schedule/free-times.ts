import type { Catalog } from '../catalog/catalog.ts';
import type { Hours } from './hours.ts';
import { dayNumberOf, dayOfNumber, localDayNumber, MINUTE_MS } from './local-day.ts';
import { type DayGrid, gridOf } from './start-grid.ts';
import { type TimeNeeded, timeNeeded } from './time-needed.ts';
import { type DayStretch, type InstantSpan, workSpans } from './work-spans.ts';

/** What takes each person's time, sorted by start; nobody's spans overlap. */
export type Busy = ReadonlyMap<string, readonly InstantSpan[]>;

export interface FreeTimesWish {
  readonly catalog: Catalog;
  readonly hours: Hours;
  readonly busy: Busy;
  /** Back to back, in this order, with one person. */
  readonly serviceIds: readonly string[];
  /** Any of them, best terms first unless `rank` says otherwise. */
  readonly staffIds: readonly string[];
  /** `YYYY-MM-DD` at the location. */
  readonly fromDay: string;
  readonly days: number;
  readonly now: Date;
  /** Orders people by their terms, for sorting. */
  readonly rank?: (one: string, other: string) => number;
}

export interface DayTimes {
  readonly day: string;
  readonly times: readonly { readonly atMs: number; readonly staffIds: readonly string[] }[];
}

/**
 * The free times of each asked day, one entry per day, empty when there are none. A start is offered when
 *
 * - it is a local wall-clock multiple of the location's step (both of a repeated hour, none of a skipped one);
 * - it is not before now + lead time, and its local day is not after today + horizon;
 * - every minute of the services lies in the person's working hours, breaks taken out;
 * - services with their buffers meet nothing that takes the person's time. Buffers may lie outside working hours: tidying up after
 *   the last client is not a reason to refuse them.
 */
export function freeTimes(wish: FreeTimesWish): DayTimes[] {
  const { days, groupOf, groups } = markStarts(wish);
  return days.map(({ day, grid, base }) => {
    const times: { atMs: number; staffIds: readonly string[] }[] = [];
    for (let i = 0; grid && i < grid.count; i++) {
      const group = groupOf[base + i] as number;
      if (group > 0) times.push({ atMs: grid.atMs[i] as number, staffIds: peopleOf(groups, group) });
    }
    return { day, times };
  });
}

/** Who could do the same start: everybody of the group `others` (0: nobody) and one more, with worse terms than they. */
export interface Group {
  readonly others: number;
  readonly staffId: string;
}

function peopleOf(groups: readonly Group[], group: number): readonly string[] {
  if (group === 0) return [];
  const { others, staffId } = groups[group] as Group;
  return [...peopleOf(groups, others), staffId];
}

/** Every start of the asked days with the group of people who could do it. Group 0 is nobody. */
export interface MarkedStarts {
  /** Without a grid: that day is past or beyond the horizon. `base` is the day's first start in `groupOf`. */
  readonly days: readonly { readonly day: string; readonly grid: DayGrid | undefined; readonly base: number }[];
  readonly groupOf: Uint32Array;
  readonly groups: readonly Group[];
}

export function markStarts({ catalog, hours, busy, serviceIds, staffIds, fromDay, days, now, rank }: FreeTimesWish): MarkedStarts {
  const { timeZone, stepMinutes, leadMinutes } = catalog.location;
  const able = new Map<string, TimeNeeded>();
  for (const staffId of rank ? [...staffIds].sort(rank) : staffIds) {
    const needed = timeNeeded(catalog, staffId, serviceIds);
    if (needed) able.set(staffId, needed);
  }

  const { first, last } = bookableDays(catalog, now);
  const from = dayNumberOf(fromDay);
  const asked: { day: string; grid: DayGrid | undefined; base: number }[] = [];
  let starts = 0;
  for (let dayNumber = from; dayNumber < from + days; dayNumber++) {
    const grid = dayNumber >= first && dayNumber <= last ? gridOf(timeZone, stepMinutes, dayNumber) : undefined;
    asked.push({ day: grid?.day ?? dayOfNumber(dayNumber), grid, base: starts });
    starts += grid?.count ?? 0;
  }

  const groupOf = new Uint32Array(starts);
  const groups: Group[] = [{ others: 0, staffId: '' }];
  const grids = asked.filter((one): one is { day: string; grid: DayGrid; base: number } => one.grid !== undefined);
  if (starts === 0 || able.size === 0) return { days: asked, groupOf, groups };

  const targets = grids
    .flatMap(({ grid, base }) => grid.stretches.map((stretch) => ({ ...stretch, base: base + stretch.base })))
    .sort((a, b) => a.fromMs - b.fromMs);
  const stretches = stretchesAround(catalog, (grids[0] as { grid: DayGrid }).grid.dayNumber, (grids.at(-1) as { grid: DayGrid }).grid.dayNumber);
  const stepMs = stepMinutes * MINUTE_MS;
  const earliest = now.getTime() + leadMinutes * MINUTE_MS;

  // Groups grow person by person: whoever joins makes of each group a bigger one, at most once.
  const joined: number[] = [0];
  const joinedBy: number[] = [-1];
  let person = -1;
  for (const [staffId, needed] of able) {
    person++;
    let target = 0;
    eachPossibleStart(workSpans(hours, staffId, stretches), busy.get(staffId) ?? [], needed, (lowest, highest) => {
      const low = Math.max(lowest, earliest);
      if (low > highest) return;
      while (target < targets.length && (targets[target] as (typeof targets)[number]).toMs <= low) target++;
      for (let t = target; t < targets.length; t++) {
        const { fromMs, firstMs, count, base } = targets[t] as (typeof targets)[number];
        if (fromMs > highest) break;
        const begin = low <= firstMs ? 0 : Math.ceil((low - firstMs) / stepMs);
        const end = Math.min(count - 1, Math.floor((highest - firstMs) / stepMs));
        for (let slot = base + begin; slot <= base + end; slot++) {
          const group = groupOf[slot] as number;
          if (joinedBy[group] !== person) {
            joinedBy[group] = person;
            joined[group] = groups.length;
            joined.push(0);
            joinedBy.push(-1);
            groups.push({ others: group, staffId });
          }
          groupOf[slot] = joined[group] as number;
        }
      }
    });
  }
  return { days: asked, groupOf, groups };
}

/** First and last local day on which something may be booked now, as day numbers. */
export function bookableDays({ location }: Catalog, now: Date): { first: number; last: number } {
  const first = localDayNumber(location.timeZone, now.getTime());
  return { first, last: first + location.horizonDays };
}

/** The days' stretches and those of the two days after, into which a late start may reach. Sorted by instant. */
export function stretchesAround({ location }: Catalog, firstDay: number, lastDay: number): DayStretch[] {
  const stretches: DayStretch[] = [];
  for (let dayNumber = firstDay; dayNumber <= lastDay + 2; dayNumber++) {
    const { day, stretches: parts } = gridOf(location.timeZone, location.stepMinutes, dayNumber);
    for (const { fromMs, toMs, offsetMs } of parts) stretches.push({ dayNumber, day, fromMs, toMs, offsetMs });
  }
  return stretches.sort((a, b) => a.fromMs - b.fromMs);
}

/** Calls `found` with each range of instants (both ends included) at which a start fits, in order. */
function eachPossibleStart(
  work: readonly InstantSpan[],
  busy: readonly InstantSpan[],
  { beforeMs, lengthMs, afterMs }: TimeNeeded,
  found: (lowest: number, highest: number) => void,
): void {
  let next = 0;
  for (const [opens, closes] of work) {
    const lastFit = closes - lengthMs;
    let lowest = opens;
    while (next < busy.length && (busy[next] as InstantSpan)[1] + beforeMs <= lowest) next++;
    for (let b = next; b < busy.length && lowest <= lastFit; b++) {
      const [busyFrom, busyTo] = busy[b] as InstantSpan;
      const highest = busyFrom - lengthMs - afterMs;
      if (highest >= lastFit) break;
      if (lowest <= highest) found(lowest, highest);
      if (busyTo + beforeMs > lowest) lowest = busyTo + beforeMs;
    }
    if (lowest <= lastFit) found(lowest, lastFit);
  }
}
