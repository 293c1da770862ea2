import type { EventDate, SalonEvent } from '@holdfast/contract/events';
import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { CalendarViewer } from '../booking/calendar-viewer.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { PlannedTime } from './plan-dates.ts';
import type { Pattern } from './series-days.ts';

export interface EventRow extends PlannedTime {
  readonly eventId: string;
  readonly revision: number;
  readonly seriesId: string | null;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly staffName: string;
  readonly title: string;
  readonly description: string;
  readonly capacity: number;
  readonly placesTaken: number;
  readonly placesHeld: number;
  readonly placesOffered: number;
  readonly status: 'open' | 'cancelled';
  readonly cancelled: { readonly at: string; readonly because: string; readonly by: { readonly id: string; readonly name: string } } | null;
  readonly stillToCancel: number;
}

async function eventsWhere(q: Queryable, { chainId, locationId }: Scope, which: RawBuilder<unknown>): Promise<readonly EventRow[]> {
  const { rows } = await sql<EventRow>`
    select e.event_id "eventId", e.revision, e.series_id "seriesId", e.service_id "serviceId", k.name "serviceName", e.staff_id "staffId", s.name "staffName", e.title,
           e.description, e.starts_at "startsAt", e.ends_at "endsAt", lower(e.busy) "busyFrom", upper(e.busy) "busyTo", e.capacity, e.places_taken "placesTaken",
           e.places_offered "placesOffered", e.status, e.cancelled, coalesce(a.held, 0)::int "placesHeld", coalesce(a.standing, 0)::int "stillToCancel"
      from events e
      join services k on k.chain_id = e.chain_id and k.location_id = e.location_id and k.service_id = e.service_id
      join staff s on s.chain_id = e.chain_id and s.location_id = e.location_id and s.staff_id = e.staff_id
      left join lateral (select sum(x.places) filter (where x.status = 'held') held, count(*) filter (where e.status = 'cancelled' and x.status in ('held', 'waiting', 'confirmed')) standing
                           from appointments x where x.chain_id = e.chain_id and x.event_id = e.event_id) a on true
     where e.chain_id = ${chainId} and e.location_id = ${locationId} and ${which} order by e.starts_at, e.event_id`.execute(q);
  return rows;
}

/** In somebody's column, or in everybody's. */
export async function eventsBetween(
  q: Queryable,
  scope: Scope,
  { from, to, staffId, serviceId }: { from: Date; to: Date; staffId?: string | undefined; serviceId?: string | undefined },
): Promise<readonly EventRow[]> {
  return eventsWhere(
    q,
    scope,
    sql`e.starts_at >= ${from} and e.starts_at < ${to} and (${staffId ?? null}::text is null or e.staff_id = ${staffId ?? null})
        and (${serviceId ?? null}::text is null or e.service_id = ${serviceId ?? null})`,
  );
}

export async function eventById(q: Queryable, scope: Scope, eventId: string): Promise<EventRow | undefined> {
  return (await eventsWhere(q, scope, sql`e.event_id = ${eventId}`))[0];
}

/** Of a series those that are open and begin then or later. */
export async function openOfSeries(q: Queryable, scope: Scope, seriesId: string, from: Date): Promise<readonly EventRow[]> {
  return eventsWhere(q, scope, sql`e.series_id = ${seriesId} and e.status = 'open' and e.starts_at >= ${from}`);
}

export function salonEventOf(row: EventRow): SalonEvent {
  return {
    id: row.eventId,
    version: row.revision,
    seriesId: row.seriesId,
    serviceId: row.serviceId,
    serviceName: row.serviceName,
    title: row.title || row.serviceName,
    staffId: row.staffId,
    staffName: row.staffName,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    capacity: row.capacity,
    placesTaken: row.placesTaken,
    placesHeld: row.placesHeld,
    placesOffered: row.placesOffered,
    placesLeft: row.capacity - row.placesTaken - row.placesOffered,
    status: row.status,
    stillToCancel: row.stillToCancel,
  };
}

