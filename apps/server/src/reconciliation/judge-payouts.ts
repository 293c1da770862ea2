import { openStatuses } from '@holdfast/contract/settlement-statuses';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { postPayout } from './post-payout.ts';
import { judgePayout, type LinesInAll } from './settlement-rules.ts';
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
  const payouts = await itemsWhere(
    tx,
    chainId,
    sql`i.connection_id = ${connectionId} and i.kind = 'payout' and i.payout_id = any (${sql.val([...new Set(payoutIds)])}::text[])`,
  );
  const changes: JudgedChange[] = [];
  for (const payout of payouts) {
    const { post, ...verdict } = judgePayout(payout, await linesOfPayout(tx, connection, payout), settings);
    if (post) {
      await postPayout(tx, ctx, scope, payout, { cause: `${payout.itemId}/1` });
      changes.push({ itemId: payout.itemId, status: 'accepted', differenceMinor: 0n });
    } else if (payout.status !== 'dismissed' || payout.differenceMinor !== verdict.differenceMinor)
      changes.push({ itemId: payout.itemId, ...verdict });
  }
  await writeVerdicts(tx, chainId, changes, ctx.now());
  await tellAttention(tx, ctx, scope, payouts, changes, ctx.now());
}

/** The lines a payout settles, in its own currency and any other. Where the provider does not say which, those it must be: the oldest that make its amount. */
async function linesOfPayout(tx: Tx, connection: BoundConnection, payout: ItemRow): Promise<LinesInAll> {
  const said = await inAll(tx, connection, payout);
  if (said.count > 0 || payout.payoutId === null) return said;
  return (await takeOldestThatMake(tx, connection, payout)) ? inAll(tx, connection, payout) : said;
}

/** Added up where they lie: a payout may have a million of them. */
async function inAll(tx: Tx, { chainId, connectionId }: BoundConnection, { payoutId, currency }: ItemRow): Promise<LinesInAll> {
  const { rows } = await sql<{ count: bigint; net: bigint; clean: boolean }>`
    select count(*) count, coalesce(sum(amount_minor - fee_minor), 0)::bigint net,
           coalesce(bool_and(currency = ${currency} and status <> 'dismissed' and status <> all (${sql.val([...openStatuses])}::text[])), true) clean
      from settlement_items
     where chain_id = ${chainId} and connection_id = ${connectionId} and payout_id = ${payoutId} and kind <> 'payout'`.execute(tx);
  const { count, net, clean } = rows[0] ?? { count: 0n, net: 0n, clean: true };
  return { count: Number(count), netMinor: net, clean };
}

/** The oldest lines that together make exactly this amount become this payout's; none where no number of them does. */
async function takeOldestThatMake(tx: Tx, { chainId, connectionId }: BoundConnection, payout: ItemRow): Promise<boolean> {
  const { numAffectedRows } = await sql`
    with waiting as (
      select item_id, sum(amount_minor - fee_minor) over w so_far, row_number() over w no from settlement_items
       where chain_id = ${chainId} and connection_id = ${connectionId} and payout_id is null and currency = ${payout.currency} and at <= ${payout.at}
         and kind in ('payment', 'refund', 'fee', 'adjustment')
      window w as (order by at, line_id rows unbounded preceding)),
    made as (select min(no) no from waiting where so_far = ${-payout.amountMinor})
    update settlement_items i set payout_id = ${payout.payoutId}, revision = revision + 1 from waiting w, made
     where i.chain_id = ${chainId} and i.item_id = w.item_id and w.no <= made.no`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}
