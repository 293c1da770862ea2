import type { DayHours, Schedule } from '@holdfast/contract/schedule';
import type { LocationKey } from '../catalog/catalog.ts';
import { readCatalog } from '../catalog/read-catalog.ts';
import type { Queryable } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';
import type { WorkDay } from './hours.ts';
import { dayNumberOf, dayOfNumber, localDayNumber } from './local-day.ts';
import { readHours } from './read-hours.ts';

/** Everybody's week, and the dates of this stretch that differ from it. Dates that are over are not kept for long: they are left out. */
export async function readSchedule(q: Queryable, key: LocationKey, now: Date, { from, days }: { from: string; days: number }): Promise<Schedule> {
  const catalog = await readCatalog(q, key.chainId, key.locationId);
  invariant(catalog, 'whoever has a role at a location finds it');
  const hours = await readHours(q, key, now);
  const last = dayOfNumber(dayNumberOf(from) + days - 1);
  return {
    today: dayOfNumber(localDayNumber(catalog.location.timeZone, now.getTime())),
    staff: [...catalog.staff.values()]
      .filter(({ archived }) => !archived)
      .map(({ staffId, name, position, color }) => ({
        id: staffId,
        name,
        position,
        color,
        week: [...(hours.week.get(staffId) ?? [])].map(([weekday, day]) => ({ weekday, ...toDayHours(day) })).sort((a, b) => a.weekday - b.weekday),
        days: [...(hours.days.get(staffId) ?? [])]
          .filter(([day]) => day >= from && day <= last)
          .map(([day, its]) => ({ day, ...toDayHours(its) }))
          .sort((a, b) => (a.day < b.day ? -1 : 1)),
      })),
  };
}

export function toDayHours({ works, breaks }: WorkDay): DayHours {
  const spans = (all: WorkDay['works']) => all.map(([from, to]) => ({ from, to }));
  return { works: spans(works), breaks: spans(breaks) };
}
