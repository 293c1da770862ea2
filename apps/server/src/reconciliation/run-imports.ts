import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import { NoTable } from '../kit/look-at-file.ts';
import { invariant } from '../kit/problem.ts';
import { type FileRow, walkRows } from '../kit/walk-rows.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { lookAtPayment } from '../payments/look-at-payment.ts';
import { judgeAgain, judgePayoutsOfFile } from './judge-again.ts';
import { piecesOf } from './pieces-of.ts';
import { type RowRules, rowToLine, type WhyNot } from './row-to-line.ts';
import { type ImportCounts, type ImportRow, importColumns, noCounts, placeOfImport } from './store-imports.ts';
import { type CameLine, takeLines } from './take-lines.ts';

const LEASE_MS = 2 * 60_000;
const AT_ONCE = 500;
/** So many rows in one go: then others have their turn, and a program that ends does not wait for long. */
const ROWS_IN_ONE_GO = 100_000;
/** So many rows that became no line are kept to be looked at; all are counted. */
const MOST_LISTED = 10_000;

/** Goes on reading the files that were begun. Safe in any number of processes: what one has read is committed with how far it came. */
export async function sweepImports(ctx: PaymentsContext): Promise<number> {
  const at = ctx.now();
  const { rows } = await sql<ImportRow>`
    with due as (select chain_id, import_id from settlement_imports where status = 'reading' and leased_until <= ${at} order by leased_until limit 1 for update skip locked)
    update settlement_imports m set leased_until = ${new Date(at.getTime() + LEASE_MS)} from due, provider_connections c
     where m.chain_id = due.chain_id and m.import_id = due.import_id and c.chain_id = m.chain_id and c.connection_id = m.connection_id
    returning ${importColumns}`.execute(ctx.db.read);
  for (const row of rows) await readOn(ctx, row);
  return rows.length;
}

async function readOn(ctx: PaymentsContext, row: ImportRow): Promise<void> {
  const { chainId, importId, connectionId, locationId, look, mapping } = row;
  invariant(look && mapping, `file ${importId} was looked at before it was begun`);
  const rules: RowRules = { mapping, ...(await placeOfImport(ctx.db.read, mintScope(chainId, locationId), connectionId)) };
  const start = Math.max(Number(row.readRows), mapping.headingRow);
  const progress: Progress = { readRows: row.readRows, counts: { ...noCounts, ...row.counts }, bytes: Number(row.readBytes) };
  const toAsk = new Set<string>();
  const take = async (rows: readonly FileRow[], end: boolean) => {
    for (const attemptId of await takeRows(ctx, row, rules, rows, progress, end)) toAsk.add(attemptId);
  };
  try {
    let waiting: FileRow[] = [];
    let taken = 0;
    for await (const one of walkRows(piecesOf(ctx.db.read, chainId, importId), look)) {
      if (one.no <= start) continue;
      waiting.push(one);
      if (waiting.length < AT_ONCE) continue;
      await take(waiting, false);
      taken += waiting.length;
      waiting = [];
      if (taken >= ROWS_IN_ONE_GO) {
        await sql`update settlement_imports set leased_until = ${ctx.now()} where chain_id = ${chainId} and import_id = ${importId} and status = 'reading'`.execute(
          ctx.db.read,
        );
        return;
      }
    }
    if (waiting.length > 0) await take(waiting, false);
    await judgePayoutsOfFile(ctx, row);
    await take([], true);
  } catch (error) {
    if (!(error instanceof NoTable)) throw error;
    const trouble = JSON.stringify({ line: error.line, says: error.message });
    await sql`
      update settlement_imports set status = 'unreadable', trouble = ${trouble}::jsonb, done_at = ${ctx.now()}
       where chain_id = ${chainId} and import_id = ${importId} and status = 'reading'`.execute(ctx.db.read);
  }
  await sql`
    delete from settlement_import_parts p using settlement_imports m where m.chain_id = p.chain_id and m.import_id = p.import_id and m.status <> 'reading'
       and p.chain_id = ${chainId} and p.import_id = ${importId}`.execute(ctx.db.read);
  for (const attemptId of toAsk) await lookAtPayment(ctx, { chainId, attemptId }, 'poll');
  await judgeAgain(ctx, row);
}

interface Progress {
  readRows: bigint;
  counts: ImportCounts;
  bytes: number;
}

const countedAs: Readonly<Record<WhyNot, keyof ImportCounts>> = {
  empty: 'skipped',
  not_chosen: 'skipped',
  nothing_moved: 'skipped',
  totals: 'totals',
  other_currency: 'otherCurrency',
  no_amount: 'unreadable',
  no_date: 'unreadable',
  no_fee: 'unreadable',
};

/** Some rows, and how far that is: both or neither. Answers the payments to be asked about. */
async function takeRows(
  ctx: PaymentsContext,
  { chainId, importId, connectionId, locationId }: ImportRow,
  rules: RowRules,
  rows: readonly FileRow[],
  progress: Progress,
  end: boolean,
): Promise<readonly string[]> {
  const lines: CameLine[] = [];
  const listed: { row_no: number; why: string; content: string }[] = [];
  const counts = { ...progress.counts };
  for (const { no, cells } of rows) {
    const made = rowToLine(cells, rules);
    if ('line' in made) lines.push({ ...made.line, rowNo: no });
    else {
      counts[countedAs[made.why]]++;
      const isListed = made.why !== 'empty' && made.why !== 'not_chosen' && counts.unreadable + counts.otherCurrency + counts.totals <= MOST_LISTED;
      if (isListed) listed.push({ row_no: no, why: made.why, content: cells.join(' | ').slice(0, 300) });
    }
  }
  const last = rows.at(-1);
  const readRows = last ? BigInt(last.no) : progress.readRows;
  const toAsk = await ctx.db.transaction(async (tx) => {
    const now = { ...counts };
    const taken = await takeLines(tx, ctx, { chainId, connectionId, locationId }, lines, { source: 'file', importId, payoutsLater: true });
    now.fresh += taken.fresh;
    now.changed += taken.changed;
    now.known += taken.known;
    if (listed.length > 0) {
      await sql`
        insert into settlement_import_rows (chain_id, import_id, row_no, why, content)
        select ${chainId}, ${importId}, row_no, why, content from jsonb_to_recordset(${JSON.stringify(listed)}::jsonb) as x(row_no bigint, why text, content text)
        on conflict do nothing`.execute(tx);
    }
    const { numAffectedRows } = await sql`
      update settlement_imports set read_rows = ${readRows}, read_bytes = ${end ? sql`bytes` : sql`${last?.bytes ?? progress.bytes}`}, counts = ${JSON.stringify(now)}::jsonb,
             leased_until = ${new Date(ctx.now().getTime() + LEASE_MS)}, status = ${end ? 'done' : 'reading'}, done_at = ${end ? ctx.now() : null}
       where chain_id = ${chainId} and import_id = ${importId} and status = 'reading' and read_rows = ${progress.readRows}`.execute(tx);
    // another process goes on with it, or somebody has discarded it: then this was not read
    if (numAffectedRows !== 1n) throw new Error(`file ${importId} is read by somebody else`);
    progress.counts = now;
    return taken.toAsk;
  });
  progress.readRows = readRows;
  return toAsk;
}
