import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { postPayout } from './post-payout.ts';
import { judgePayout } from './settlement-rules.ts';
import { type BoundConnection, type ConnectionSettings, type ItemRow, itemsWhere, type JudgedChange, writeVerdicts } from './store-items.ts';
import { tellAttention } from './tell-attention.ts';

/** Compares payouts with their lines, and posts those that are right to the cent. */
export async function judgePayouts(
  tx: Tx,
  ctx: Pick<Deps, 'newId' | 'now'>,
  connection: BoundConnection,
  settings: ConnectionSettings,
  payoutIds: readonly string[],
): Promise<void> {
  if (payoutIds.length === 0) return;
  const { chainId, connectionId, locationId } = connection;
  const scope = mintScope(chainId, locationId);
  const all = await itemsWhere(tx, chainId, sql`i.connection_id = ${connectionId} and i.payout_id = any (${sql.val([...payoutIds])}::text[])`);
  const payouts = all.filter(({ kind }) => kind === 'payout');
  const changes: JudgedChange[] = [];
  for (const payout of payouts) {
    const lines = await linesOfPayout(tx, connection, payout, all);
    const { post, ...verdict } = judgePayout(judged(payout), lines.map(judged), settings);
    if (post) {
      await postPayout(tx, ctx, scope, payout, { cause: `${payout.itemId}/1` });
      changes.push({ itemId: payout.itemId, status: 'accepted', differenceMinor: 0n });
    } else if (payout.status !== 'dismissed' || payout.differenceMinor !== verdict.differenceMinor)
      changes.push({ itemId: payout.itemId, ...verdict });
  }
  await writeVerdicts(tx, chainId, changes, ctx.now());
  await tellAttention(tx, ctx, scope, payouts, changes, ctx.now());
}

/** The lines a payout settles, in the payout's own currency and any other. Where the provider does not say which, those it must be: the oldest that make its amount. */
async function linesOfPayout(tx: Tx, connection: BoundConnection, payout: ItemRow, all: readonly ItemRow[]): Promise<readonly ItemRow[]> {
  const said = all.filter(({ kind, payoutId }) => kind !== 'payout' && payoutId === payout.payoutId);
  if (said.length > 0 || payout.payoutId === null) return said;
  const { chainId, connectionId } = connection;
  const waiting = await itemsWhere(
    tx,
    chainId,
    sql`i.connection_id = ${connectionId} and i.payout_id is null and i.currency = ${payout.currency} and i.kind in ('payment', 'refund', 'fee', 'adjustment')
        and i.at <= ${payout.at}`,
  );
  const made = oldestThatMake(waiting, -payout.amountMinor);
  if (made.length > 0) {
    await sql`
      update settlement_items set payout_id = ${payout.payoutId}, revision = revision + 1
       where chain_id = ${chainId} and item_id = any (${sql.val(made.map(({ itemId }) => itemId))}::text[])`.execute(tx);
  }
  return made;
}

/** The oldest lines that together make exactly this amount; none where no number of them does. */
export function oldestThatMake<T extends { readonly amountMinor: bigint; readonly feeMinor: bigint }>(
  waiting: readonly T[],
  amountMinor: bigint,
): readonly T[] {
  let sum = 0n;
  for (const [index, { amountMinor: amount, feeMinor }] of waiting.entries()) {
    sum += amount - feeMinor;
    if (sum === amountMinor) return waiting.slice(0, index + 1);
  }
  return [];
}

function judged(item: ItemRow) {
  // by now a fee is in the books or its line is open
  return { ...item, feePostedMinor: item.feeMinor };
}
