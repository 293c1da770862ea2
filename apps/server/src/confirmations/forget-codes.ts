import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

/** Of somebody who is forgotten: that codes were sent to them, and where. */
export async function forgetCodes(q: Queryable, chainId: string, phone: string | null): Promise<void> {
  if (phone !== null) await sql`delete from phone_codes where chain_id = ${chainId} and phone = ${phone}`.execute(q);
}
