import type { FreeTimes } from '@holdfast/contract/free-times';
import type { Catalog, LocationKey } from '../catalog/catalog.ts';
import type { Database } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { byBestTerms, whoOffers } from './best-terms.ts';
import { busySpans } from './busy-spans.ts';
import { couldStart } from './could-start.ts';
import { bookableDays, type FreeTimesWish, type Group, markStarts } from './free-times.ts';
import { dayNumberOf, type Stretch, stretchesOf } from './local-day.ts';
import type { LocationRules } from './location-rules.ts';
import type { RulesMemory } from './rules-memory.ts';
import { timeNeeded } from './time-needed.ts';

export interface AskedFreeTimes {
  /** Back to back, in this order. */
  readonly serviceIds: readonly string[];
  /** A team member's id, `any`, or `all`: the same, also where people have to say in the end who it is. */
  readonly staff: string;
  /** `YYYY-MM-DD` at the location. */
  readonly fromDay: string;
  readonly days: number;
}

export interface FreeTimesDeps<T extends LocationRules> {
  readonly db: Database;
  readonly now: () => Date;
  readonly rules: RulesMemory<T>;
  /** Whose terms are the best for these services; left out: by price and length. */
  readonly rank?: Rank<T>;
}

export type Rank<T extends LocationRules> = (rules: T, serviceIds: readonly string[]) => (one: string, other: string) => number;

/**
 * The free times as the text of a `FreeTimes` (contract/free-times.ts). The text is put together by hand: it has thousands of small objects,
 * and making them only to write them down costs more than finding the times.
 *
 * Refuses `not_found` (location, service or team member that clients cannot book) and `invalid_request` ("any" where it is switched off).
 */
export async function answerFreeTimes<T extends LocationRules>(deps: FreeTimesDeps<T>, key: LocationKey, asked: AskedFreeTimes): Promise<string> {
  const wish = await gatherFacts(deps, key, asked);
  const { days, groupOf, groups } = markStarts(wish);
  const names = namesOf(groups);
  let text = `{"timeZone":${JSON.stringify(wish.catalog.location.timeZone)},"days":[`;
  let dayComma = '';
  for (const { day, grid, base } of days) {
    text += `${dayComma}{"day":"${day}","times":[`;
    dayComma = ',';
    let first = true;
    for (let i = 0; grid && i < grid.count; i++) {
      const group = groupOf[base + i] as number;
      if (group === 0) continue;
      const start = grid.text[i] as string;
      text += first ? start.slice(1) : start;
      text += names(group);
      text += ']}';
      first = false;
    }
    // a day without a time is full, or nobody works then: nobody has to wait for that one
    text += first && !couldStart({ ...wish, day }) ? '],"closed":true}' : ']}';
  }
  return `${text}]}`;
}

/** `"anna","bob"` of a group, written once for all starts that it could do. */
function namesOf(groups: readonly Group[]): (group: number) => string {
  const quoted = new Map<string, string>();
  const written: string[] = [];
  function quote(staffId: string): string {
    let text = quoted.get(staffId);
    if (text !== undefined) return text;
    text = JSON.stringify(staffId);
    quoted.set(staffId, text);
    return text;
  }
  function names(group: number): string {
    const known = written[group];
    if (known !== undefined) return known;
    const { others, staffId } = groups[group] as Group;
    const text = others === 0 ? quote(staffId) : `${names(others)},${quote(staffId)}`;
    written[group] = text;
    return text;
  }
  return names;
}

/** The same as objects. */
export async function findFreeTimes<T extends LocationRules>(deps: FreeTimesDeps<T>, key: LocationKey, asked: AskedFreeTimes): Promise<FreeTimes> {
  return JSON.parse(await answerFreeTimes(deps, key, asked)) as FreeTimes;
}

