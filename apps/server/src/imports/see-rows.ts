import { importWhys } from '@holdfast/contract/import-fields';
import type { FileRows } from '@holdfast/contract/imports';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { fileHere, type JudgedRow } from './store.ts';

const PAGE = 100;
type Row = FileRows['rows'][number];

/** Rows of a file with what is to become, and has become, of them. Refuses with `not_found`. */
export async function seeRows(
  q: Queryable,
  scope: Scope,
  fileId: string,
  { outcome, after }: { outcome?: JudgedRow['outcome']; after: number },
): Promise<FileRows> {
  await fileHere(q, scope, fileId);
  const rows = await readRows(q, scope, fileId, after, outcome ? sql`r.outcome = ${outcome}` : sql`true`);
  const shown = rows.slice(0, PAGE);
  return { rows: shown, next: rows.length > PAGE ? (shown.at(-1)?.row ?? null) : null };
}

/** What was not written, page after page, as it stood in the file and why. */
export async function* walkRefused(q: Queryable, scope: Scope, fileId: string): AsyncGenerator<readonly (readonly unknown[])[]> {
  for (let after = 0; ; ) {
    const rows = await readRows(q, scope, fileId, after, sql`(r.outcome in ('conflict', 'refused') or r.written = 'refused')`);
    yield rows.map(({ row, why, writtenWhy, detail, cells }) => [row, writtenWhy ?? why ?? '', detail, ...cells]);
    const last = rows.at(-1);
    if (!last || rows.length <= PAGE) return;
    after = last.row;
  }
}

async function readRows(q: Queryable, { chainId }: Scope, fileId: string, after: number, which: ReturnType<typeof sql>): Promise<Row[]> {
  const { rows } = await sql<Omit<Row, 'why' | 'writtenWhy' | 'row'> & { row: bigint; why: string; writtenWhy: string }>`
    select r.row_no as "row", r.outcome, r.why, r.cells, coalesce(r.wish ->> 'detail', '') detail, r.written, r.written_why "writtenWhy" from data_import_rows r
     where r.chain_id = ${chainId} and r.file_id = ${fileId} and r.row_no > ${after} and ${which} order by r.row_no limit ${PAGE + 1}`.execute(q);
  return rows.map((one) => ({ ...one, row: Number(one.row), why: whyNamed(one.why), writtenWhy: whyNamed(one.writtenWhy) }));
}

function whyNamed(name: string): Row['why'] {
  return importWhys.find((one) => one === name) ?? null;
}
