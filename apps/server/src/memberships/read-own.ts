import type { OwnMemberships } from '@holdfast/contract/memberships';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { membershipsOf } from './membership-rows.ts';
import { standingOf } from './shown-membership.ts';
import { shownVisit, visitsOf } from './visit-rows.ts';

/** The memberships of a client, for themself: only where they have shown that the phone is theirs. */
export async function readOwnMemberships(q: Queryable, { chainId }: Scope, clientId: string, at: Date): Promise<OwnMemberships['memberships']> {
  const rows = (await membershipsOf(q, chainId, clientId)).filter(({ soldAt }) => soldAt !== null);
  const visits = await visitsOf(
    q,
    chainId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    ...standingOf(row, at),
    history: visits
      .filter(({ membershipId }) => membershipId === row.id)
      .map((visit) => {
        const { id: _id, appointmentId: _appointment, ...shown } = shownVisit(visit);
        return shown;
      }),
  }));
}

/** The memberships that go with a booking; none before its phone was confirmed: whoever booked with another's number sees nothing of theirs. */
export async function readMembershipsOfBooking(q: Queryable, scope: Scope, bookingId: string, at: Date): Promise<OwnMemberships> {
  const { rows } = await sql<{ clientId: string; timeZone: string; confirmed: boolean }>`
    select coalesce(c.merged_into, c.client_id) "clientId", l.time_zone "timeZone", b.phone_confirmed_at is not null confirmed
      from bookings b join clients c on c.chain_id = b.chain_id and c.client_id = b.client_id
      join locations l on l.chain_id = b.chain_id and l.location_id = b.location_id
     where b.chain_id = ${scope.chainId} and b.booking_id = ${bookingId}`.execute(q);
  const [booking] = rows;
  return {
    memberships: booking?.confirmed ? await readOwnMemberships(q, scope, booking.clientId, at) : [],
    timeZone: booking?.timeZone ?? 'UTC',
  };
}
