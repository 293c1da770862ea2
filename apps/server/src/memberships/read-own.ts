import type { MyMemberships, OwnMemberships } from '@holdfast/contract/memberships';
import type { MyBookingsAsked } from '@holdfast/contract/my-bookings';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import type { SignedLinks } from '../kit/signed-links.ts';
import { confirmedPhone } from './confirmed-phone.ts';
import type { MembershipsContext } from './context.ts';
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

/** Where bookings and memberships have their own pages. */
export interface OwnPages extends Pick<MembershipsContext, 'membershipLinks'> {
  readonly tokens: SignedLinks<'bookingId'>;
}

/** All memberships of whoever has just confirmed this telephone, with the visits that are booked with them. Refuses with `phone_not_confirmed` and `invalid_phone`. */
export async function readMyMemberships(
  q: Queryable,
  scope: Scope,
  asked: MyBookingsAsked,
  { pages, at }: { pages: OwnPages; at: Date },
): Promise<MyMemberships> {
  const { chainId } = scope;
  const phone = await confirmedPhone(q, scope, { draftId: asked.draftId, phoneConfirmation: asked.proof, client: { phone: asked.phone } }, at);
  const { rows: known } = await sql<{ id: string; name: string }>`
    select o.client_id id, o.name from clients c join clients o on o.chain_id = c.chain_id and o.client_id = coalesce(c.merged_into, c.client_id)
     where c.chain_id = ${chainId} and c.phone = ${phone}`.execute(q);
  const [client] = known;
  const rows = client ? (await membershipsOf(q, chainId, client.id)).filter(({ soldAt }) => soldAt !== null) : [];
  const visits = await visitsOf(
    q,
    chainId,
    rows.map(({ id }) => id),
  );
  return {
    clientName: client?.name ?? '',
    memberships: rows.map((row) => ({
      ...standingOf(row, at),
      timeZone: row.timeZone,
      pageUrl: row.way === 'link' ? pages.membershipLinks.urlOf(chainId, row.id) : null,
      booked: visits
        .filter(({ membershipId, status }) => membershipId === row.id && status === 'reserved')
        .map(({ serviceName, locationName, timeZone, startsAt, bookingId }) => ({
          serviceName,
          locationName,
          timeZone,
          startsAt: startsAt.toISOString(),
          token: pages.tokens.sign(chainId, bookingId),
        }))
        .reverse(),
    })),
  };
}
