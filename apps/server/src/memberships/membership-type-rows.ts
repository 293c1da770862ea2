import type { MembershipUse } from '@holdfast/contract/membership-use';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface TypeRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly visits: number | null;
  readonly periodCount: number | null;
  readonly periodUnit: 'days' | 'months' | null;
  readonly begins: 'sale' | 'first_visit';
  readonly locationIds: readonly string[];
  readonly serviceIds: readonly string[] | null;
  readonly freezeDays: number;
  readonly freezeTimes: number;
  readonly lateHours: number | null;
  readonly online: boolean;
  /** How many clients can use one at this moment. */
  readonly active: number;
  readonly archivedAt: Date | null;
}

export async function typeRows(q: Queryable, chainId: string, at: Date): Promise<readonly TypeRow[]> {
  const { rows } = await sql<TypeRow>`
    select t.type_id id, t.version, t.name, t.currency, t.price_minor "priceMinor", t.visits, t.period_count "periodCount", t.period_unit "periodUnit", t.begins,
           t.location_ids "locationIds", t.service_ids "serviceIds", t.freeze_days "freezeDays", t.freeze_times "freezeTimes", t.late_hours "lateHours", t.online,
           t.archived_at "archivedAt",
           (select count(*)::int from memberships m where m.chain_id = t.chain_id and m.type_id = t.type_id and m.sold_at is not null and m.ended_at is null
               and (m.ends_at is null or m.ends_at > ${at}) and (m.visits is null or m.visits_used < m.visits)) active
      from membership_types t where t.chain_id = ${chainId} order by t.archived_at is not null, lower(t.name), t.type_id`.execute(q);
  return rows;
}

/** Types that can be bought at a location now. */
export async function typesOnSale(
  q: Queryable,
  { chainId, locationId }: { chainId: string; locationId: string },
  at: Date,
): Promise<readonly TypeRow[]> {
  return (await typeRows(q, chainId, at)).filter((one) => one.archivedAt === null && one.locationIds.includes(locationId));
}

/** What a screen edits. */
export function fieldsOf({
  name,
  visits,
  periodCount,
  periodUnit,
  begins,
  locationIds,
  serviceIds,
  freezeDays,
  freezeTimes,
  lateHours,
  online,
}: TypeRow) {
  const period = periodCount === null || periodUnit === null ? null : { count: periodCount, unit: periodUnit };
  const ids = { locationIds: [...locationIds], serviceIds: serviceIds && [...serviceIds] };
  return { name, visits, period, begins, ...ids, freezeDays, freezeTimes, lateHours, online };
}

export async function placesOf(q: Queryable, chainId: string): Promise<readonly { id: string; name: string; currency: string }[]> {
  const { rows } = await sql<{ id: string; name: string; currency: string }>`
    select location_id id, name, currency from locations where chain_id = ${chainId} order by name, location_id`.execute(q);
  return rows;
}

export interface CoverableService {
  readonly id: string;
  readonly locationId: string;
  readonly name: string;
  readonly membership: MembershipUse;
}

export async function servicesOf(q: Queryable, chainId: string): Promise<readonly CoverableService[]> {
  const { rows } = await sql<CoverableService>`
    select service_id id, location_id "locationId", name, membership from services where chain_id = ${chainId} and not archived
     order by location_id, position, service_id`.execute(q);
  return rows;
}
