import type { ImportDetail, SettlementImport } from '@holdfast/contract/reconciliation';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { type ImportRow, importById, importColumns, noCounts } from './store-imports.ts';

const ROWS = 100;

export async function readImports(q: Queryable, { chainId, locationId }: Scope, { limit }: { limit: number }): Promise<SettlementImport[]> {
  const { rows } = await sql<ImportRow>`
    select ${importColumns} from settlement_imports m join provider_connections c on c.chain_id = m.chain_id and c.connection_id = m.connection_id
     where m.chain_id = ${chainId} and m.location_id = ${locationId} and m.status <> 'discarded' order by m.made_at desc, m.import_id desc limit ${limit}`.execute(
    q,
  );
  return rows.map(shapeImport);
}

/** One file, and the rows of it that became no line. */
export async function readImport(q: Queryable, scope: Scope, importId: string, after: number): Promise<ImportDetail> {
  const row = await importHere(q, scope, importId);
  const { rows } = await sql<{ row: bigint; why: string; content: string }>`
    select row_no as "row", why, content from settlement_import_rows where chain_id = ${scope.chainId} and import_id = ${importId} and row_no > ${after}
     order by row_no limit ${ROWS + 1}`.execute(q);
  const shown = rows.slice(0, ROWS).map((one) => ({ ...one, row: Number(one.row) }));
  return { import: shapeImport(row), rows: shown, next: rows.length > ROWS ? (shown.at(-1)?.row ?? null) : null };
}

export async function importHere(q: Queryable, scope: Scope, importId: string): Promise<ImportRow> {
  const row = await importById(q, scope, importId);
  if (!row) throw new Problem('not_found', 404, 'There is no such file.');
  return row;
}

export function shapeImport(row: ImportRow): SettlementImport {
  return {
    id: row.importId,
    connectionId: row.connectionId,
    connectionLabel: row.connectionLabel,
    fileName: row.fileName,
    bytes: Number(row.bytes),
    status: row.status,
    readBytes: Number(row.readBytes),
    readRows: Number(row.readRows),
    counts: { ...noCounts, ...row.counts },
    madeBy: row.madeBy,
    madeAt: row.madeAt.toISOString(),
    doneAt: row.doneAt?.toISOString() ?? null,
    trouble: row.trouble,
  };
}
