import { occupyingStatuses } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

/** How many appointments of a location are still to come. */
export async function countUpcoming(q: Queryable, { chainId, locationId }: Scope, at: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from appointments
     where chain_id = ${chainId} and location_id = ${locationId} and starts_at > ${at} and status = any(${[...occupyingStatuses]})`.execute(q);
  return rows[0]?.n ?? 0;
}
