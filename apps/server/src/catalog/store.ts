import type { OwnTerms, ServiceFields, StaffFields } from '@holdfast/contract/catalog';
import type { MembershipUse } from '@holdfast/contract/membership-use';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import type { Queryable, Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import type { LocationKey } from './catalog.ts';

/** One row of the catalogue, as its card has it. */
export interface Kept<Fields> {
  readonly id: string;
  readonly version: number;
  readonly archived: boolean;
  readonly fields: Fields;
}

/**
 * One change of a location's catalogue at a time: each of them moves `rules_version` anyway, and taking that row first gives them all one order
 * of locks. Reading and booking do not wait for it.
 */
export async function lockCatalog(tx: Tx, { chainId, locationId }: LocationKey): Promise<void> {
  await sql`select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} for no key update`.execute(tx);
}

/** As it stands in the catalogue: what it says of its tax is always known. */
type KeptService = ServiceFields & {
  readonly tax: string;
  readonly membership: MembershipUse;
  readonly kind: 'appointment' | 'event';
  readonly places: number | null;
};

type Written<Fields> = { [K in keyof Fields]: K extends 'priceMinMinor' | 'priceMaxMinor' ? bigint : Fields[K] };

/** In the owner's order. */
export async function services(q: Queryable, { chainId, locationId }: LocationKey): Promise<readonly (Kept<KeptService> & { staffCount: number })[]> {
  const { rows } = await sql<Written<KeptService> & { id: string; version: number; archived: boolean; staffCount: number }>`
    select service_id id, version, archived, category_id "categoryId", name, description, price_min_minor "priceMinMinor", price_max_minor "priceMaxMinor",
           duration_minutes "durationMinutes", buffer_before_minutes "bufferBeforeMinutes", buffer_after_minutes "bufferAfterMinutes",
           online_booking "onlineBooking", online_payment "onlinePayment", membership, cancellation, tax, kind, places,
           (select count(*)::int from staff_services o join staff m on m.chain_id = o.chain_id and m.location_id = o.location_id and m.staff_id = o.staff_id
             where o.chain_id = s.chain_id and o.location_id = s.location_id and o.service_id = s.service_id and not m.archived) "staffCount"
      from services s where chain_id = ${chainId} and location_id = ${locationId} order by position, service_id`.execute(q);
  return rows.map(({ id, version, archived, staffCount, ...row }) => ({
    id,
    version,
    archived,
    staffCount,
    fields: { ...row, priceMinMinor: toJsonAmount(row.priceMinMinor), priceMaxMinor: toJsonAmount(row.priceMaxMinor) },
  }));
}

/** In the owner's order. */
export async function staff(q: Queryable, { chainId, locationId }: LocationKey): Promise<readonly (Kept<StaffFields> & { serviceCount: number })[]> {
  const { rows } = await sql<StaffFields & { id: string; version: number; archived: boolean; serviceCount: number }>`
    select staff_id id, version, archived, name, about, color, position_id "positionId", online_booking "onlineBooking", online_payment "onlinePayment",
           (select count(*)::int from staff_services o join services x on x.chain_id = o.chain_id and x.location_id = o.location_id and x.service_id = o.service_id
             where o.chain_id = s.chain_id and o.location_id = s.location_id and o.staff_id = s.staff_id and not x.archived) "serviceCount"
      from staff s where chain_id = ${chainId} and location_id = ${locationId} order by position, staff_id`.execute(q);
  return rows.map(({ id, version, archived, serviceCount, ...fields }) => ({ id, version, archived, serviceCount, fields }));
}

/** Refuses with `not_found`. */
export async function service(q: Queryable, key: LocationKey, serviceId: string): Promise<Kept<KeptService>> {
  return found(await services(q, key), serviceId, 'There is no such service.');
}

/** Refuses with `not_found`. */
export async function teamMember(q: Queryable, key: LocationKey, staffId: string): Promise<Kept<StaffFields>> {
  return found(await staff(q, key), staffId, 'There is no such team member.');
}

function found<T extends { readonly id: string }>(rows: readonly T[], id: string, otherwise: string): T {
  const row = rows.find((one) => one.id === id);
  if (!row) throw new Problem('not_found', 404, otherwise);
  return row;
}

export interface KeptOffer {
  readonly staffId: string;
  readonly serviceId: string;
  readonly own: OwnTerms;
}

/** Who does what on which terms of their own: all of a service's, all of a team member's, or all there are. */
export async function offers(
  q: Queryable,
  { chainId, locationId }: LocationKey,
  of: { serviceId?: string; staffId?: string } = {},
): Promise<readonly KeptOffer[]> {
  const { rows } = await sql<{ staffId: string; serviceId: string; min: bigint | null; max: bigint | null; minutes: number | null }>`
    select staff_id "staffId", service_id "serviceId", price_min_minor min, price_max_minor max, duration_minutes minutes from staff_services
     where chain_id = ${chainId} and location_id = ${locationId}
       and (${of.serviceId ?? null}::text is null or service_id = ${of.serviceId ?? null}) and (${of.staffId ?? null}::text is null or staff_id = ${of.staffId ?? null})`.execute(
    q,
  );
  return rows.map(({ staffId, serviceId, min, max, minutes }) => ({
    staffId,
    serviceId,
    own: {
      priceMinMinor: min === null ? null : toJsonAmount(min),
      priceMaxMinor: max === null ? null : toJsonAmount(max),
      durationMinutes: minutes,
    },
  }));
}

export interface KeptCategory {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly archived: boolean;
  /** Services in it that are not archived. */
  readonly liveServices: number;
  readonly services: number;
}

export async function categories(q: Queryable, { chainId, locationId }: LocationKey): Promise<readonly KeptCategory[]> {
  const { rows } = await sql<KeptCategory>`
    select c.category_id id, c.version, c.name, c.archived, count(s.service_id)::int services, count(s.service_id) filter (where not s.archived)::int "liveServices"
      from service_categories c left join services s on s.chain_id = c.chain_id and s.location_id = c.location_id and s.category_id = c.category_id
     where c.chain_id = ${chainId} and c.location_id = ${locationId}
     group by c.category_id, c.version, c.name, c.archived, c.position order by c.position, c.category_id`.execute(q);
  return rows;
}

/** Refuses with `not_found`. */
export async function category(q: Queryable, key: LocationKey, categoryId: string): Promise<KeptCategory> {
  return found(await categories(q, key), categoryId, 'There is no such category.');
}

export interface KeptPosition {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly staffCount: number;
}

/** By name: positions have no order of their own. */
export async function positions(q: Queryable, { chainId, locationId }: LocationKey): Promise<readonly KeptPosition[]> {
  const { rows } = await sql<KeptPosition>`
    select p.position_id id, p.version, p.name, count(s.staff_id)::int "staffCount"
      from positions p left join staff s on s.chain_id = p.chain_id and s.location_id = p.location_id and s.position_id = p.position_id
     where p.chain_id = ${chainId} and p.location_id = ${locationId}
     group by p.position_id, p.version, p.name order by lower(p.name), p.position_id`.execute(q);
  return rows;
}

/** Refuses with `not_found`. */
export async function position(q: Queryable, key: LocationKey, positionId: string): Promise<KeptPosition> {
  return found(await positions(q, key), positionId, 'There is no such position.');
}
