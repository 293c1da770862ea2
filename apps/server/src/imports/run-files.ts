import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { NoTable } from '../kit/look-at-file.ts';
import { invariant } from '../kit/problem.ts';
import { type FileRow, walkRows } from '../kit/walk-rows.ts';
import type { ImportsContext } from './context.ts';
import { judgeRows, nothingEarlier, placeOf } from './judge-rows.ts';
import { type FileRecord, fileColumns, insertRows, piecesOfFile } from './store.ts';
import { noteUnreadable } from './take-file.ts';
import { writeRows } from './write-rows.ts';

const LEASE_MS = 2 * 60_000;
const AT_ONCE = 250;

/** Goes on with the files that are walked through or written. Safe in any number of processes. Answers how many it went on with. */
export async function sweepFiles(ctx: ImportsContext): Promise<number> {
  const at = ctx.now();
  const { rows } = await sql<FileRecord>`
    with due as materialized (select chain_id, file_id from data_imports where status in ('checking', 'writing') and leased_until <= ${at}
                 order by leased_until limit 1 for update skip locked)
    update data_imports f set leased_until = ${new Date(at.getTime() + LEASE_MS)} from due where f.chain_id = due.chain_id and f.file_id = due.file_id
    returning ${fileColumns}`.execute(ctx.db.read);
  for (const file of rows) await (file.status === 'checking' ? check(ctx, file) : writeRows(ctx, file, LEASE_MS));
  return rows.length;
}

/** From the beginning to the end: what a process that died had found out is thrown away. */
async function check(ctx: ImportsContext, file: FileRecord): Promise<void> {
  const { chainId, fileId, look, mapping } = file;
  invariant(look && mapping, `file ${fileId} was looked at before it was begun`);
  await sql`delete from data_import_rows where chain_id = ${chainId} and file_id = ${fileId}`.execute(ctx.db.read);
  const rules = await freshRules(ctx, mintScope(chainId, file.locationId));
  const place = placeOf(rules, mapping, ctx.now());
  const earlier = nothingEarlier();
  let waiting: FileRow[] = [];
  const take = async (): Promise<boolean> => {
    const last = waiting.at(-1);
    if (!last) return true;
    await insertRows(ctx.db.read, file, await judgeRows(ctx.db.read, file, rules, place, waiting, earlier));
    waiting = [];
    const { numAffectedRows } = await sql`
      update data_imports set read_rows = ${last.no}, read_bytes = ${last.bytes}, leased_until = ${new Date(ctx.now().getTime() + LEASE_MS)}
       where chain_id = ${chainId} and file_id = ${fileId} and status = 'checking'`.execute(ctx.db.read);
    return numAffectedRows === 1n;
  };
  try {
    for await (const row of walkRows(piecesOfFile(ctx.db.read, chainId, fileId), look)) {
      if (row.no <= mapping.headingRow) continue;
      waiting.push(row);
      // discarded meanwhile
      if (waiting.length >= AT_ONCE && !(await take())) return;
    }
    if (!(await take())) return;
    await sql`
      update data_imports set status = 'checked', read_bytes = bytes where chain_id = ${chainId} and file_id = ${fileId} and status = 'checking'`.execute(
      ctx.db.read,
    );
  } catch (error) {
    if (!(error instanceof NoTable)) throw error;
    await noteUnreadable(ctx, file, error);
  }
}

const DAY_MS = 86_400_000;
const KEPT_DAYS = 7;

/** Files that nobody went on with within a day are given up; a week after the end their rows go, because they hold people's names and numbers. */
export async function dropOldFiles(ctx: ImportsContext): Promise<number> {
  const at = ctx.now();
  const dropped = await sql`
    update data_imports set status = 'discarded', done_at = ${at}
     where status in ('uploading', 'mapping', 'checked') and made_at < ${new Date(at.getTime() - DAY_MS)}`.execute(ctx.db.read);
  const parts = await sql`
    delete from data_import_parts p using data_imports f
     where f.chain_id = p.chain_id and f.file_id = p.file_id and f.status in ('done', 'discarded', 'unreadable')`.execute(ctx.db.read);
  const rows = await sql`
    delete from data_import_rows r using data_imports f
     where f.chain_id = r.chain_id and f.file_id = r.file_id and (f.status = 'discarded' or f.done_at < ${new Date(at.getTime() - KEPT_DAYS * DAY_MS)})`.execute(
    ctx.db.read,
  );
  return Number((dropped.numAffectedRows ?? 0n) + (parts.numAffectedRows ?? 0n) + (rows.numAffectedRows ?? 0n));
}
