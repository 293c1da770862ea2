import type { FreeTimes } from '@holdfast/contract/free-times';
import type { Catalog, LocationKey } from '../catalog/catalog.ts';
import { Problem } from '../kit/problem.ts';
import { type AskedFreeTimes, type FreeTimesDeps, findFreeTimes } from './answer-free-times.ts';
import type { LocationRules } from './location-rules.ts';
import { type TimeNeeded, timeNeeded } from './time-needed.ts';

/** Starts at which anything can be done, by anybody (or by this team member): for who chooses the time first. Refuses as {@link findFreeTimes} does. */
export async function findOpenTimes<T extends LocationRules>(
  deps: FreeTimesDeps<T>,
  key: LocationKey,
  asked: Omit<AskedFreeTimes, 'serviceIds'>,
): Promise<FreeTimes> {
  const rules = await deps.rules.get(key);
  if (!rules) throw new Problem('not_found', 404, 'There is no such location.');
  const shortest = shortestServices(rules.catalog, asked.staff);
  const all: FreeTimes[] = [];
  for (const { serviceId, staff } of shortest) all.push(await findFreeTimes(deps, key, { ...asked, staff, serviceIds: [serviceId] }));
  const [first] = all;
  if (!first) throw new Problem('not_found', 404, 'There is nothing to book here.');
  return {
    timeZone: first.timeZone,
    days: first.days.map(({ day }, index) => ({
      day,
      times: together(all.map(({ days }) => days[index]?.times ?? [])),
      ...(all.every(({ days }) => days[index]?.closed) ? { closed: true } : {}),
    })),
  };
}

type Times = FreeTimes['days'][number]['times'];

function together(all: readonly Times[]): Times {
  const byStart = new Map<string, Times[number]>();
  for (const time of all.flat()) {
    const known = byStart.get(time.at);
    byStart.set(time.at, known ? { ...known, staff: [...new Set([...known.staff, ...time.staff])] } : time);
  }
  return [...byStart.values()].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** Wherever a longer service would fit a shorter one of the same person fits too: only services that are the shortest for somebody have to be looked at. */
function shortestServices(catalog: Catalog, asked: string): readonly { serviceId: string; staff: string }[] {
  const found = new Set<string>();
  for (const [staffId, offers] of catalog.offers) {
    if (!catalog.staff.get(staffId)?.online || (asked !== 'any' && asked !== 'all' && asked !== staffId)) continue;
    const needs = [...offers.keys()].flatMap((serviceId) => {
      const needed = timeNeeded(catalog, staffId, [serviceId]);
      return needed ? [{ serviceId, needed }] : [];
    });
    for (const [index, one] of needs.entries()) {
      const beaten = needs.some((other, at) => at !== index && fitsIn(other.needed, one.needed) && (at < index || !fitsIn(one.needed, other.needed)));
      if (!beaten) found.add(one.serviceId);
    }
  }
  return [...found].map((serviceId) => ({ serviceId, staff: asked }));
}

function fitsIn(one: TimeNeeded, other: TimeNeeded): boolean {
  return one.beforeMs <= other.beforeMs && one.lengthMs <= other.lengthMs && one.afterMs <= other.afterMs;
}
