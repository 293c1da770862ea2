import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Prepared, Queryable } from '../kit/database.ts';

/** A group event, as a client may book it. Instants UTC. */
export interface BookableEvent {
  readonly eventId: string;
  readonly serviceId: string;
  readonly staffId: string;
  /** Empty: the service's name. */
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** With buffers: what it takes of its team member's time. */
  readonly busyFrom: Date;
  readonly busyTo: Date;
  readonly status: 'open' | 'cancelled';
  /** Moves with what is agreed: time, person, service. */
  readonly version: number;
  /** Those whose hold has run out are free. */
  readonly placesLeft: number;
}

const ABOUT = `e.event_id "eventId", e.service_id "serviceId", e.staff_id "staffId", e.title, e.starts_at "startsAt", e.ends_at "endsAt",
  lower(e.busy) "busyFrom", upper(e.busy) "busyTo", e.status, e.version`;

/** An event of this location; undefined: there is none. `at` decides which holds have run out. */
export async function readEvent(q: Queryable, scope: Scope, eventId: string, at: Date): Promise<BookableEvent | undefined> {
  const { rows } = await sql<BookableEvent>`
    select ${sql.raw(ABOUT)},
           (e.capacity - e.places_taken - e.places_offered
             + coalesce((select sum(a.places) from appointments a
                          where a.chain_id = e.chain_id and a.event_id = e.event_id and a.status = 'held' and a.frees_at <= ${at}), 0))::int "placesLeft"
      from events e where e.chain_id = ${scope.chainId} and e.location_id = ${scope.locationId} and e.event_id = ${eventId}`.execute(q);
  return rows[0];
}

export interface ClaimOfPlaces {
  readonly eventId: string;
  readonly places: number;
  readonly at: Date;
  /** What begins before is not to be booked any more. */
  readonly startsFrom: Date;
  /** Whoever wants to know about the same event: which of them have a booking already. */
  readonly drafts: readonly string[];
}

interface ClaimableEvent {
  readonly event: BookableEvent;
  /** No such claim could succeed now, except by one of those drafts who have a booking: it may be of this event. */
  readonly full?: { readonly placesLeft: number; readonly booked: ReadonlySet<string> };
}

// full: too few places are left, and nothing is about to become free
const CLAIMABLE = `
  select (select row_to_json(about) from (select ${ABOUT}, room "placesLeft") about) event,
         case when e.status = 'open' and room < $4 and e.starts_at >= $7
               and not exists (select from appointments a where a.chain_id = $1 and a.event_id = $3 and a.status = 'held' and a.frees_at <= $5)
               and not exists (select from waiting_entries w where w.chain_id = $1 and w.event_id = $3 and w.kind = 'event' and w.status = 'offered' and w.offered_until <= $5)
              then array(select b.live_draft from bookings b where b.chain_id = $1 and b.live_draft = any($6)) end booked
    from events e cross join lateral (select e.capacity - e.places_taken - e.places_offered room) left_over
   where e.chain_id = $1 and e.location_id = $2 and e.event_id = $3`;

/** {@link readEvent} for a claim of its places, and whether such a claim could succeed at all; undefined: there is no such event. */
export async function readClaimableEvent(
  q: Prepared,
  scope: Scope,
  { eventId, places, at, startsFrom, drafts }: ClaimOfPlaces,
): Promise<ClaimableEvent | undefined> {
  const values = [scope.chainId, scope.locationId, eventId, places, at, drafts, startsFrom];
  const [row] = await q.prepared<{ event: Record<Instant, string> & Omit<BookableEvent, Instant>; booked: string[] | null }>(
    'claimable_event',
    CLAIMABLE,
    values,
  );
  if (!row) return undefined;
  const { startsAt, endsAt, busyFrom, busyTo } = row.event;
  const event = { ...row.event, startsAt: new Date(startsAt), endsAt: new Date(endsAt), busyFrom: new Date(busyFrom), busyTo: new Date(busyTo) };
  return row.booked ? { event, full: { placesLeft: event.placesLeft, booked: new Set(row.booked) } } : { event };
}

type Instant = 'startsAt' | 'endsAt' | 'busyFrom' | 'busyTo';
