import type { AppointmentStatus } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import type { PayWay } from './store.ts';

/** What the booking window shows besides what the calendar shows. Amounts are JSON integers. */
export interface AppointmentMore {
  readonly bookingId: string;
  readonly staffName: string;
  readonly currency: string;
  readonly event: { readonly id: string; readonly title: string; readonly places: number } | null;
  readonly comment: string;
  readonly clientComment: string;
  readonly bookedBy: 'client' | 'staff';
  readonly createdAt: Date;
  readonly durationMinutes: number;
  readonly email: string | null;
  readonly visits: number;
  readonly noShows: number;
  readonly services: readonly {
    readonly serviceId: string;
    readonly name: string;
    readonly durationMinutes: number;
    readonly priceMinMinor: number;
    readonly priceMaxMinor: number;
    readonly costMinor: number;
    readonly pay: PayWay;
  }[];
  readonly others: readonly {
    readonly id: string;
    readonly startsAt: string;
    readonly staffId: string;
    readonly staffName: string;
    readonly status: AppointmentStatus;
  }[];
  readonly changes: readonly {
    readonly no: number;
    readonly at: string;
    readonly what: string;
    readonly by: string;
    readonly detail: Record<string, unknown>;
  }[];
}

/** `locationIds`: where the viewer may look, for the client's visits. */
export async function appointmentMore(
  q: Queryable,
  { chainId, locationId }: Scope,
  appointmentId: string,
  locationIds: readonly string[],
): Promise<AppointmentMore | undefined> {
  const { rows } = await sql<AppointmentMore>`
    select a.booking_id "bookingId", s.name "staffName", a.currency,
           (select jsonb_build_object('id', e.event_id, 'title', coalesce(nullif(e.title, ''), k.name), 'places', a.places)
              from events e join services k on k.chain_id = e.chain_id and k.location_id = e.location_id and k.service_id = e.service_id
             where e.chain_id = a.chain_id and e.event_id = a.event_id) event, a.comment, b.comment "clientComment", a.booked_by "bookedBy", a.created_at "createdAt",
           (extract(epoch from a.ends_at - a.starts_at) / 60)::int "durationMinutes", c.email, seen.visits, seen."noShows",
           (select coalesce(jsonb_agg(jsonb_build_object('serviceId', l.service_id, 'name', l.name, 'durationMinutes', l.duration_minutes, 'priceMinMinor', l.price_min_minor,
                     'priceMaxMinor', l.price_max_minor, 'costMinor', coalesce(l.cost_minor, l.price_min_minor), 'pay', l.pay) order by l.line_no), '[]')
              from appointment_services l where l.chain_id = a.chain_id and l.appointment_id = a.appointment_id) services,
           (select coalesce(jsonb_agg(jsonb_build_object('id', o.appointment_id, 'startsAt', o.starts_at, 'staffId', o.staff_id, 'staffName', p.name, 'status', o.status)
                     order by o.line_no), '[]')
              from appointments o join staff p on p.chain_id = o.chain_id and p.location_id = o.location_id and p.staff_id = o.staff_id
             where o.chain_id = a.chain_id and o.booking_id = a.booking_id and o.appointment_id <> a.appointment_id) others,
           (select coalesce(jsonb_agg(jsonb_build_object('no', h.change_no, 'at', h.at, 'what', h.what, 'by', h.by_whom, 'detail', h.detail) order by h.change_no desc), '[]')
              from appointment_changes h where h.chain_id = a.chain_id and h.appointment_id = a.appointment_id) changes
      from appointments a
      join bookings b on b.chain_id = a.chain_id and b.booking_id = a.booking_id
      join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
      join staff s on s.chain_id = a.chain_id and s.location_id = a.location_id and s.staff_id = a.staff_id
      cross join lateral (select count(*) filter (where v.status = 'arrived')::int visits, count(*) filter (where v.status = 'no_show')::int "noShows"
                            from appointments v where v.chain_id = a.chain_id and v.client_id = a.client_id and v.location_id = any(${locationIds}::text[])) seen
     where a.chain_id = ${chainId} and a.location_id = ${locationId} and a.appointment_id = ${appointmentId}`.execute(q);
  return rows[0];
}

/** The versions of a booking's appointments. */
export async function versionsIn(q: Queryable, chainId: string, bookingId: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; version: number }>`
    select appointment_id id, version from appointments where chain_id = ${chainId} and booking_id = ${bookingId}`.execute(q);
  return new Map(rows.map(({ id, version }) => [id, version]));
}
