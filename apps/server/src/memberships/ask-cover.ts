import type { MembershipUse, NotCoveredReason } from '@holdfast/contract/membership-use';
import type { MembershipCover, MembershipCoverAsked } from '@holdfast/contract/memberships';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { confirmedPhone } from './confirmed-phone.ts';
import { type Covering, coveringSql, spreadVisits } from './spread-visits.ts';

interface Asked {
  readonly line: number;
  readonly serviceId: string;
  readonly startsAt: Date;
  readonly places: number;
}

interface Found {
  /** In the order in which they are used. */
  readonly memberships: readonly Covering[];
  readonly reason: NotCoveredReason | null;
  readonly use: MembershipUse | null;
}

/**
 * What of a wish the memberships on a confirmed phone cover, as far as it can be said beforehand: which one it is, and whether it still has the visit, is decided
 * by the claim. Refuses with `phone_not_confirmed` and `invalid_phone`.
 */
export async function askCover(q: Queryable, scope: Scope, wish: MembershipCoverAsked, at: Date): Promise<MembershipCover> {
  const phone = await confirmedPhone(q, scope, { ...wish, client: { phone: wish.phone } }, at);
  const asked = await wantedOf(q, scope, wish);
  const services: MembershipCover['services'][number][] = [];
  const take = spreadVisits(new Map());
  for (const one of asked) {
    const found = await coverFor(q, scope, phone, one, at);
    if (found.use === null || found.use === 'payment') continue;
    const membership = take(found.memberships, one.places);
    services.push({
      line: one.line,
      serviceId: one.serviceId,
      membership: membership ? { ...membership, endsAt: membership.endsAt && new Date(membership.endsAt).toISOString() } : null,
      reason: membership ? null : (found.reason ?? 'used_up'),
    });
  }
  return { services };
}

async function wantedOf(q: Queryable, { chainId, locationId }: Scope, { appointments, event }: MembershipCoverAsked): Promise<readonly Asked[]> {
  if (event) {
    const { rows } = await sql<{ serviceId: string; startsAt: Date }>`
      select service_id "serviceId", starts_at "startsAt" from events
       where chain_id = ${chainId} and location_id = ${locationId} and event_id = ${event.eventId}`.execute(q);
    return rows.map((row) => ({ ...row, line: 0, places: event.places }));
  }
  return appointments.flatMap(({ serviceIds, startsAt }, line) =>
    serviceIds.map((serviceId) => ({ line, serviceId, startsAt: new Date(startsAt), places: 1 })),
  );
}

async function coverFor(q: Queryable, { chainId, locationId }: Scope, phone: string, { serviceId, startsAt }: Asked, at: Date): Promise<Found> {
  const asked = [sql`${chainId}`, sql`${locationId}`, sql`client.id`, sql`${serviceId}`, sql`${startsAt}`, sql`${at}`] as const;
  const { rows } = await sql<Found>`
    with client as (select (select coalesce(merged_into, client_id) from clients where chain_id = ${chainId} and phone = ${phone}) id)
    select ${coveringSql(...asked)} memberships, (select c.reason from membership_that_covers(${sql.join(asked)}) c) reason,
           (select membership from services where chain_id = ${chainId} and location_id = ${locationId} and service_id = ${serviceId}) use from client`.execute(
    q,
  );
  return rows[0] ?? { memberships: [], reason: 'none', use: null };
}
