import type { SettlementLine } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { judgeLines } from './judge-lines.ts';
import { recogniseLines } from './recognise-lines.ts';
import { type BoundConnection, itemsWhere, type LineSource, lockReconciliation } from './store-items.ts';

/** A line as it came. What a file does not say is undefined: it says nothing against what is known. */
export interface CameLine extends Omit<SettlementLine, 'feeMinor'> {
  readonly feeMinor: bigint | undefined;
  readonly note?: string;
  readonly rowNo?: number;
}

export interface Taken {
  readonly fresh: number;
  readonly changed: number;
  readonly known: number;
  /** Payments of ours of which the provider says something that we have not heard of: it is asked. */
  readonly toAsk: readonly string[];
}

/**
 * Takes lines of a provider's books: a new one is kept, a known one has no effect, one that says something else than the same source said before is another
 * version. Then everything they are about is judged again. All in one transaction: a reader that dies is as if it had not begun.
 */
export async function takeLines(
  tx: Tx,
  ctx: Pick<Deps, 'newId' | 'now'>,
  connection: BoundConnection,
  came: readonly CameLine[],
  from: { readonly source: LineSource; readonly importId?: string; readonly payoutsLater?: boolean },
): Promise<Taken> {
  const { chainId, connectionId, locationId } = connection;
  const at = ctx.now();
  const settings = await lockReconciliation(tx, mintScope(chainId, locationId), connectionId);
  invariant(settings, `connection ${connectionId} has settings`);
  const lines = await recogniseLines(tx, connection, came, from.source);
  const ids = [...new Set(lines.map(({ lineId }) => lineId))];
  const items = new Map(
    (await itemsWhere(tx, chainId, sql`i.connection_id = ${connectionId} and i.line_id = any (${sql.val(ids)}::text[])`)).map((item) => [
      item.lineId,
      item,
    ]),
  );
  const said = await lastSaid(tx, connection, ids, from.source);
  const written = new Map<string, { line: (typeof lines)[number]; versionNo: number; fee: bigint; payoutId: string | null; itemId: string }>();
  let known = 0;
  for (const line of lines) {
    const item = items.get(line.lineId);
    const before = said.get(line.lineId) ?? item;
    const again = written.get(line.lineId);
    const fee = line.feeMinor ?? item?.feeMinor ?? 0n;
    const payoutId = line.payoutId ?? item?.payoutId ?? null;
    const same = before && before.amountMinor === line.amountMinor && before.currency === line.currency && before.kind === line.kind;
    const sameRest = before && (line.feeMinor ?? before.feeMinor) === before.feeMinor && (line.payoutId ?? before.payoutId) === before.payoutId;
    if (again || (same && sameRest)) {
      known++;
      continue;
    }
    written.set(line.lineId, { line, versionNo: (item?.versionNo ?? 0) + 1, fee, payoutId, itemId: item?.itemId ?? ctx.newId('stl') });
  }
  if (written.size > 0) await writeLines(tx, connection, [...written.values()], from, at);
  const changed = [...written.keys()].filter((id) => items.has(id)).length;
  // what is open may have been waiting for a payment that was heard of only meanwhile
  const toAsk = await judgeLines(tx, ctx, connection, settings, {
    attemptIds: lines.flatMap(({ lineId, attemptId }) => {
      const item = items.get(lineId);
      return attemptId && (written.has(lineId) || (item && item.status !== 'matched' && item.status !== 'accepted')) ? [attemptId] : [];
    }),
    looseIds: [...written.values()].filter(({ line }) => !line.attemptId && line.kind !== 'payout').map(({ itemId }) => itemId),
    payoutIds: [...written.values()]
      .flatMap(({ payoutId, line }) => [payoutId, items.get(line.lineId)?.payoutId ?? null])
      .filter((id) => id !== null),
    payoutsLater: from.payoutsLater ?? false,
  });
  return { fresh: written.size - changed, changed, known, toAsk };
}

interface Said {
  readonly kind: string;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly currency: string;
  readonly payoutId: string | null;
}

