import { type RawBuilder, sql } from 'kysely';
import { type OwnRole, powersOf } from './role-rules.ts';
import { mintScope } from './scope.ts';
import type { Place } from './who.ts';

/** One of {@link placesOfUser}. */
export interface PlaceRow {
  readonly locationId: string;
  readonly role: string;
  readonly staffId: string | null;
  /** Null: a built-in role. */
  readonly own: OwnRole | null;
}

/** Where a user works and as what, as one column (`PlaceRow[]`), in the order of the locations. */
export function placesOfUser(chainId: RawBuilder<unknown>, userId: RawBuilder<unknown>): RawBuilder<readonly PlaceRow[]> {
  return sql<readonly PlaceRow[]>`
    (select coalesce(jsonb_agg(jsonb_build_object('locationId', p.location_id, 'role', p.role, 'staffId', p.staff_id,
              'own', case when r.role_id is null then null else jsonb_build_object('rights', r.rights, 'registers', r.registers, 'lastDays', r.last_days,
                                                                                  'refundLimit', r.refund_limit_minor::text) end)
              order by l.position, l.location_id), '[]')
       from user_locations p join locations l on l.chain_id = p.chain_id and l.location_id = p.location_id
       left join roles r on r.chain_id = p.chain_id and r.role_id = p.role
      where p.chain_id = ${chainId} and p.user_id = ${userId})`;
}

export function toPlaces(chainId: string, rows: readonly PlaceRow[]): ReadonlyMap<string, Place> {
  return new Map(
    rows.map(({ locationId, role, staffId, own }): [string, Place] => [
      locationId,
      { ...powersOf(role, own), scope: mintScope(chainId, locationId), staffId: staffId ?? undefined },
    ]),
  );
}
