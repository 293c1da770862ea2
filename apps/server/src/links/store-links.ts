import { type LinkSettings, plainLinkSettings } from '@holdfast/contract/link-settings';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

export interface LinkRow {
  readonly linkId: string;
  readonly slug: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly settings: LinkSettings;
  readonly consentVersion: number;
  readonly measurementId: string | null;
  readonly hasApiSecret: boolean;
  readonly allowedOrigins: readonly string[];
  readonly version: string;
}

/** A location's booking links, the default one first; archived ones are not among them. `lock`: for a change, in its transaction. */
export async function linksOf(q: Queryable, { chainId, locationId }: Scope, lock: 'lock' | 'look' = 'look'): Promise<readonly LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    select link_id "linkId", slug, name, is_default "isDefault", settings, consent_version "consentVersion", measurement_id "measurementId",
           api_secret is not null "hasApiSecret", allowed_origins "allowedOrigins", version::text
      from booking_links where chain_id = ${chainId} and location_id = ${locationId} and archived_at is null
     order by is_default desc, created_at, link_id ${lock === 'lock' ? sql`for update` : sql``}`.execute(q);
  return rows.map((row) => ({ ...row, settings: { ...plainLinkSettings, ...row.settings } }));
}

/** How many bookings came by each link since then. */
export async function bookingsByLink(q: Queryable, { chainId, locationId }: Scope, since: Date): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ linkId: string; count: number }>`
    select link_id "linkId", count(*)::int count from bookings
     where chain_id = ${chainId} and location_id = ${locationId} and created_at > ${since} and link_id is not null group by 1`.execute(q);
  return new Map(rows.map(({ linkId, count }) => [linkId, count]));
}

export async function pictureIsThere(q: Queryable, { chainId, locationId }: Scope, pictureId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pictures where chain_id = ${chainId} and location_id = ${locationId} and picture_id = ${pictureId}`.execute(q);
  return rows.length > 0;
}
