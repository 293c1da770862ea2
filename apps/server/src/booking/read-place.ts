import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';

/** Where an appointment stands just now. Refuses with `not_found`. */
export async function readPlace(
  q: Queryable,
  { chainId, locationId }: Scope,
  appointmentId: string,
): Promise<{ staffId: string; startsAtMs: number }> {
  const { rows } = await sql<{ staffId: string; startsAt: Date }>`
    select staff_id "staffId", starts_at "startsAt" from appointments
     where chain_id = ${chainId} and location_id = ${locationId} and appointment_id = ${appointmentId}`.execute(q);
  const [row] = rows;
  if (!row) throw new Problem('not_found', 404, 'There is no such appointment.');
  return { staffId: row.staffId, startsAtMs: row.startsAt.getTime() };
}
