import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

/** Rows of files that say who a client is: by what was made of them, and by their phone. Before the client's own row is erased. */
export async function forgetRows(q: Queryable, chainId: string, clientId: string): Promise<void> {
  await sql`
    update data_import_rows r set cells = '{}', wish = null
      from clients c
     where c.chain_id = ${chainId} and (c.client_id = ${clientId} or c.merged_into = ${clientId}) and r.chain_id = c.chain_id
       and (r.made_id = c.client_id or r.wish ->> 'phone' = c.phone or r.wish -> 'client' ->> 'phone' = c.phone)`.execute(q);
}
