import type { MessageChannel } from '@holdfast/contract/message-kinds';
import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';

/** A salon as rows of its tables, parents before children; each row as PostgreSQL writes it in JSON. */
export interface SalonRows {
  readonly chainId: string;
  readonly locationId: string;
  readonly chainSlug: string;
  readonly locationSlug: string;
  readonly currency: string;
  /** By which messages go out, and from whom. How they were carried is not part of it. */
  readonly channels: readonly { readonly channel: MessageChannel; readonly sender: string }[];
  readonly tables: readonly { readonly table: string; readonly rows: readonly Readonly<Record<string, unknown>>[] }[];
}

/** Writes a salon into an empty database. A column that a row does not name takes its default. */
export async function writeSalon(tx: Tx, { tables }: SalonRows): Promise<void> {
  for (const { table, rows } of tables) {
    const [first] = rows;
    if (!first) continue;
    const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
    await sql`
      insert into ${sql.table(table)} (${columns})
      select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(tx);
  }
}
