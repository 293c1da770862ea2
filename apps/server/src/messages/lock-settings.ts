import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';

/** One change of a location's messages at a time: a row that is not there yet cannot be locked, the location can. Bookings go on meanwhile. */
export async function lockSettings(tx: Tx, { chainId, locationId }: Scope): Promise<void> {
  await sql`select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} for no key update`.execute(tx);
}
