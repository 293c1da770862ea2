import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';

/** A client is forgotten: what was written down about them keeps its amount and loses its words. */
export async function forgetInTransactions(tx: Tx, chainId: string, clientId: string): Promise<void> {
  await sql`
    update manual_entries set counterparty = '', comment = ''
     where chain_id = ${chainId} and client_id in (
       select client_id from clients where chain_id = ${chainId} and (client_id = ${clientId} or merged_into = ${clientId}))`.execute(tx);
}
