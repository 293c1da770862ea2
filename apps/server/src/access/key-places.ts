import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { PlaceRow } from './places-of-user.ts';
import { toPlaces } from './places-of-user.ts';
import type { Place } from './who.ts';

/** Where a key works and as what, as one column (`PlaceRow[]`): with the role as it is today, or with the rights that were chosen for it. */
export function placesOfKey(): RawBuilder<readonly PlaceRow[]> {
  return sql<readonly PlaceRow[]>`
    (select coalesce(jsonb_agg(jsonb_build_object('locationId', p.location_id, 'role', coalesce(k.role, k.key_id), 'staffId', null,
              'own', case when k.rights is not null then jsonb_build_object('rights', k.rights, 'registers', null, 'lastDays', '{}'::jsonb, 'refundLimit', null)
                          when r.role_id is null then null
                          else jsonb_build_object('rights', r.rights, 'registers', r.registers, 'lastDays', r.last_days, 'refundLimit', r.refund_limit_minor::text) end)
              order by l.position, l.location_id), '[]')
       from api_key_locations p join locations l on l.chain_id = p.chain_id and l.location_id = p.location_id
       left join roles r on r.chain_id = k.chain_id and r.role_id = k.role
      where p.chain_id = k.chain_id and p.key_id = k.key_id)`;
}

/** What a key may do where, as it is now. */
export async function readKeyPlaces(q: Queryable, chainId: string, keyId: string): Promise<ReadonlyMap<string, Place>> {
  const { rows } = await sql<{ places: readonly PlaceRow[] }>`
    select ${placesOfKey()} places from api_keys k where k.chain_id = ${chainId} and k.key_id = ${keyId} and k.revoked_at is null`.execute(q);
  return toPlaces(chainId, rows[0]?.places ?? []);
}
