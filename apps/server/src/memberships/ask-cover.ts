import type { MembershipUse, NotCoveredReason } from '@holdfast/contract/membership-use';
import type { MembershipCover, MembershipCoverAsked } from '@holdfast/contract/memberships';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { confirmedPhone } from './confirmed-phone.ts';

interface Asked {
  readonly line: number;
  readonly serviceId: string;
  readonly startsAt: Date;
  readonly places: number;
}

interface Found {
  readonly id: string | null;
  readonly name: string | null;
  readonly visits: number | null;
  readonly left: number | null;
  readonly endsAt: Date | null;
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
  const taken = new Map<string, number>();
  for (const one of asked) {
    const found = await coverFor(q, scope, phone, one, at);
    if (found.use === null || found.use === 'payment') continue;
    const before = found.id === null ? 0 : (taken.get(found.id) ?? 0);
    const enough = found.left === null || found.left - before >= one.places;
    const covers = found.id !== null && enough;
    if (covers && found.id !== null) taken.set(found.id, before + one.places);
    services.push({
      line: one.line,
      serviceId: one.serviceId,
      membership: covers
        ? {
            id: found.id ?? '',
            name: found.name ?? '',
            visits: found.visits,
            left: found.left === null ? null : found.left - before,
            endsAt: found.endsAt?.toISOString() ?? null,
          }
        : null,
      reason: covers ? null : (found.reason ?? 'used_up'),
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
  const { rows } = await sql<Found>`
    select m.membership_id id, m.name, m.visits, (m.visits - m.visits_reserved - m.visits_used)::int "left", m.ends_at "endsAt", c.reason,
           (select membership from services where chain_id = ${chainId} and location_id = ${locationId} and service_id = ${serviceId}) use
      from membership_that_covers(${chainId}, ${locationId},
             (select coalesce(merged_into, client_id) from clients where chain_id = ${chainId} and phone = ${phone}), ${serviceId}, ${startsAt}, ${at}) c
      left join memberships m on m.chain_id = ${chainId} and m.membership_id = c.membership`.execute(q);
  return rows[0] ?? { id: null, name: null, visits: null, left: null, endsAt: null, reason: 'none', use: null };
}
