import type { NotCoveredReason } from '@holdfast/contract/membership-use';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { type Covering, coveringSql, spreadVisits } from './spread-visits.ts';

export interface CoverOfVisit {
  /** Services of the visit that are still to be paid for and that a membership of the client covers. */
  readonly lines: readonly {
    readonly serviceId: string;
    readonly name: string;
    readonly costMinor: number;
    readonly membershipName: string;
    readonly left: number | null;
  }[];
  /** Why there is none. */
  readonly reason: NotCoveredReason | null;
  readonly covered: readonly {
    readonly id: string;
    readonly serviceName: string;
    readonly membershipName: string;
    readonly status: 'reserved' | 'used';
    readonly because: string;
  }[];
}

/** What a membership could pay of a visit, and what one pays. */
export async function coverOfVisit(q: Queryable, { chainId, locationId }: Scope, appointmentId: string, at: Date): Promise<CoverOfVisit> {
  const { rows } = await sql<{
    serviceId: string;
    name: string;
    costMinor: number;
    places: number;
    memberships: readonly Covering[];
    reason: NotCoveredReason | null;
  }>`
    select l.service_id "serviceId", l.name, coalesce(l.cost_minor, l.price_min_minor)::float8 "costMinor", a.places, c.reason,
           ${coveringSql(sql`a.chain_id`, sql`a.location_id`, sql`coalesce(k.merged_into, k.client_id)`, sql`l.service_id`, sql`a.starts_at`, sql`${at}`)} memberships
      from appointments a join appointment_services l on l.chain_id = a.chain_id and l.appointment_id = a.appointment_id and l.pay <> 'membership'
      join clients k on k.chain_id = a.chain_id and k.client_id = a.client_id
      cross join lateral membership_that_covers(a.chain_id, a.location_id, coalesce(k.merged_into, k.client_id), l.service_id, a.starts_at, ${at}) c
     where a.chain_id = ${chainId} and a.location_id = ${locationId} and a.appointment_id = ${appointmentId} order by l.line_no`.execute(q);
  const { rows: covered } = await sql<CoverOfVisit['covered'][number]>`
    select v.visit_id id, coalesce(s.name, '') "serviceName", m.name "membershipName", v.status, v.because from membership_visits v
      join memberships m on m.chain_id = v.chain_id and m.membership_id = v.membership_id
      left join services s on s.chain_id = v.chain_id and s.location_id = v.location_id and s.service_id = v.service_id
     where v.chain_id = ${chainId} and v.location_id = ${locationId} and v.appointment_id = ${appointmentId} and v.status <> 'returned' and v.because <> 'places_cut'
     order by v.visit_id`.execute(q);
  const take = spreadVisits(new Map());
  const lines = rows.flatMap(({ serviceId, name, costMinor, places, memberships }) => {
    const membership = take(memberships, places);
    return membership ? [{ serviceId, name, costMinor, membershipName: membership.name, left: membership.left }] : [];
  });
  const why = rows.map((one) => one.reason ?? 'used_up');
  const reason = lines.length > 0 ? null : (why.find((one) => one !== 'none') ?? why[0] ?? null);
  return { lines, reason, covered };
}

/** A visit for each of these services, or for each place. The appointment is locked. Refuses with `membership_not_usable`. */
export async function takeCover(
  tx: Tx,
  { chainId, locationId }: Scope,
  { appointmentId, clientId, serviceIds, at }: { appointmentId: string; clientId: string; serviceIds: readonly string[]; at: Date },
): Promise<readonly { membershipName: string }[]> {
  const { rows: places } = await sql<{ places: number }>`
    select places from appointments where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(tx);
  const wanted = serviceIds.map((serviceId) => ({ appointmentId, serviceId, places: places[0]?.places ?? 1 }));
  try {
    await sql`select reserve_membership_visits(${chainId}, ${locationId}, coalesce((select merged_into from clients where chain_id = ${chainId} and client_id = ${clientId}), ${clientId}),
                                              ${JSON.stringify(wanted)}::jsonb, ${at})`.execute(tx);
  } catch (error) {
    if (isSqlError(error) && error.code === 'HF014')
      throw new Problem('membership_not_usable', 409, 'No membership of this client covers that.', { reason: error.detail ?? '' });
    throw error;
  }
  // what was asked for online is asked for no more
  await sql`
    update appointments set due_minor = least(due_minor, cost_minor) where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(tx);
  const { rows } = await sql<{ membershipName: string }>`
    update membership_visits v set because = 'at_desk', status = case when a.status in ('arrived', 'no_show') then 'used' else v.status end,
           due_at = case when a.status in ('arrived', 'no_show') then null else v.due_at end
      from memberships m, appointments a
     where v.chain_id = ${chainId} and v.appointment_id = ${appointmentId} and v.status = 'reserved' and v.made_at = ${at} and m.chain_id = v.chain_id
       and m.membership_id = v.membership_id and a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
    returning m.name "membershipName"`.execute(tx);
  return rows;
}
