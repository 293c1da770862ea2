import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

/**
 * Of these appointments those that stand in this column, or stood there before somebody moved them away: whoever sees only this column has to take them off,
 * and learns of no others. `onlyStaffId` undefined: every column.
 */
export async function whichConcern(
  q: Queryable,
  { chainId, locationId }: Scope,
  onlyStaffId: string | undefined,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (onlyStaffId === undefined) return ids;
  const { rows } = await sql<{ id: string }>`
    select a.appointment_id id from appointments a
     where a.chain_id = ${chainId} and a.location_id = ${locationId} and a.appointment_id = any(${[...ids]}::text[])
       and (a.staff_id = ${onlyStaffId}
            or exists (select 1 from appointment_changes c where c.chain_id = a.chain_id and c.appointment_id = a.appointment_id and c.what = 'moved'
                          and c.detail->'before'->>'staffId' = ${onlyStaffId}))`.execute(q);
  return rows.map(({ id }) => id);
}
