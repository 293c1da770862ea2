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

interface ClaimOfPlaces {
  readonly eventId: string;
  readonly places: number;
  readonly draftId: string;
  readonly at: Date;
  /** What begins before is not to be booked any more. */
  readonly startsFrom: Date;
}

// a number: so many places are left, too few, nothing is about to become free, and this draft has none
const CLAIMABLE = `
  select case when e.status = 'open' and room < $4 and e.starts_at >= $7
               and not exists (select from bookings b where b.chain_id = $1 and b.live_draft = $6)
               and not exists (select from appointments a where a.chain_id = $1 and a.event_id = $3 and a.status = 'held' and a.frees_at <= $5)
               and not exists (select from waiting_entries w where w.chain_id = $1 and w.event_id = $3 and w.kind = 'event' and w.status = 'offered' and w.offered_until <= $5)
              then to_json(room) else (select row_to_json(about) from (select ${ABOUT}, room "placesLeft") about) end answer
    from events e cross join lateral (select e.capacity - e.places_taken - e.places_offered room) left_over
   where e.chain_id = $1 and e.location_id = $2 and e.event_id = $3`;

/** {@link readEvent} for a claim of its places; a number if no such claim could succeed: how many are left. Most of a crowd need to know no more. */
export async function readClaimableEvent(
  q: Prepared,
  scope: Scope,
  { eventId, places, draftId, at, startsFrom }: ClaimOfPlaces,
): Promise<BookableEvent | number | undefined> {
  const values = [scope.chainId, scope.locationId, eventId, places, at, draftId, startsFrom];
  const [row] = await q.prepared<{ answer: number | (Record<Instant, string> & Omit<BookableEvent, Instant>) }>('claimable_event', CLAIMABLE, values);
  const answer = row?.answer;
  if (answer === undefined || typeof answer === 'number') return answer;
  const { startsAt, endsAt, busyFrom, busyTo } = answer;
  return { ...answer, startsAt: new Date(startsAt), endsAt: new Date(endsAt), busyFrom: new Date(busyFrom), busyTo: new Date(busyTo) };
}

type Instant = 'startsAt' | 'endsAt' | 'busyFrom' | 'busyTo';
