import type { AppointmentStatus, AttemptStatus } from '@holdfast/contract/steps';
import { CompiledQuery } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Database, Queryable } from '../kit/database.ts';

/** An appointment as the calendar's statement gives it. Amounts are JSON integers, instants PostgreSQL's JSON (`2026-03-03T10:00:00+00:00`). */
export interface CalendarRow {
  readonly id: string;
  readonly version: number;
  readonly staffId: string;
  readonly status: AppointmentStatus;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly busyFrom: string;
  readonly busyTo: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly clientPhone: string | null;
  readonly serviceIds: readonly string[];
  readonly serviceNames: readonly string[];
  readonly hasComment: boolean;
  readonly anyStaff: boolean;
  readonly costMinor: number;
  readonly dueMinor: number;
  readonly paidMinor: number;
  readonly holdExpiresAt: string | null;
  readonly blockedUntil: string | null;
  readonly attemptStatus: AttemptStatus | null;
  readonly payableUntil: string | null;
  readonly credited: boolean;
  /** Places at a group event; null: a time of its own. */
  readonly eventId: string | null;
  readonly places: number;
}

/** A group event as the board shows it. Instants as in {@link CalendarRow}. */
export interface EventRow {
  readonly id: string;
  readonly version: number;
  readonly staffId: string;
  readonly serviceId: string;
  readonly title: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly busyFrom: string;
  readonly busyTo: string;
  readonly capacity: number;
  readonly placesTaken: number;
  readonly placesOffered: number;
}

export interface BlockRow {
  readonly staffId: string;
  readonly kind: 'break' | 'event';
  readonly from: string;
  readonly to: string;
}

// The database writes the whole answer as one text: making Date objects of thousands of instants costs more than finding them. What is being paid just now
// and what waits for a choice are few, and are found first.
const appointmentsWhere = (which: string) => `
  select coalesce(json_agg(x), '[]') from (
    select a.appointment_id id, a.version, a.staff_id "staffId", a.status, a.starts_at "startsAt", a.ends_at "endsAt", lower(a.busy) "busyFrom", upper(a.busy) "busyTo",
           a.client_id "clientId", c.name "clientName", c.phone "clientPhone", s.ids "serviceIds", s.names "serviceNames", (a.comment <> '' or b.comment <> '') "hasComment",
           a.any_staff "anyStaff", a.cost_minor "costMinor", a.due_minor "dueMinor", a.paid_minor "paidMinor", a.hold_expires_at "holdExpiresAt",
           a.payment_blocked_until "blockedUntil", v.status "attemptStatus", v.payable_until "payableUntil", w.appointment_id is not null credited, a.event_id "eventId", a.places
      from appointments a
      join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
      join bookings b on b.chain_id = a.chain_id and b.booking_id = a.booking_id
      left join live v on v.appointment_id = a.appointment_id
      left join waiting w on w.appointment_id = a.appointment_id
      left join lateral (select array_agg(l.service_id order by l.line_no) ids, array_agg(l.name order by l.line_no) names
                           from appointment_services l where l.chain_id = a.chain_id and l.appointment_id = a.appointment_id) s on true
     where a.chain_id = $1 and a.location_id = $2 and ($3::text is null or a.staff_id = $3) and ${which}
     order by a.starts_at, a.appointment_id) x`;

const PAID_JUST_NOW = `
  with live as materialized (
    select l.purpose_id appointment_id, (array_agg(p.status order by p.status = 'processing' desc, p.created_at desc))[1] status,
           (array_agg(p.payable_until order by p.status = 'processing' desc, p.created_at desc))[1] payable_until
      from payment_attempts p join payment_lines l on l.chain_id = p.chain_id and l.attempt_id = p.attempt_id and l.purpose_kind = 'appointment'
     where p.chain_id = $1 and p.location_id = $2 and p.status in ('intended', 'open', 'processing') and p.superseded_at is null group by 1),
  waiting as materialized (
    select distinct t.subject_id appointment_id from attention t
      join payment_lines l on l.chain_id = t.chain_id and l.attempt_id = t.attempt_id and l.purpose_kind = t.subject_kind and l.purpose_id = t.subject_id
     where t.chain_id = $1 and t.location_id = $2 and t.resolved_at is null and t.kind = 'late_payment' and t.subject_kind = 'appointment'
       and l.outcome = 'credited' and l.refunded_minor < l.placed_minor)`;

