import { type RawBuilder, sql } from 'kysely';
import type { LocationKey } from '../catalog/catalog.ts';
import type { Queryable } from '../kit/database.ts';
import { type Hours, type MinuteSpan, type WorkDay, workDay } from './hours.ts';
import { DAY_MS } from './local-day.ts';

/** What {@link hoursJson} gives; ranges as PostgreSQL writes them. */
export interface HoursJson {
  readonly week: readonly { staff: string; weekday: number; works: string; breaks: string }[];
  readonly days: readonly { staff: string; day: string; works: string; breaks: string }[];
}

/** The location's working hours: the week, and the dates from yesterday (in any zone) on. */
export async function readHours(q: Queryable, key: LocationKey, now: Date): Promise<Hours> {
  const { rows } = await sql<{ hours: string }>`select (${hoursJson(key, now)})::text as hours`.execute(q);
  return toHours(JSON.parse((rows[0] as { hours: string }).hours) as HoursJson);
}

/** The same as one SQL expression, to be read together with other rules. */
export function hoursJson({ chainId, locationId }: LocationKey, now: Date): RawBuilder<unknown> {
  // It may still be yesterday at the location when it is today in UTC, so go back two.
  const fromDay = new Date(now.getTime() - 2 * DAY_MS).toISOString().slice(0, 10);
  return sql`json_build_object(
    'week', (select coalesce(json_agg(json_build_object('staff', staff_id, 'weekday', weekday, 'works', works, 'breaks', breaks)), '[]')
               from staff_week_hours where chain_id = ${chainId} and location_id = ${locationId}),
    'days', (select coalesce(json_agg(json_build_object('staff', staff_id, 'day', day, 'works', works, 'breaks', breaks)), '[]')
               from staff_day_hours where chain_id = ${chainId} and location_id = ${locationId} and day >= ${fromDay}::date))`;
}

export function toHours({ week, days }: HoursJson): Hours {
  const byWeekday = new Map<string, Map<number, WorkDay>>();
  for (const { staff, weekday, works, breaks } of week) mapOf(byWeekday, staff).set(weekday, workDay(minuteSpans(works), minuteSpans(breaks)));
  const byDay = new Map<string, Map<string, WorkDay>>();
  for (const { staff, day, works, breaks } of days) mapOf(byDay, staff).set(day, workDay(minuteSpans(works), minuteSpans(breaks)));
  return { week: byWeekday, days: byDay };
}

function mapOf<K, V>(maps: Map<string, Map<K, V>>, name: string): Map<K, V> {
  const map = maps.get(name) ?? new Map<K, V>();
  maps.set(name, map);
  return map;
}

/** `{[540,720),[780,1080)}`: PostgreSQL writes multiranges sorted, merged and half open. */
function minuteSpans(multirange: string): MinuteSpan[] {
  return [...multirange.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]): MinuteSpan => [Number(from), Number(to)]);
}
