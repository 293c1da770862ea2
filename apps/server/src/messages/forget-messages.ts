import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

/** Where a client's messages went and what they said goes; that they were sent stays. */
export async function forgetMessages(q: Queryable, chainId: string, clientId: string): Promise<void> {
  await sql`update messages set recipient = null, subject = null, body = null where chain_id = ${chainId} and client_id = ${clientId}`.execute(q);
}

/** A merged client's messages are the survivor's. */
export async function adoptMessages(q: Queryable, chainId: string, survivor: string, other: string): Promise<void> {
  await sql`update messages set client_id = ${survivor} where chain_id = ${chainId} and client_id = ${other}`.execute(q);
}
