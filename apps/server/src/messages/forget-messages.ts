import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

/** Where a client's messages went and what they said goes; that they were sent stays. */
export async function forgetMessages(q: Queryable, chainId: string, clientId: string): Promise<void> {
  await sql`update messages set recipient = null, subject = null, body = null where chain_id = ${chainId} and client_id = ${clientId}`.execute(q);
  // who waits is known by their telephone, and may not have been a client yet when they were written to
  await sql`
    update messages m set recipient = null, subject = null, body = null
      from waiting_entries w join clients c on c.chain_id = w.chain_id and c.phone = w.phone
     where w.chain_id = ${chainId} and (c.client_id = ${clientId} or c.merged_into = ${clientId})
       and m.chain_id = w.chain_id and m.subject_kind = 'waiting' and m.subject_id = w.entry_id`.execute(q);
}

/** A merged client's messages are the survivor's. */
export async function adoptMessages(q: Queryable, chainId: string, survivor: string, other: string): Promise<void> {
  await sql`update messages set client_id = ${survivor} where chain_id = ${chainId} and client_id = ${other}`.execute(q);
}
