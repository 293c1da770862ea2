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
