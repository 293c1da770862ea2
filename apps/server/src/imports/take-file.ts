import { createHash } from 'node:crypto';
import { foldText } from '@holdfast/contract/fold-text';
import { missingImportFields } from '@holdfast/contract/import-fields';
import type { DataFile, DataMapping, FilePreview, NewFile } from '@holdfast/contract/imports';
import { filePartBytes } from '@holdfast/contract/imports';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { Place, Who } from '../access/who.ts';
import type { Deps } from '../kit/deps.ts';
import { lookAtFile, NoTable } from '../kit/look-at-file.ts';
import { Problem } from '../kit/problem.ts';
import { walkRows } from '../kit/walk-rows.ts';
import { guessDataMapping } from './read-columns.ts';
import { type FileRecord, fileHere, piecesOfFile, shapeFile } from './store.ts';

const SHOWN = 12;
const LOOKED_AT = 60;

export interface Importing {
  readonly who: Who;
  readonly place: Place;
}

/** A file begins to come. The same id again is the same file. Refuses with `already_there` and `not_found`. */
export async function beginFile(ctx: Deps, { who, place: { scope } }: Importing, wish: NewFile): Promise<DataFile> {
  await sql`
    insert into data_imports (chain_id, location_id, file_id, kind, file_name, bytes, parts, status, made_by, made_at)
    values (${scope.chainId}, ${scope.locationId}, ${wish.id}, ${wish.kind}, ${wish.fileName}, ${wish.bytes}, ${wish.parts}, 'uploading', ${who.name}, ${ctx.now()})
    on conflict do nothing`.execute(ctx.db.read);
  const row = await fileHere(ctx.db.read, scope, wish.id);
  if (row.kind !== wish.kind || row.bytes !== BigInt(wish.bytes) || row.parts !== wish.parts)
    throw new Problem('already_there', 409, 'Under this id another file has come.');
  return shapeFile(ctx.db.read, row);
}

/** One piece of it; the same piece twice is one. Refuses with `not_found`, `step_not_allowed`, `invalid_request` and `too_large`. */
export async function takeFilePart(ctx: Deps, scope: Scope, fileId: string, no: number, base64: string): Promise<void> {
  const row = await fileHere(ctx.db.read, scope, fileId);
  if (row.status !== 'uploading') throw new Problem('step_not_allowed', 409, 'This file has come already.');
  const content = Buffer.from(base64, 'base64');
  if (no >= row.parts || content.length === 0) throw new Problem('invalid_request', 400, 'There is no such piece of this file.');
  if (content.length > filePartBytes) throw new Problem('too_large', 413, 'A piece is smaller than this.');
  await sql`
    insert into data_import_parts (chain_id, file_id, part_no, content) values (${scope.chainId}, ${fileId}, ${no}, ${content})
    on conflict do nothing`.execute(ctx.db.read);
}

/** How a file is written and what its columns are taken for. `wished`: what somebody says instead. Refuses with `not_found`, `step_not_allowed`, `unreadable_file`. */
export async function previewFile(ctx: Deps, scope: Scope, fileId: string, wished?: DataMapping): Promise<FilePreview> {
  const row = await fileHere(ctx.db.read, scope, fileId);
  if (!['uploading', 'mapping', 'checked'].includes(row.status)) throw new Problem('step_not_allowed', 409, 'This file is being read, or has been.');
  const come = await sql<{ bytes: bigint; n: bigint }>`
    select coalesce(sum(length(content)), 0)::bigint bytes, count(*) n from data_import_parts where chain_id = ${scope.chainId} and file_id = ${fileId}`.execute(
    ctx.db.read,
  );
  if (come.rows[0]?.n !== BigInt(row.parts) || come.rows[0].bytes !== row.bytes)
    throw new Problem('step_not_allowed', 409, 'Not all of the file has come.');
  try {
    return await previewed(ctx, row, wished);
  } catch (error) {
    if (!(error instanceof NoTable)) throw error;
    await noteUnreadable(ctx, row, error);
    throw new Problem('unreadable_file', 422, 'This file cannot be read as a table.', { line: error.line, says: error.message });
  }
}

export async function noteUnreadable(ctx: Deps, { chainId, fileId }: FileRecord, { line, message }: NoTable): Promise<void> {
  await sql`
    update data_imports set status = 'unreadable', trouble = ${JSON.stringify({ line, says: message })}::jsonb, done_at = ${ctx.now()}
     where chain_id = ${chainId} and file_id = ${fileId}`.execute(ctx.db.read);
}

