import { sql } from 'kysely';
import type { Catalog, LocationKey } from '../catalog/catalog.ts';
import { type CatalogJson, catalogJson, toCatalog } from '../catalog/read-catalog.ts';
import type { Queryable } from '../kit/database.ts';
import type { Hours } from './hours.ts';
import { type HoursJson, hoursJson, toHours } from './read-hours.ts';

/** All that decides which times a location offers and on which terms, at one version (`catalog.version`). */
export interface LocationRules {
  readonly catalog: Catalog;
  readonly hours: Hours;
}

/**
 * Both halves by one statement, so from one snapshot and in one round trip. Undefined: there is no such location. Hours by date are read from
 * the day before `now` on and to the end, so that what is remembered stays complete as time goes on.
 */
export async function readLocationRules(q: Queryable, key: LocationKey, now: Date): Promise<LocationRules | undefined> {
  const { rows } = await sql<{ catalog: string | null; hours: string }>`
    select (${catalogJson(key)})::text as catalog, (${hoursJson(key, now)})::text as hours`.execute(q);
  const row = rows[0];
  if (!row?.catalog) return undefined;
  return { catalog: toCatalog(JSON.parse(row.catalog) as CatalogJson), hours: toHours(JSON.parse(row.hours) as HoursJson) };
}
