import type { AppointmentStatus } from '@holdfast/contract/steps';
import { occupyingStatuses } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface Visits {
  readonly visits: number;
  readonly lastVisitAt: Date | null;
}

/** How often these clients come or came, and when last or next; of the whole chain. */
export async function countVisits(q: Queryable, chainId: string, clientIds: readonly string[]): Promise<ReadonlyMap<string, Visits>> {
  if (clientIds.length === 0) return new Map();
  const { rows } = await sql<Visits & { clientId: string }>`
    select client_id "clientId", count(*)::int visits, max(starts_at) "lastVisitAt" from appointments
     where chain_id = ${chainId} and client_id = any(${[...clientIds]}) and status = any(${[...occupyingStatuses]}) and status <> 'no_show'
     group by client_id`.execute(q);
  return new Map(rows.map(({ clientId, ...one }) => [clientId, one]));
}

export interface Visit {
  readonly appointmentId: string;
  readonly locationId: string;
  readonly locationSlug: string;
  readonly locationName: string;
  readonly timeZone: string;
  readonly status: AppointmentStatus;
  readonly startsAt: Date;
  readonly staffId: string;
  readonly staffName: string;
  readonly serviceNames: readonly string[];
  readonly costMinor: bigint;
  readonly paidMinor: bigint;
  readonly currency: string;
  /** Of the client; null where staff booked and nobody was asked. */
  readonly consent: { readonly version: number; readonly at: string } | null;
}

/** A client's appointments at these locations, newest first. */
export async function visitsOfClient(
  q: Queryable,
  { chainId, locationIds, clientId }: { chainId: string; locationIds: readonly string[]; clientId: string },
  limit: number,
): Promise<readonly Visit[]> {
  const { rows } = await sql<Visit>`
    select a.appointment_id "appointmentId", a.location_id "locationId", l.slug "locationSlug", l.name "locationName", l.time_zone "timeZone", a.status,
           a.starts_at "startsAt", a.staff_id "staffId", s.name "staffName", a.cost_minor "costMinor", a.paid_minor "paidMinor", a.currency,
           case when (a.consent->>'terms')::boolean then jsonb_build_object('version', a.consent->'version', 'at', a.consent->'at') end consent,
           (select coalesce(jsonb_agg(v.name order by v.line_no), '[]') from appointment_services v
             where v.chain_id = a.chain_id and v.appointment_id = a.appointment_id) "serviceNames"
      from appointments a join locations l on l.chain_id = a.chain_id and l.location_id = a.location_id
      join staff s on s.chain_id = a.chain_id and s.location_id = a.location_id and s.staff_id = a.staff_id
     where a.chain_id = ${chainId} and a.client_id = ${clientId} and a.location_id = any(${[...locationIds]})
     order by a.starts_at desc, a.appointment_id limit ${limit}`.execute(q);
  return rows;
}

/** A merged client's bookings and appointments become the survivor's. */
export async function adoptVisits(q: Queryable, chainId: string, survivor: string, other: string): Promise<void> {
  await sql`update bookings set client_id = ${survivor} where chain_id = ${chainId} and client_id = ${other}`.execute(q);
  await sql`update appointments set client_id = ${survivor} where chain_id = ${chainId} and client_id = ${other}`.execute(q);
}

/** What a client typed when booking goes; when, what and how much stays. Answers how many of their appointments are still to come. */
export async function forgetInVisits(q: Queryable, chainId: string, clientId: string, at: Date): Promise<{ upcoming: number }> {
  await sql`
    update bookings set contact = '{"name": "", "phone": "", "email": ""}', comment = '', live_draft = null,
           phone = case when phone is null then null else '' end, address_hash = case when address_hash is null then null else '' end
     where chain_id = ${chainId} and client_id = ${clientId}`.execute(q);
  await sql`update appointments set consent = consent - 'addressHash' where chain_id = ${chainId} and client_id = ${clientId}`.execute(q);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from appointments
     where chain_id = ${chainId} and client_id = ${clientId} and starts_at > ${at} and status = any(${[...occupyingStatuses]})`.execute(q);
  return { upcoming: rows[0]?.n ?? 0 };
}

/** What a client's payments were for: their bookings, and their appointments as visits. */
export async function ordersOfClient(q: Queryable, chainId: string, clientId: string): Promise<readonly { kind: string; id: string }[]> {
  const { rows } = await sql<{ kind: string; id: string }>`
    select 'booking' kind, booking_id id from bookings where chain_id = ${chainId} and client_id = ${clientId}
    union all select 'visit', appointment_id from appointments where chain_id = ${chainId} and client_id = ${clientId}`.execute(q);
  return rows;
}

/** What a client typed at each of their bookings, for a copy of their data. */
export async function typedByClient(q: Queryable, chainId: string, clientId: string): Promise<readonly unknown[]> {
  const { rows } = await sql<{ typed: unknown }>`
    select jsonb_build_object('madeAt', created_at, 'contact', contact, 'comment', comment, 'language', language) typed
      from bookings where chain_id = ${chainId} and client_id = ${clientId} order by created_at`.execute(q);
  return rows.map(({ typed }) => typed);
}