/** What takes each of these times already, by their number; holds that have run out do not count. */
export async function whatIsThere(
  q: Queryable,
  { place, clients }: CalendarViewer,
  times: readonly PlannedTime[],
  own: readonly string[],
): Promise<ReadonlyMap<number, NonNullable<EventDate['by']>>> {
  const { chainId, locationId } = place.scope;
  const asked = times.map(({ staffId, busyFrom, busyTo }) => ({ staffId, from: busyFrom, to: busyTo }));
  const { rows } = await sql<{ no: bigint; kind: NonNullable<EventDate['by']>['kind']; from: Date; to: Date; name: string | null }>`
    select x.no - 1 no, o.kind, o."from", o."to", o.name
      from jsonb_array_elements(${JSON.stringify(asked)}::jsonb) with ordinality x(t, no)
      cross join lateral (
        select o.source_kind kind, coalesce(a.starts_at, e.starts_at, lower(o.span)) "from", coalesce(a.ends_at, e.ends_at, upper(o.span)) "to",
               coalesce(c.name, nullif(e.title, ''), s.name, '') "name"
          from occupancy o
          left join appointments a on o.source_kind = 'appointment' and a.chain_id = o.chain_id and a.appointment_id = o.source_id
          left join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id and ${clients}
          left join events e on o.source_kind = 'event' and e.chain_id = o.chain_id and e.event_id = o.source_id
          left join services s on s.chain_id = e.chain_id and s.location_id = e.location_id and s.service_id = e.service_id
         where o.chain_id = ${chainId} and o.location_id = ${locationId} and o.resource_id = t->>'staffId'
           and o.span && tstzrange((t->>'from')::timestamptz, (t->>'to')::timestamptz)
           and not (o.source_kind = 'event' and o.source_id = any(${[...own]}::text[]))
         order by lower(o.span) limit 1) o`.execute(q);
  return new Map(
    rows.map(({ no, kind, from, to, name }) => [Number(no), { kind, from: from.toISOString(), to: to.toISOString(), name: name ?? '' }]),
  );
}

export interface SeriesRow {
  readonly seriesId: string;
  readonly serviceId: string;
  readonly rule: Pattern;
  readonly firstDay: string;
  readonly lastDay: string;
}

export async function seriesById(q: Queryable, { chainId, locationId }: Scope, seriesId: string): Promise<SeriesRow | undefined> {
  const { rows } = await sql<SeriesRow>`
    select series_id "seriesId", service_id "serviceId", rule, first_day::text "firstDay", last_day::text "lastDay" from event_series
     where chain_id = ${chainId} and location_id = ${locationId} and series_id = ${seriesId}`.execute(q);
  return rows[0];
}

export async function insertSeries(
  tx: Tx,
  { chainId, locationId }: Scope,
  series: SeriesRow & { except: readonly string[] },
  at: Date,
): Promise<void> {
  await sql`
    insert into event_series (chain_id, location_id, series_id, service_id, rule, except_days, first_day, last_day, created_at, changed_at)
    values (${chainId}, ${locationId}, ${series.seriesId}, ${series.serviceId}, ${JSON.stringify(series.rule)}::jsonb, ${[...series.except]}::date[],
            ${series.firstDay}, ${series.lastDay}, ${at}, ${at})`.execute(tx);
}

/** Its events are on other days from now on: so is what it is extended by. */
export async function shiftSeries(tx: Tx, { chainId, locationId }: Scope, seriesId: string, days: number, at: Date): Promise<void> {
  await sql`
    update event_series set first_day = first_day + ${days}::int, last_day = last_day + ${days}::int, changed_at = ${at},
           rule = jsonb_set(rule, '{weekdays}', coalesce((
             select jsonb_agg(moved order by moved) from (
               select ((weekday::int - 1 + ${days}::int) % 7 + 7) % 7 + 1 moved from jsonb_array_elements_text(rule->'weekdays') weekday) w), '[]'))
     where chain_id = ${chainId} and location_id = ${locationId} and series_id = ${seriesId}`.execute(tx);
}

