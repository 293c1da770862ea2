import { createHash } from 'node:crypto';
import { foldText } from '@holdfast/contract/fold-text';
import type { ImportMapping, ImportPreview, ImportStart, NewImport, SettlementImport } from '@holdfast/contract/reconciliation';
import { importPartBytes } from '@holdfast/contract/reconciliation';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import { registersOf } from '../finance/read-registers.ts';
import { lookAtFile, NoTable } from '../kit/look-at-file.ts';
import { Problem } from '../kit/problem.ts';
import { walkRows } from '../kit/walk-rows.ts';
import type { PaymentsContext } from '../payments/context.ts';
import type { Deciding } from './accept-difference.ts';
import { guessMapping, missingFields } from './guess-mapping.ts';
import { piecesOf } from './pieces-of.ts';
import { importHere, shapeImport } from './read-imports.ts';
import { rowToLine } from './row-to-line.ts';
import { type ImportRow, placeOfImport } from './store-imports.ts';
import { connectionHere } from './store-items.ts';

const SHOWN = 20;
const LOOKED_AT = 60;

/** A file begins to come. The same id again is the same file. Refuses with `not_found` and `already_there`. */
export async function beginImport(ctx: PaymentsContext, { who, place: { scope } }: Deciding, wish: NewImport): Promise<SettlementImport> {
  if (!(await connectionHere(ctx.db.read, scope, wish.connectionId))) throw new Problem('not_found', 404, 'There is no such payment connection.');
  await sql`
    insert into settlement_imports (chain_id, import_id, location_id, connection_id, file_name, bytes, parts, status, made_by, made_at)
    values (${scope.chainId}, ${wish.id}, ${scope.locationId}, ${wish.connectionId}, ${wish.fileName}, ${wish.bytes}, ${wish.parts}, 'uploading', ${who.name}, ${ctx.now()})
    on conflict do nothing`.execute(ctx.db.read);
  const row = await importHere(ctx.db.read, scope, wish.id);
  const { connectionId, bytes, parts } = row;
  if (connectionId !== wish.connectionId || bytes !== BigInt(wish.bytes) || parts !== wish.parts)
    throw new Problem('already_there', 409, 'Under this id another file has come.');
  return shapeImport(row);
}

/** One piece of it; the same piece twice is one. Refuses with `not_found`, `step_not_allowed`, `invalid_request` and `too_large`. */
export async function takePart(ctx: PaymentsContext, scope: Scope, importId: string, no: number, base64: string): Promise<void> {
  const row = await importHere(ctx.db.read, scope, importId);
  if (row.status !== 'uploading') throw new Problem('step_not_allowed', 409, 'This file has come already.');
  const content = Buffer.from(base64, 'base64');
  if (no >= row.parts || content.length === 0) throw new Problem('invalid_request', 400, 'There is no such piece of this file.');
  if (content.length > importPartBytes) throw new Problem('too_large', 413, 'A piece is smaller than this.');
  await sql`
    insert into settlement_import_parts (chain_id, import_id, part_no, content) values (${scope.chainId}, ${importId}, ${no}, ${content})
    on conflict do nothing`.execute(ctx.db.read);
}

/**
 * What a file would become: how it is written, what its columns are taken for, and its first rows. `wished`: what somebody says instead of what was guessed.
 * Refuses with `not_found`, `step_not_allowed` and `unreadable_file`, which tells the line.
 */
export async function previewImport(ctx: PaymentsContext, scope: Scope, importId: string, wished?: ImportMapping): Promise<ImportPreview> {
  const row = await importHere(ctx.db.read, scope, importId);
  if (row.status !== 'uploading' && row.status !== 'mapping') throw new Problem('step_not_allowed', 409, 'This file is being read, or has been.');
  const come = await sql<{ bytes: bigint; n: bigint }>`
    select coalesce(sum(length(content)), 0)::bigint bytes, count(*) n from settlement_import_parts where chain_id = ${scope.chainId} and import_id = ${importId}`.execute(
    ctx.db.read,
  );
  if (come.rows[0]?.n !== BigInt(row.parts) || come.rows[0].bytes !== row.bytes)
    throw new Problem('step_not_allowed', 409, 'Not all of the file has come.');
  try {
    return await previewed(ctx, scope, row, wished);
  } catch (error) {
    if (!(error instanceof NoTable)) throw error;
    const trouble = JSON.stringify({ line: error.line, says: error.message });
    await sql`
      update settlement_imports set status = 'unreadable', trouble = ${trouble}::jsonb, done_at = ${ctx.now()} where chain_id = ${scope.chainId} and import_id = ${importId}`.execute(
      ctx.db.read,
    );
    throw new Problem('unreadable_file', 422, 'This file cannot be read as a table.', { line: error.line, says: error.message });
  }
}

