import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';

/**
 * One client becomes another: what the survivor lacks comes from them. Their row stays and keeps its phone, so that whoever books with it is
 * the survivor from now on. Both are locked.
 */
export async function mergeRows(tx: Tx, chainId: string, survivor: string, other: string): Promise<void> {
  await sql`
    update clients s set email = coalesce(s.email, o.email), note = trim(both e'\n' from s.note || e'\n' || o.note)
      from clients o where s.chain_id = ${chainId} and s.client_id = ${survivor} and o.chain_id = ${chainId} and o.client_id = ${other}`.execute(tx);
  await sql`
    update clients set merged_into = ${survivor}
     where chain_id = ${chainId} and (client_id = ${other} or merged_into = ${other})`.execute(tx);
}

/** Name, phone, e-mail and note go, from the client and from those who were merged into them. */
export async function eraseRows(tx: Tx, chainId: string, clientId: string, at: Date): Promise<void> {
  await sql`
    update clients set name = '', phone = null, email = null, note = '', erased_at = ${at}
     where chain_id = ${chainId} and (client_id = ${clientId} or merged_into = ${clientId})`.execute(tx);
}
