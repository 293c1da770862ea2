import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

/** Whether an invitation would leave the house: any location's e-mail will do. */
export async function canReachUsers(q: Queryable, chainId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from message_channels where chain_id = ${chainId} and channel = 'email' and enabled limit 1`.execute(q);
  return rows.length > 0;
}