/** What this source said of these lines the last time. */
async function lastSaid(
  tx: Tx,
  { chainId, connectionId }: BoundConnection,
  ids: readonly string[],
  source: LineSource,
): Promise<ReadonlyMap<string, Said>> {
  const { rows } = await sql<Said & { lineId: string }>`
    select distinct on (line_id) line_id "lineId", kind, amount_minor "amountMinor", fee_minor "feeMinor", currency, payout_id "payoutId" from settlement_lines
     where chain_id = ${chainId} and connection_id = ${connectionId} and line_id = any (${sql.val([...ids])}::text[]) and source = ${source}
     order by line_id, version_no desc`.execute(tx);
  return new Map(rows.map((row) => [row.lineId, row]));
}

async function writeLines(
  tx: Tx,
  { chainId, connectionId, locationId }: BoundConnection,
  written: readonly {
    line: CameLine & { attemptId: string | undefined; matchedBy: string | undefined };
    versionNo: number;
    fee: bigint;
    payoutId: string | null;
    itemId: string;
  }[],
  { source, importId }: { readonly source: LineSource; readonly importId?: string },
  at: Date,
): Promise<void> {
  const rows = JSON.stringify(
    written.map(({ line, versionNo, fee, payoutId, itemId }) => ({
      item_id: itemId,
      line_id: line.lineId,
      version_no: versionNo,
      kind: line.kind,
      reference: line.reference ?? null,
      provider_payment_id: line.providerPaymentId ?? null,
      amount_minor: line.amountMinor.toString(),
      fee_minor: fee.toString(),
      currency: line.currency,
      at: line.at,
      payout_id: payoutId,
      note: line.note ?? '',
      row_no: line.rowNo ?? null,
      attempt_id: line.attemptId ?? null,
      matched_by: line.matchedBy ?? null,
    })),
  );
  await sql`
    with came as (
      select * from jsonb_to_recordset(${rows}::jsonb) as x(item_id text, line_id text, version_no int, kind text, reference text, provider_payment_id text,
        amount_minor bigint, fee_minor bigint, currency text, at timestamptz, payout_id text, note text, row_no int, attempt_id text, matched_by text)),
    facts as (
      insert into settlement_lines (chain_id, connection_id, line_id, version_no, location_id, source, import_id, row_no, kind, reference, provider_payment_id,
                                    amount_minor, fee_minor, currency, at, payout_id, note, known_at)
      select ${chainId}, ${connectionId}, line_id, version_no, ${locationId}, ${source}, ${importId ?? null}, row_no, kind, reference, provider_payment_id,
             amount_minor, fee_minor, currency, at, payout_id, note, ${at}::timestamptz from came)
    insert into settlement_items (chain_id, item_id, connection_id, location_id, line_id, version_no, source, kind, reference, provider_payment_id, amount_minor, fee_minor,
                                  currency, at, payout_id, note, attempt_id, matched_by, status, difference_minor, changed_at)
    select ${chainId}, item_id, ${connectionId}, ${locationId}, line_id, version_no, ${source}, kind, reference, provider_payment_id, amount_minor, fee_minor,
           currency, at, payout_id, note, attempt_id, matched_by, case kind when 'payout' then 'payout_open' when 'fee' then 'matched' when 'adjustment' then 'adjustment' else 'unknown' end,
           case when kind in ('payout', 'fee') then 0 else amount_minor end,
           ${at}::timestamptz from came
    on conflict (chain_id, connection_id, line_id) do update
       set version_no = excluded.version_no, source = excluded.source, kind = excluded.kind, amount_minor = excluded.amount_minor, fee_minor = excluded.fee_minor,
           currency = excluded.currency, payout_id = excluded.payout_id,
           at = case when excluded.source = 'file' then settlement_items.at else excluded.at end,
           reference = coalesce(excluded.reference, settlement_items.reference),
           provider_payment_id = coalesce(excluded.provider_payment_id, settlement_items.provider_payment_id),
           attempt_id = coalesce(excluded.attempt_id, settlement_items.attempt_id), matched_by = coalesce(excluded.matched_by, settlement_items.matched_by),
           revision = settlement_items.revision + 1, changed_at = excluded.changed_at`.execute(tx);
}
