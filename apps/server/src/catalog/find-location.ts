import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { LocationKey } from './catalog.ts';

/** Which location an address names. Undefined: none. */
export async function findLocation(q: Queryable, chainSlug: string, locationSlug: string): Promise<LocationKey | undefined> {
  const { rows } = await sql<LocationKey>`
    select l.chain_id as "chainId", l.location_id as "locationId"
      from chains c join locations l on l.chain_id = c.chain_id
     where c.slug = ${chainSlug} and l.slug = ${locationSlug}`.execute(q);
  return rows[0];
}

export interface ListedLocation {
  readonly locationId: string;
  readonly slug: string;
  readonly name: string;
  readonly address: string;
}

/** A chain's locations in the owner's order. */
export async function locationsOfChain(q: Queryable, chainId: string): Promise<readonly ListedLocation[]> {
  const { rows } = await sql<ListedLocation>`
    select location_id as "locationId", slug, name, address from locations where chain_id = ${chainId} order by position, location_id`.execute(q);
  return rows;
}

export interface ChainOfLocations {
  readonly slug: string;
  readonly name: string;
  readonly demo: boolean;
  /** Those where something can be booked online, in the owner's order. */
  readonly locations: readonly ListedLocation[];
}

/** The chain an address names, with the locations a client can choose from. Undefined: none. */
export async function findChain(q: Queryable, chainSlug: string): Promise<ChainOfLocations | undefined> {
  const { rows } = await sql<ChainOfLocations>`
    select c.slug, c.name, c.demo,
           (select coalesce(json_agg(json_build_object('locationId', l.location_id, 'slug', l.slug, 'name', l.name, 'address', l.address)
                                     order by l.position, l.location_id), '[]')
              from locations l
             where l.chain_id = c.chain_id and exists (
               select 1 from services s where s.chain_id = l.chain_id and s.location_id = l.location_id and s.online_booking and not s.archived)) locations
      from chains c where c.slug = ${chainSlug}`.execute(q);
  return rows[0];
}
