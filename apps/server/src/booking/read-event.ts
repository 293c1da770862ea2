import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

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

/** An event of this location; undefined: there is none. `at` decides which holds have run out. */
export async function readEvent(q: Queryable, scope: Scope, eventId: string, at: Date): Promise<BookableEvent | undefined> {
  const { rows } = await sql<BookableEvent>`
    select e.event_id "eventId", e.service_id "serviceId", e.staff_id "staffId", e.title, e.starts_at "startsAt", e.ends_at "endsAt", lower(e.busy) "busyFrom",
           upper(e.busy) "busyTo", e.status, e.version,
           (e.capacity - e.places_taken - e.places_offered
             + coalesce((select sum(a.places) from appointments a
                          where a.chain_id = e.chain_id and a.event_id = e.event_id and a.status = 'held' and a.frees_at <= ${at}), 0))::int "placesLeft"
      from events e where e.chain_id = ${scope.chainId} and e.location_id = ${scope.locationId} and e.event_id = ${eventId}`.execute(q);
  return rows[0];
}
