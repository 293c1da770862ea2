import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

/** The pieces of a file as they came, in their order. */
export async function* piecesOf(q: Queryable, chainId: string, importId: string): AsyncGenerator<Uint8Array> {
  for (let no = 0; ; no++) {
    const { rows } = await sql<{ content: Uint8Array }>`
      select content from settlement_import_parts where chain_id = ${chainId} and import_id = ${importId} and part_no = ${no}`.execute(q);
    if (!rows[0]) return;
    yield rows[0].content;
  }
}
