import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { type KnownFee, knownFees, postFee } from '../payments/post-fee.ts';
import { feeOfPayment } from '../payments/tell-fee.ts';
import { judgePayouts } from './judge-payouts.ts';
import { feeOf, type JudgedItem, judgeAlone, judgePayment } from './settlement-rules.ts';
import {
  attemptsById,
  type BoundConnection,
  type ConnectionSettings,
  type ItemRow,
  itemsWhere,
  type JudgedChange,
  writeVerdicts,
} from './store-items.ts';
import { tellAttention } from './tell-attention.ts';

interface Judging {
  readonly attemptIds: readonly string[];
  readonly looseIds: readonly string[];
  readonly payoutIds: readonly string[];
  /** The payouts are judged when all of their lines have come: a file's, at its end. */
  readonly payoutsLater?: boolean;
}

/**
 * Judges what lines are about, posts the fees that are known by now, and then the payouts of which they are parts. Answers the payments of which the provider
 * says more than we have heard. Under the connection's lock.
 */
export async function judgeLines(
  tx: Tx,
  ctx: Pick<Deps, 'newId' | 'now'>,
  connection: BoundConnection,
  settings: ConnectionSettings,
  { attemptIds, looseIds, payoutIds, payoutsLater = false }: Judging,
): Promise<readonly string[]> {
  const { chainId, connectionId } = connection;
  const at = ctx.now();
  const ids = [...new Set(attemptIds)];
  const matched =
    ids.length === 0 ? [] : await itemsWhere(tx, chainId, sql`i.connection_id = ${connectionId} and i.attempt_id = any (${sql.val(ids)}::text[])`);
  const loose =
    looseIds.length === 0
      ? []
      : await itemsWhere(tx, chainId, sql`i.item_id = any (${sql.val([...looseIds])}::text[]) and i.attempt_id is null and i.kind <> 'payout'`);
  const attempts = await attemptsById(tx, chainId, ids);
  const keys = feeKeys([...matched, ...loose]);
  const fees = await knownFees(tx, chainId, connectionId, [...keys.values()]);
  const changes: JudgedChange[] = [];
  const toAsk: string[] = [];

  for (const [attemptId, items] of Map.groupBy(matched, ({ attemptId }) => attemptId ?? '')) {
    const payment = attempts.get(attemptId) ?? { capturedMinor: 0n, refundedMinor: 0n, currency: null };
    const judged: JudgedItem[] = [];
    for (const item of items) {
      // what is not captured here yet has no fee here either
      const mayPost = payment.currency === item.currency;
      judged.push(await withFee(tx, ctx, connection, item, { keys, fees, mayPost }));
    }
    for (const [itemId, verdict] of judgePayment(judged, payment)) changes.push({ itemId, ...verdict });
    const told = (kind: string) => judged.filter((one) => one.kind === kind).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    // an adjustment of a payment may be a dispute of which nobody has told us
    const unheard = changes.some(({ itemId, status }) => status === 'adjustment' && items.some((one) => one.itemId === itemId));
    if (unheard || told('payment') > payment.capturedMinor || -told('refund') > payment.refundedMinor) toAsk.push(attemptId);
  }
  for (const item of loose) {
    const judged = await withFee(tx, ctx, connection, item, { keys, fees, mayPost: item.kind === 'fee' });
    changes.push({ itemId: item.itemId, ...judgeAlone(judged) });
  }
  const before = new Map([...matched, ...loose].map((item) => [item.itemId, item]));
  const kept = changes.filter(({ itemId, status, differenceMinor }) => {
    const item = before.get(itemId);
    if (item?.status === status && item.differenceMinor === differenceMinor) return false;
    // what was dismissed stays so until it is another difference
    return !(item?.status === 'dismissed' && item.differenceMinor === differenceMinor && status !== 'matched' && status !== 'gone');
  });
  await writeVerdicts(tx, chainId, kept, at);
  await tellAttention(tx, ctx, mintScope(chainId, connection.locationId), [...before.values()], kept, at);
  if (payoutsLater) return toAsk;
  const touched = [...matched, ...loose].flatMap(({ payoutId }) => payoutId ?? []);
  await judgePayouts(tx, ctx, connection, settings, [...new Set([...payoutIds, ...touched])]);
  return toAsk;
}

/** The first payment line of a payment stands for the fee that was told with it. */
function feeKeys(items: readonly ItemRow[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    items.map((item) => {
      const first = item.kind === 'payment' && item.attemptId !== null && !taken.has(item.attemptId);
      if (first && item.attemptId) taken.add(item.attemptId);
      return [item.itemId, first && item.attemptId ? feeOfPayment(item.attemptId) : `line/${item.lineId}`];
    }),
  );
}

/** A line with what of its fee stands in the books, after what may be posted by itself has been. */
async function withFee(
  tx: Tx,
  ctx: Pick<Deps, 'newId' | 'now'>,
  connection: BoundConnection,
  item: ItemRow,
  { keys, fees, mayPost }: { keys: ReadonlyMap<string, string>; fees: ReadonlyMap<string, KnownFee>; mayPost: boolean },
): Promise<JudgedItem> {
  const feeKey = keys.get(item.itemId) ?? `line/${item.lineId}`;
  const known = fees.get(`${feeKey} ${item.currency}`);
  const fee = item.kind.endsWith('missing') ? 0n : feeOf(item);
  const posted = known?.postedMinor ?? 0n;
  if (fee === posted || !mayPost || !believed(item, known)) return { ...item, feePostedMinor: posted };
  await postFee(tx, ctx, mintScope(connection.chainId, connection.locationId), {
    connectionId: connection.connectionId,
    feeKey,
    attemptId: item.attemptId ?? undefined,
    currency: item.currency,
    feeMinor: fee,
    source: item.source === 'own' ? 'assumed' : 'line',
    at: item.at,
  });
  return { ...item, feePostedMinor: fee };
}

/** The provider itself is believed, unless a person has decided; a file only where nobody has said anything else. */
function believed(item: ItemRow, known: KnownFee | undefined): boolean {
  if (!known) return true;
  if (known.source === 'accepted') return false;
  if (item.source === 'own') return known.source === 'assumed';
  return item.source === 'api' || known.source === 'assumed';
}