/** Rules and busy spans that belong together: when the rules have moved meanwhile, both are asked for again. */
async function gatherFacts<T extends LocationRules>(
  { db, now, rules: memory, rank }: FreeTimesDeps<T>,
  key: LocationKey,
  asked: AskedFreeTimes,
): Promise<FreeTimesWish> {
  if (!(dayNumberOf(asked.fromDay) <= LAST_DAY)) throw new Problem('invalid_request', 400, 'There is no such day.', { field: 'from' });
  let rules = await memory.get(key);
  for (let again = 0; ; again++) {
    if (!rules) throw new Problem('not_found', 404, 'There is no such location.');
    const at = now();
    const staffIds = whoIsAsked(rules, asked, rank);
    const { from, to } = whenIsAsked(rules.catalog, asked, staffIds, at);
    const { rulesVersion, busy } = await busySpans(db, key, staffIds, from, to, at);
    // after a few moves in a row the next answer will see them
    if (rulesVersion === rules.catalog.version || again === 3) {
      const { catalog, hours } = rules;
      return { catalog, hours, busy, serviceIds: asked.serviceIds, staffIds, fromDay: asked.fromDay, days: asked.days, now: at };
    }
    // an older version than the one remembered: the database was restored from a backup
    if (rulesVersion === undefined || rulesVersion < rules.catalog.version) memory.forget(key);
    rules = await memory.getAtLeast(key, rulesVersion ?? 0n);
  }
}

function whoIsAsked<T extends LocationRules>(rules: T, { serviceIds, staff }: AskedFreeTimes, rank?: Rank<T>): readonly string[] {
  const { services, location } = rules.catalog;
  for (const serviceId of serviceIds) {
    if (!services.get(serviceId)?.online) throw new Problem('not_found', 404, 'There is no such service to book.', { serviceId });
  }
  const able = whoDoesIt(rules, serviceIds, rank);
  if (staff !== 'any' && staff !== 'all') {
    if (!able.includes(staff)) throw new Problem('not_found', 404, 'This team member does not offer these services.', { staffId: staff });
    return [staff];
  }
  if (staff === 'any' && !location.anyStaff)
    throw new Problem('invalid_request', 400, 'Choose a team member: "any" is not offered here.', { field: 'staff' });
  return able;
}

// Rules never change, new ones take their place; so who does what on which terms is worked out once for each.
const MOST_REMEMBERED = 300;
const remembered = new WeakMap<LocationRules, { readonly rank: unknown; readonly people: Map<string, readonly string[]> }>();

/** Everybody who offers all of these services, best terms first. */
function whoDoesIt<T extends LocationRules>(rules: T, serviceIds: readonly string[], rank: Rank<T> | undefined): readonly string[] {
  let memory = remembered.get(rules);
  if (!memory || memory.rank !== rank || memory.people.size >= MOST_REMEMBERED) {
    memory = { rank, people: new Map() };
    remembered.set(rules, memory);
  }
  const name = serviceIds.join(',');
  let people = memory.people.get(name);
  if (!people) {
    people = whoOffers(rules.catalog, serviceIds).sort(rank?.(rules, serviceIds) ?? byBestTerms(rules.catalog, serviceIds));
    memory.people.set(name, people);
  }
  return people;
}

// So that every day of the answer can be written with four digits of year.
const LAST_DAY = dayNumberOf('9999-01-01');

/** Between which instants something that takes time can matter to a start on the asked days. */
function whenIsAsked(
  catalog: Catalog,
  { serviceIds, fromDay, days }: AskedFreeTimes,
  staffIds: readonly string[],
  at: Date,
): { from: Date; to: Date } {
  const { timeZone } = catalog.location;
  const { first, last } = bookableDays(catalog, at);
  const firstDay = Math.max(dayNumberOf(fromDay), first);
  const lastDay = Math.min(dayNumberOf(fromDay) + days - 1, last);
  if (firstDay > lastDay) return { from: at, to: at };
  let [longestBefore, longestRest] = [0, 0];
  for (const staffId of staffIds) {
    const needed = timeNeeded(catalog, staffId, serviceIds);
    if (!needed) continue;
    longestBefore = Math.max(longestBefore, needed.beforeMs);
    longestRest = Math.max(longestRest, needed.lengthMs + needed.afterMs);
  }
  const [opens] = stretchesFrom(timeZone, firstDay, -1);
  const closes = stretchesFrom(timeZone, lastDay, 1).at(-1);
  return { from: new Date(Math.max(at.getTime(), opens.fromMs) - longestBefore), to: new Date((closes ?? opens).toMs + longestRest) };
}

/** That day's stretches, or where the calendar skipped it those of the nearest day in that direction. */
function stretchesFrom(timeZone: string, dayNumber: number, direction: 1 | -1): readonly [Stretch, ...Stretch[]] {
  for (let day = dayNumber; ; day += direction) {
    const [first, ...rest] = stretchesOf(timeZone, day);
    if (first) return [first, ...rest];
  }
}
