import type { DayHours, HoursChange, ScheduleChanged, StaleHours } from '@holdfast/contract/schedule';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import type { LocationKey } from '../catalog/catalog.ts';
import { readCatalog } from '../catalog/read-catalog.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { Hours, WorkDay } from './hours.ts';
import { dayOfNumber, localDayNumber } from './local-day.ts';
import { leftOutside, type Visit } from './outside-hours.ts';
import { readHours } from './read-hours.ts';
import { toDayHours } from './read-schedule.ts';

export interface AheadVisit extends Visit {
  readonly appointmentId: string;
}

/** What changing hours has to ask of the rooms above: what is booked already with these people. */
export interface SchedulePorts {
  visitsAhead(q: Queryable, key: LocationKey, staffIds: readonly string[], at: Date): Promise<readonly AheadVisit[]>;
}

/**
 * Changes days of the week pattern and dates, of as many people as one likes, all or nothing. Each day carries what it was based on, so whoever
 * paints other days or other people is never disturbed. Appointments are not moved: those that no longer fit are answered.
 */
export async function changeHours(
  ctx: Deps & { readonly ports: SchedulePorts },
  { who, place }: { readonly who: Who; readonly place: Place },
  changes: readonly HoursChange[],
): Promise<ScheduleChanged> {
  const { chainId, locationId } = place.scope;
  const at = ctx.now();
  return ctx.db.transaction(async (tx) => {
    // as for the catalogue: every change of a location's rules takes its row first
    await sql`select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} for no key update`.execute(tx);
    const catalog = await readCatalog(tx, chainId, locationId);
    invariant(catalog, 'whoever has a role at a location finds it');
    if (!changes.every(({ staffId }) => catalog.staff.has(staffId))) throw new Problem('not_found', 404, 'There is no such team member.');
    if (new Set(changes.map(nameOf)).size < changes.length) throw new Problem('invalid_request', 400, 'One day is named twice.');
    const today = dayOfNumber(localDayNumber(catalog.location.timeZone, at.getTime()));
    if (changes.some((change) => 'day' in change && change.day < today))
      throw new Problem('step_not_allowed', 409, 'A day that is over is not changed.');
    const before = await readHours(tx, place.scope, at);
    const stale = changes.flatMap((change): StaleHours[] => {
      const kept = keptHours(before, change);
      const where = 'day' in change ? { day: change.day } : { weekday: change.weekday };
      return same(kept, change.was) ? [] : [{ staffId: change.staffId, ...where, now: kept }];
    });
    if (stale.length > 0)
      throw new Problem('changed_meanwhile', 409, 'Somebody else has changed these hours meanwhile. Nothing was overwritten.', { stale });
    for (const change of changes) await writeDay(tx, place.scope, change);
    const after = await readHours(tx, place.scope, at);
    const people = [...new Set(changes.map(({ staffId }) => staffId))];
    for (const id of people) {
      const theirs = changes.filter((change) => change.staffId === id && !same(change.was, change.becomes));
      if (theirs.length === 0) continue;
      const days = (side: 'was' | 'becomes') => Object.fromEntries(theirs.map((change) => [dayName(change), change[side]]));
      const subject = { kind: 'staff', id };
      await noteAudit(tx, ctx, who, { action: 'schedule.changed', subject, locationId, before: days('was'), after: days('becomes') });
    }
    const visits = await ctx.ports.visitsAhead(tx, place.scope, people, at);
    return {
      outside: leftOutside(before, after, catalog.location.timeZone, visits).map(({ appointmentId, staffId, startsAt, endsAt }) => ({
        appointmentId,
        staffId,
        staffName: catalog.staff.get(staffId)?.name ?? '',
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
      })),
    };
  });
}

function dayName(change: HoursChange): string {
  return 'day' in change ? change.day : `weekday ${change.weekday}`;
}

function nameOf(change: HoursChange): string {
  return `${change.staffId} ${dayName(change)}`;
}

function keptHours(hours: Hours, change: HoursChange): DayHours | null {
  const kept: WorkDay | undefined =
    'day' in change ? hours.days.get(change.staffId)?.get(change.day) : hours.week.get(change.staffId)?.get(change.weekday);
  return kept ? toDayHours(kept) : null;
}

function same(one: DayHours | null, other: DayHours | null): boolean {
  const text = (hours: DayHours | null) => (hours ? `${multirange(hours.works)} ${multirange(hours.breaks)}` : '');
  return text(one) === text(other);
}

function multirange(spans: DayHours['works']): string {
  return `{${spans.map(({ from, to }) => `[${from},${to})`).join(',')}}`;
}

async function writeDay(tx: Tx, { chainId, locationId }: LocationKey, change: HoursChange): Promise<void> {
  const { staffId, becomes } = change;
  const [table, column, value] =
    'day' in change
      ? ([sql`staff_day_hours`, sql`day`, sql`${change.day}::date`] as const)
      : ([sql`staff_week_hours`, sql`weekday`, sql`${change.weekday}`] as const);
  // a weekday without work is one without a row; a date without work has to say so, or the week's hours hold
  if (becomes === null || (becomes.works.length === 0 && !('day' in change))) {
    await sql`delete from ${table} where chain_id = ${chainId} and location_id = ${locationId} and staff_id = ${staffId} and ${column} = ${value}`.execute(
      tx,
    );
    return;
  }
  await sql`
    insert into ${table} (chain_id, location_id, staff_id, ${column}, works, breaks)
    values (${chainId}, ${locationId}, ${staffId}, ${value}, ${multirange(becomes.works)}::int4multirange, ${multirange(becomes.breaks)}::int4multirange)
    on conflict (chain_id, location_id, staff_id, ${column}) do update set works = excluded.works, breaks = excluded.breaks`.execute(tx);
}