async function previewed(ctx: PaymentsContext, scope: Scope, row: ImportRow, wished: ImportMapping | undefined): Promise<ImportPreview> {
  const first = await piecesOf(ctx.db.read, scope.chainId, row.importId).next();
  if (first.done) throw new NoTable('the file is empty', null);
  const look = lookAtFile(first.value);
  const rows: string[][] = [];
  for await (const { cells } of walkRows(piecesOf(ctx.db.read, scope.chainId, row.importId), look)) {
    rows.push(cells.map((cell) => cell.slice(0, 300)));
    if (rows.length >= LOOKED_AT) break;
  }
  const guessed = guessMapping(rows);
  const heading = rows[(wished ?? guessed).headingRow - 1] ?? [];
  const fingerprint = createHash('sha256')
    .update([look.separator, ...heading.map(foldText)].join('\u0001'))
    .digest('base64url');
  const kept = await sql<{ mapping: ImportMapping }>`
    select mapping from settlement_mappings where chain_id = ${scope.chainId} and connection_id = ${row.connectionId} and fingerprint = ${fingerprint}`.execute(
    ctx.db.read,
  );
  // what its columns are; in which row they are named, this file says itself
  const remembered = kept.rows[0] && { ...kept.rows[0].mapping, headingRow: guessed.headingRow };
  const mapping = wished ?? remembered ?? guessed;
  await sql`
    update settlement_imports set status = 'mapping', look = ${JSON.stringify({ ...look, heading, fingerprint })}::jsonb
     where chain_id = ${scope.chainId} and import_id = ${row.importId}`.execute(ctx.db.read);
  const rules = { mapping, ...(await placeOfImport(ctx.db.read, scope, row.connectionId)) };
  return {
    import: { ...shapeImport(row), status: 'mapping' },
    ...look,
    heading,
    mapping,
    remembered: wished === undefined && remembered !== undefined,
    missing: missingFields(mapping),
    rows: rows.slice(mapping.headingRow, mapping.headingRow + SHOWN).map((cells, index) => {
      const made = rowToLine(cells, rules);
      const common = { row: mapping.headingRow + index + 1, cells };
      if ('why' in made) return { ...common, becomes: null, why: made.why };
      const { kind, amountMinor, feeMinor, currency, at, reference, payoutId } = made.line;
      const becomes = { kind, amountMinor: Number(amountMinor), feeMinor: Number(feeMinor ?? 0n), currency, at: at.toISOString() };
      return { ...common, becomes: { ...becomes, reference: reference ?? null, payoutId: payoutId ?? null }, why: null };
    }),
  };
}

/**
 * From now on it is read, in the background; what its columns are is remembered for the next such file of this connection. Starting twice is starting once.
 * Refuses with `not_found`, `step_not_allowed` and `invalid_request`.
 */
export async function startImport(
  ctx: PaymentsContext,
  { who, place: { scope } }: Deciding,
  importId: string,
  { mapping, registerId }: ImportStart,
): Promise<SettlementImport> {
  if (missingFields(mapping).length > 0)
    throw new Problem('invalid_request', 400, 'Say which columns hold the amount and the date.', { missing: missingFields(mapping) });
  if (registerId !== null && !(await registersOf(ctx.db.read, scope)).some(({ id }) => id === registerId))
    throw new Problem('not_found', 404, 'There is no such register.');
  // how it is written is looked at once more, with this mapping
  if ((await importHere(ctx.db.read, scope, importId)).status === 'mapping') await previewImport(ctx, scope, importId, mapping);
  await ctx.db.transaction(async (tx) => {
    const at = ctx.now();
    const { rows } = await sql<{ connectionId: string; fingerprint: string; fileName: string }>`
      update settlement_imports set status = 'reading', mapping = ${JSON.stringify(mapping)}::jsonb, register_id = ${registerId}, leased_until = ${at}
       where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and import_id = ${importId} and status = 'mapping'
      returning connection_id "connectionId", look ->> 'fingerprint' fingerprint, file_name "fileName"`.execute(tx);
    const [started] = rows;
    if (!started) {
      const { status } = await importHere(tx, scope, importId);
      if (status === 'reading' || status === 'done') return;
      throw new Problem('step_not_allowed', 409, 'This file cannot be read now.');
    }
    await sql`
      insert into settlement_mappings (chain_id, connection_id, fingerprint, mapping, used_at)
      values (${scope.chainId}, ${started.connectionId}, ${started.fingerprint}, ${JSON.stringify(mapping)}::jsonb, ${at})
      on conflict (chain_id, connection_id, fingerprint) do update set mapping = excluded.mapping, used_at = excluded.used_at`.execute(tx);
    await noteAudit(tx, ctx, who, {
      action: 'settlement_file.started',
      subject: { kind: 'settlement_file', id: importId },
      locationId: scope.locationId,
      after: { fileName: started.fileName, connectionId: started.connectionId },
    });
  });
  return shapeImport(await importHere(ctx.db.read, scope, importId));
}

/** Nothing of it is read any more; what was read stays. Refuses with `not_found`. */
export async function discardImport(ctx: PaymentsContext, { who, place: { scope } }: Deciding, importId: string): Promise<void> {
  const row = await importHere(ctx.db.read, scope, importId);
  if (row.status === 'discarded') return;
  await ctx.db.transaction(async (tx) => {
    await sql`
      update settlement_imports set status = 'discarded', done_at = ${ctx.now()} where chain_id = ${scope.chainId} and import_id = ${importId}`.execute(
      tx,
    );
    await sql`delete from settlement_import_parts where chain_id = ${scope.chainId} and import_id = ${importId}`.execute(tx);
    await noteAudit(tx, ctx, who, {
      action: 'settlement_file.discarded',
      subject: { kind: 'settlement_file', id: importId },
      locationId: scope.locationId,
      before: { fileName: row.fileName, status: row.status },
    });
  });
}
