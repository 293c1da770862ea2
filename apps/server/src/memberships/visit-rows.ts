import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface MembershipVisit {
  readonly id: string;
  readonly membershipId: string;
  readonly status: 'reserved' | 'used' | 'returned';
  readonly because: string;
  readonly serviceName: string;
  readonly appointmentId: string;
  readonly bookingId: string;
  readonly timeZone: string;
  readonly locationName: string;
  readonly startsAt: Date;
  readonly at: Date;
}

/** What these memberships were used for, newest first. */
export async function visitsOf(q: Queryable, chainId: string, membershipIds: readonly string[]): Promise<readonly MembershipVisit[]> {
  if (membershipIds.length === 0) return [];
  const { rows } = await sql<MembershipVisit>`
    select v.visit_id id, v.membership_id "membershipId", v.status, v.because, coalesce(s.name, '') "serviceName", v.appointment_id "appointmentId",
           a.booking_id "bookingId", l.time_zone "timeZone", l.name "locationName", a.starts_at "startsAt", v.changed_at at
      from membership_visits v join appointments a on a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
      join locations l on l.chain_id = v.chain_id and l.location_id = v.location_id
      left join services s on s.chain_id = v.chain_id and s.location_id = v.location_id and s.service_id = v.service_id
     where v.chain_id = ${chainId} and v.membership_id = any (${[...membershipIds]}::text[]) order by a.starts_at desc, v.visit_id limit 500`.execute(
    q,
  );
  return rows;
}

export function shownVisit({ id, status, because, serviceName, appointmentId, locationName, startsAt, at }: MembershipVisit) {
  return { id, status, because, serviceName, appointmentId, locationName, startsAt: startsAt.toISOString(), at: at.toISOString() };
}