/** Taken and made, or false: something else is there. */
export async function insertEvent(
  tx: Tx,
  scope: Scope,
  event: PlannedTime & { eventId: string; seriesId: string | null; serviceId: string; title: string; description: string; capacity: number },
  at: Date,
): Promise<boolean> {
  const { chainId, locationId } = scope;
  if (!(await takeSpan(tx, scope, event.eventId, event, at))) return false;
  await sql`
    insert into events (chain_id, event_id, location_id, series_id, service_id, staff_id, title, description, starts_at, ends_at, busy, capacity, created_at, changed_at)
    values (${chainId}, ${event.eventId}, ${locationId}, ${event.seriesId}, ${event.serviceId}, ${event.staffId}, ${event.title}, ${event.description}, ${event.startsAt},
            ${event.endsAt}, tstzrange(${event.busyFrom}, ${event.busyTo}), ${event.capacity}, ${at}, ${at})`.execute(tx);
  return true;
}

export async function takeSpan(
  tx: Tx,
  { chainId, locationId }: Scope,
  eventId: string,
  { staffId, busyFrom, busyTo }: PlannedTime,
  at: Date,
): Promise<boolean> {
  const { rows } = await sql<{ got: boolean }>`
    select claim_span(${chainId}, ${locationId}, ${staffId}, tstzrange(${busyFrom}, ${busyTo}), 'event', ${eventId}, null, ${at}) got`.execute(tx);
  return rows[0]?.got === true;
}

export async function giveUpTime(tx: Tx, { chainId }: Scope, eventIds: readonly string[]): Promise<void> {
  await sql`delete from occupancy where chain_id = ${chainId} and source_kind = 'event' and source_id = any(${[...eventIds]})`.execute(tx);
}

/** `version` moves with what clients agreed to; `revision` with everything staff change. */
export async function updateEvent(
  tx: Tx,
  { chainId }: Scope,
  eventId: string,
  to: PlannedTime & { title: string; description: string; capacity: number },
  at: Date,
): Promise<void> {
  await sql`
    update events set staff_id = ${to.staffId}, title = ${to.title}, description = ${to.description}, starts_at = ${to.startsAt}, ends_at = ${to.endsAt},
           busy = tstzrange(${to.busyFrom}, ${to.busyTo}), capacity = ${to.capacity}, revision = revision + 1, changed_at = ${at},
           version = version + case when (staff_id, starts_at, ends_at) = (${to.staffId}, ${to.startsAt}::timestamptz, ${to.endsAt}::timestamptz) then 0 else 1 end
     where chain_id = ${chainId} and event_id = ${eventId}`.execute(tx);
}

export async function closeEvents(
  tx: Tx,
  scope: Scope,
  eventIds: readonly string[],
  cancelled: { because: string; by: { id: string; name: string } },
  at: Date,
): Promise<void> {
  await sql`
    update events set status = 'cancelled', cancelled = ${JSON.stringify({ at: at.toISOString(), ...cancelled })}::jsonb, revision = revision + 1, version = version + 1, changed_at = ${at}
     where chain_id = ${scope.chainId} and event_id = any(${[...eventIds]})`.execute(tx);
  await giveUpTime(tx, scope, eventIds);
}

/** Cancelled events with bookings that still stand, whatever their location; nothing is skipped for long. */
export async function eventsToEmpty(
  q: Queryable,
  limit: number,
): Promise<readonly { chainId: string; locationId: string; eventId: string; cancelled: NonNullable<EventRow['cancelled']> }[]> {
  const { rows } = await sql<{ chainId: string; locationId: string; eventId: string; cancelled: NonNullable<EventRow['cancelled']> }>`
    select chain_id "chainId", location_id "locationId", event_id "eventId", cancelled from events
     where status = 'cancelled' and emptied_at is null order by changed_at limit ${limit}`.execute(q);
  return rows;
}

/** Unless a booking of it still stands. */
export async function markEmptied(q: Queryable, chainId: string, eventId: string, at: Date): Promise<void> {
  await sql`
    update events e set emptied_at = ${at}
     where chain_id = ${chainId} and event_id = ${eventId} and status = 'cancelled'
       and not exists (select 1 from appointments a where a.chain_id = e.chain_id and a.event_id = e.event_id and a.status in ('held', 'waiting', 'confirmed'))`.execute(
    q,
  );
}

/** Goes to the end of the queue: what is being checked just now is tried again after the others. */
export async function tryLater(q: Queryable, chainId: string, eventId: string, at: Date): Promise<void> {
  await sql`update events set changed_at = ${at} where chain_id = ${chainId} and event_id = ${eventId} and emptied_at is null`.execute(q);
}
