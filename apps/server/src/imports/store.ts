import type { ImportKind } from '@holdfast/contract/import-fields';
import type { DataFile, DataMapping } from '@holdfast/contract/imports';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import type { FileLook } from '../kit/look-at-file.ts';
import { Problem } from '../kit/problem.ts';

export interface FileRecord {
  readonly chainId: string;
  readonly locationId: string;
  readonly fileId: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly bytes: bigint;
  readonly parts: number;
  readonly status: DataFile['status'];
  readonly look: (FileLook & { readonly fingerprint: string }) | null;
  readonly mapping: DataMapping | null;
  readonly readRows: bigint;
  readonly readBytes: bigint;
  readonly trouble: DataFile['trouble'];
  readonly askedBy: AskedBy | null;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly doneAt: Date | null;
}

/** Who accepted it: named for whatever is written out of it. */
export interface AskedBy {
  readonly userId: string;
  readonly name: string;
  readonly address: string;
  readonly requestId: string;
}

export const fileColumns = sql`f.chain_id "chainId", f.location_id "locationId", f.file_id "fileId", f.kind, f.file_name "fileName", f.bytes, f.parts, f.status, f.look,
  f.mapping, f.read_rows "readRows", f.read_bytes "readBytes", f.trouble, f.asked_by "askedBy", f.made_by "madeBy", f.made_at "madeAt", f.done_at "doneAt"`;

/** Refuses with `not_found`. */
export async function fileHere(q: Queryable, { chainId, locationId }: Scope, fileId: string): Promise<FileRecord> {
  const { rows } = await sql<FileRecord>`
    select ${fileColumns} from data_imports f where f.chain_id = ${chainId} and f.location_id = ${locationId} and f.file_id = ${fileId}`.execute(q);
  if (!rows[0]) throw new Problem('not_found', 404, 'There is no such file.');
  return rows[0];
}

export async function newestFiles(q: Queryable, { chainId, locationId }: Scope, limit: number): Promise<readonly FileRecord[]> {
  const { rows } = await sql<FileRecord>`
    select ${fileColumns} from data_imports f where f.chain_id = ${chainId} and f.location_id = ${locationId} and f.status <> 'discarded'
     order by f.made_at desc, f.file_id limit ${limit}`.execute(q);
  return rows;
}

const nothing = { new: 0, merge: 0, same: 0, conflict: 0, refused: 0 };

/** As screens see it, with what is to become, and has become, of its rows. */
export async function shapeFile(q: Queryable, file: FileRecord): Promise<DataFile> {
  const { rows } = await sql<{ outcome: keyof typeof nothing; written: 'written' | 'same' | 'refused' | null; n: bigint }>`
    select outcome, written, count(*) n from data_import_rows where chain_id = ${file.chainId} and file_id = ${file.fileId} group by 1, 2`.execute(q);
  const counts = { ...nothing };
  const written = { written: 0, same: 0, refused: 0 };
  for (const one of rows) {
    counts[one.outcome] += Number(one.n);
    if (one.written) written[one.written] += Number(one.n);
  }
  const { fileId, kind, fileName, bytes, status, readBytes, readRows, trouble, madeBy, madeAt, doneAt } = file;
  return {
    id: fileId,
    kind,
    fileName,
    bytes: Number(bytes),
    status,
    readBytes: Number(readBytes),
    readRows: Number(readRows),
    counts,
    written,
    trouble,
    madeBy,
    madeAt: madeAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
  };
}

/** The pieces of a file as they came, in their order. */
export async function* piecesOfFile(q: Queryable, chainId: string, fileId: string): AsyncGenerator<Uint8Array> {
  for (let no = 0; ; no++) {
    const { rows } = await sql<{ content: Uint8Array }>`
      select content from data_import_parts where chain_id = ${chainId} and file_id = ${fileId} and part_no = ${no}`.execute(q);
    if (!rows[0]) return;
    yield rows[0].content;
  }
}

export interface JudgedRow {
  readonly rowNo: number;
  readonly outcome: 'new' | 'merge' | 'same' | 'conflict' | 'refused';
  readonly why: string;
  readonly detail: string;
  readonly cells: readonly string[];
  readonly wish: object | null;
}

export async function insertRows(q: Queryable, { chainId, fileId }: FileRecord, rows: readonly JudgedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const listed = rows.map((one) => ({ ...one, wish: { ...one.wish, detail: one.detail } }));
  await sql`
    insert into data_import_rows (chain_id, file_id, row_no, outcome, why, cells, wish)
    select ${chainId}, ${fileId}, "rowNo", outcome, why, array(select jsonb_array_elements_text(cells)), wish
      from jsonb_to_recordset(${JSON.stringify(listed)}::jsonb) as x("rowNo" bigint, outcome text, why text, cells jsonb, wish jsonb)
    on conflict do nothing`.execute(q);
}