async function previewed(ctx: Deps, row: FileRecord, wished: DataMapping | undefined): Promise<FilePreview> {
  const { chainId, locationId, fileId, kind } = row;
  const first = await piecesOfFile(ctx.db.read, chainId, fileId).next();
  if (first.done) throw new NoTable('the file is empty', null);
  const look = lookAtFile(first.value);
  const rows: string[][] = [];
  for await (const { cells } of walkRows(piecesOfFile(ctx.db.read, chainId, fileId), look)) {
    rows.push(cells.map((cell) => cell.slice(0, 300)));
    if (rows.length >= LOOKED_AT) break;
  }
  const guessed = guessDataMapping(kind, rows);
  const heading = rows[(wished ?? guessed).headingRow - 1] ?? [];
  const fingerprint = createHash('sha256')
    .update([look.separator, ...heading.map(foldText)].join('\u0001'))
    .digest('base64url');
  const kept = await sql<{ mapping: DataMapping }>`
    select mapping from data_mappings where chain_id = ${chainId} and location_id = ${locationId} and kind = ${kind} and fingerprint = ${fingerprint}`.execute(
    ctx.db.read,
  );
  // what its columns are; in which row they are named, this file says itself
  const remembered = kept.rows[0] && { ...kept.rows[0].mapping, headingRow: guessed.headingRow };
  const mapping = wished ?? row.mapping ?? remembered ?? guessed;
  if (row.status !== 'checked') {
    await sql`
      update data_imports set status = 'mapping', look = ${JSON.stringify({ ...look, fingerprint })}::jsonb where chain_id = ${chainId} and file_id = ${fileId}`.execute(
      ctx.db.read,
    );
  }
  return {
    file: { ...(await shapeFile(ctx.db.read, row)), status: row.status === 'checked' ? 'checked' : 'mapping' },
    ...look,
    heading,
    mapping,
    remembered: wished === undefined && row.mapping === null && remembered !== undefined,
    missing: missingImportFields(kind, mapping.columns),
    rows: rows.slice(mapping.headingRow, mapping.headingRow + SHOWN).map((cells, index) => ({ row: mapping.headingRow + index + 1, cells })),
  };
}

/**
 * From now on it is walked through, in the background, without writing anything; also once more with other columns. What its columns are is remembered for the next
 * such file. Refuses with `not_found`, `step_not_allowed` and `invalid_request`.
 */
export async function checkFile(ctx: Deps, { place: { scope } }: Importing, fileId: string, mapping: DataMapping): Promise<DataFile> {
  const row = await fileHere(ctx.db.read, scope, fileId);
  const missing = missingImportFields(row.kind, mapping.columns);
  if (missing.length > 0) throw new Problem('invalid_request', 400, 'Say which columns hold these.', { missing });
  // how it is written is looked at once more, with this mapping
  if (row.status === 'uploading' || row.status === 'mapping') await previewFile(ctx, scope, fileId, mapping);
  const at = ctx.now();
  const { rows } = await sql<{ fingerprint: string }>`
    update data_imports set status = 'checking', mapping = ${JSON.stringify(mapping)}::jsonb, leased_until = ${at}, read_rows = 0, read_bytes = 0
     where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and file_id = ${fileId} and status in ('mapping', 'checked')
    returning look ->> 'fingerprint' fingerprint`.execute(ctx.db.read);
  if (!rows[0]) throw new Problem('step_not_allowed', 409, 'This file is being read, or has been.');
  await sql`
    insert into data_mappings (chain_id, location_id, kind, fingerprint, mapping, used_at)
    values (${scope.chainId}, ${scope.locationId}, ${row.kind}, ${rows[0].fingerprint}, ${JSON.stringify(mapping)}::jsonb, ${at})
    on conflict (chain_id, location_id, kind, fingerprint) do update set mapping = excluded.mapping, used_at = excluded.used_at`.execute(ctx.db.read);
  return shapeFile(ctx.db.read, await fileHere(ctx.db.read, scope, fileId));
}

/** Nothing more is written out of it; what was written stays. Refuses with `not_found`. */
export async function discardFile(ctx: Deps, { who, place: { scope } }: Importing, fileId: string): Promise<void> {
  const { chainId } = scope;
  await ctx.db.transaction(async (tx) => {
    const { fileName, status, kind } = await fileHere(tx, scope, fileId);
    if (status === 'done' || status === 'discarded') return;
    await sql`update data_imports set status = 'discarded', done_at = ${ctx.now()} where chain_id = ${chainId} and file_id = ${fileId}`.execute(tx);
    await sql`delete from data_import_parts where chain_id = ${chainId} and file_id = ${fileId}`.execute(tx);
    await noteAudit(tx, ctx, who, {
      action: 'import.discarded',
      subject: { kind: 'import', id: fileId },
      locationId: scope.locationId,
      before: { fileName, kind, status },
    });
  });
}
