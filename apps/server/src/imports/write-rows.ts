import type { ImportWhy } from '@holdfast/contract/import-fields';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Place, Who } from '../access/who.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { ImportsContext } from './context.ts';
import type { FileRecord } from './store.ts';
import { type Written, writeAppointment, writeClient, writeService } from './write-row.ts';

const AT_ONCE = 50;

interface RowToWrite {
  readonly rowNo: bigint;
  readonly wish: object;
}

/** Writes what was accepted, each row by the deed that staff would do by hand. What a process that died had written is found as there already. */
export async function writeRows(ctx: ImportsContext, file: FileRecord, leaseMs: number): Promise<void> {
  const { chainId, locationId, fileId, askedBy } = file;
  invariant(askedBy, `file ${fileId} was accepted by somebody`);
  const scope = mintScope(chainId, locationId);
  // what they were allowed was looked at when they accepted it
  const place: Place = {
    scope,
    role: '',
    rights: new Set([
      'calendar.see',
      'calendar.see_all',
      'calendar.edit',
      'calendar.price',
      'clients.see',
      'clients.contacts',
      'clients.edit',
      'catalog.edit',
    ]),
    registers: undefined,
    lastDays: {},
    refundLimitMinor: undefined,
    staffId: undefined,
  };
  const who: Who = { ...askedBy, chainId, email: '', language: 'en', totp: false, sessionId: '', places: new Map([[locationId, place]]) };
  for (;;) {
    const { rows } = await sql<RowToWrite>`
      select row_no "rowNo", wish from data_import_rows where chain_id = ${chainId} and file_id = ${fileId} and outcome in ('new', 'merge') and written is null
       order by row_no limit ${AT_ONCE}`.execute(ctx.db.read);
    for (const row of rows) await note(ctx, file, row, await written(ctx, file, { who, place }, row));
    const last = rows.at(-1);
    const { numAffectedRows } = await sql`
      update data_imports set read_rows = ${last?.rowNo ?? sql`read_rows`}, leased_until = ${new Date(ctx.now().getTime() + leaseMs)},
             status = ${last ? 'writing' : 'done'}, done_at = ${last ? null : ctx.now()}
       where chain_id = ${chainId} and file_id = ${fileId} and status = 'writing'`.execute(ctx.db.read);
    if (!last || numAffectedRows !== 1n) return;
  }
}

async function written(
  ctx: ImportsContext,
  { kind, fileId }: FileRecord,
  by: { who: Who; place: Place },
  { wish, rowNo }: RowToWrite,
): Promise<Written> {
  try {
    if (kind === 'clients') return await writeClient(ctx, by, wish as never);
    return kind === 'services' ? await writeService(ctx, by, wish as never) : await writeAppointment(ctx, by, wish as never);
  } catch (error) {
    if (error instanceof Problem) return { written: 'refused', why: whyOf(error) };
    ctx.log.error({ err: error, file: fileId, row: Number(rowNo) }, 'a row of a file could not be written');
    return { written: 'refused', why: 'failed' };
  }
}

function whyOf({ code, detail }: Problem): ImportWhy {
  if (code === 'time_taken') return 'taken_meanwhile';
  if (code === 'right_missing') return 'right_missing';
  if (code !== 'time_not_offered') return 'failed';
  return detail['reason'] === 'does_not_do_it' ? 'does_not_do_it' : detail['reason'] === 'in_the_past' ? 'in_the_past' : 'failed';
}

async function note(ctx: ImportsContext, { chainId, fileId }: FileRecord, { rowNo }: RowToWrite, done: Written): Promise<void> {
  await sql`
    update data_import_rows set written = ${done.written}, written_why = ${done.why ?? ''}, made_id = ${done.id ?? null}
     where chain_id = ${chainId} and file_id = ${fileId} and row_no = ${rowNo} and written is null`.execute(ctx.db.read);
}
