import type { ImportMapping, SettlementImport } from '@holdfast/contract/reconciliation';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import type { FileLook } from '../kit/look-at-file.ts';

export type ImportCounts = SettlementImport['counts'];
export const noCounts: ImportCounts = { fresh: 0, changed: 0, known: 0, totals: 0, skipped: 0, otherCurrency: 0, unreadable: 0 };

export interface ImportRow {
  readonly chainId: string;
  readonly importId: string;
  readonly locationId: string;
  readonly connectionId: string;
  readonly connectionLabel: string;
  readonly fileName: string;
  readonly bytes: bigint;
  readonly parts: number;
  readonly status: SettlementImport['status'];
  readonly look: (FileLook & { readonly heading: readonly string[]; readonly fingerprint: string }) | null;
  readonly mapping: ImportMapping | null;
  readonly registerId: string | null;
  readonly readRows: bigint;
  readonly readBytes: bigint;
  readonly counts: Partial<ImportCounts>;
  readonly trouble: { readonly line: number | null; readonly says: string } | null;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly doneAt: Date | null;
}

export const importColumns = sql`m.chain_id "chainId", m.import_id "importId", m.location_id "locationId", m.connection_id "connectionId", c.label "connectionLabel",
  m.file_name "fileName", m.bytes, m.parts, m.status, m.look, m.mapping, m.register_id "registerId", m.read_rows "readRows", m.read_bytes "readBytes", m.counts, m.trouble,
  m.made_by "madeBy", m.made_at "madeAt", m.done_at "doneAt"`;

export async function importById(q: Queryable, { chainId, locationId }: Scope, importId: string): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`
    select ${importColumns} from settlement_imports m join provider_connections c on c.chain_id = m.chain_id and c.connection_id = m.connection_id
     where m.chain_id = ${chainId} and m.location_id = ${locationId} and m.import_id = ${importId}`.execute(q);
  return rows[0];
}

/** Where and in what the rows of a connection's file are counted. */
export async function placeOfImport(q: Queryable, { chainId, locationId }: Scope, connectionId: string) {
  const { rows } = await sql<{ timeZone: string; currency: string; currencies: string[] }>`
    select l.time_zone "timeZone", l.currency, array(select distinct a.currency from ledger_accounts a
             where a.chain_id = l.chain_id and a.location_id = l.location_id and a.kind = 'clearing' and a.owner_id = ${connectionId}) currencies
      from locations l where l.chain_id = ${chainId} and l.location_id = ${locationId}`.execute(q);
  const { timeZone, currency, currencies } = rows[0] ?? { timeZone: 'UTC', currency: 'EUR', currencies: [] };
  return { timeZone, currency, currencies: new Set([currency, ...currencies]) };
}