const CALENDAR = `${PAID_JUST_NOW}
  select (select rules_version::text from locations where chain_id = $1 and location_id = $2) version,
         (${appointmentsWhere(`a.starts_at >= $4::timestamptz - interval '26 hours' and a.starts_at < $5::timestamptz and upper(a.busy) > $4::timestamptz and a.event_id is null
            and a.status in ('held', 'waiting', 'confirmed', 'arrived', 'no_show') and (a.frees_at is null or a.frees_at > $6::timestamptz)`)})::text appointments,
         (select coalesce(json_agg(json_build_object('staffId', o.resource_id, 'kind', o.source_kind, 'from', lower(o.span), 'to', upper(o.span)) order by lower(o.span)), '[]')
            from staff m join occupancy o on o.chain_id = m.chain_id and o.resource_id = m.staff_id
           where m.chain_id = $1 and m.location_id = $2 and ($3::text is null or m.staff_id = $3) and o.source_kind in ('break', 'event') and o.location_id = $2
             and lower(o.span) >= $4::timestamptz - interval '26 hours' and lower(o.span) < $5::timestamptz and upper(o.span) > $4::timestamptz)::text blocks,
         (select coalesce(json_agg(json_build_object('id', e.event_id, 'version', e.revision, 'staffId', e.staff_id, 'serviceId', e.service_id, 'title', coalesce(nullif(e.title, ''), s.name),
                   'startsAt', e.starts_at, 'endsAt', e.ends_at, 'busyFrom', lower(e.busy), 'busyTo', upper(e.busy), 'capacity', e.capacity,
                   'placesTaken', e.places_taken, 'placesOffered', e.places_offered) order by e.starts_at, e.event_id), '[]')
            from events e join services s on s.chain_id = e.chain_id and s.location_id = e.location_id and s.service_id = e.service_id
           where e.chain_id = $1 and e.location_id = $2 and ($3::text is null or e.staff_id = $3) and e.status = 'open'
             and e.starts_at >= $4::timestamptz - interval '26 hours' and e.starts_at < $5::timestamptz and upper(e.busy) > $4::timestamptz)::text events`;

const SOME = `${PAID_JUST_NOW} select (${appointmentsWhere('a.appointment_id = any($4::text[])')})::text appointments`;

/** What stands in the calendar between two instants, in everybody's columns or in one. `version` undefined: there is no such location. */
export async function calendarBetween(
  db: Database,
  { chainId, locationId }: Scope,
  { staffId, from, to, at }: { staffId: string | undefined; from: Date; to: Date; at: Date },
): Promise<{ version: bigint | undefined; appointments: readonly CalendarRow[]; blocks: readonly BlockRow[]; events: readonly EventRow[] }> {
  const [row] = await db.prepared<{ version: string | null; appointments: string; blocks: string; events: string }>('calendar_between', CALENDAR, [
    chainId,
    locationId,
    staffId ?? null,
    from.toISOString(),
    to.toISOString(),
    at.toISOString(),
  ]);
  return {
    version: row?.version ? BigInt(row.version) : undefined,
    appointments: JSON.parse(row?.appointments ?? '[]') as CalendarRow[],
    blocks: JSON.parse(row?.blocks ?? '[]') as BlockRow[],
    events: JSON.parse(row?.events ?? '[]') as EventRow[],
  };
}

/** Some of the location's appointments, whatever their status; those that are not there are left out. */
export async function calendarAppointments(
  q: Queryable,
  { chainId, locationId }: Scope,
  staffId: string | undefined,
  ids: readonly string[],
): Promise<readonly CalendarRow[]> {
  const { rows } = await q.executeQuery<{ appointments: string }>(CompiledQuery.raw(SOME, [chainId, locationId, staffId ?? null, ids]));
  return JSON.parse(rows[0]?.appointments ?? '[]') as CalendarRow[];
}
