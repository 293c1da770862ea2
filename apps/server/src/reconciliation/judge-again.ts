import { openStatuses } from '@holdfast/contract/settlement-statuses';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { judgeLines } from './judge-lines.ts';
import { judgePayouts } from './judge-payouts.ts';
import { attemptsNamed, type BoundConnection, type ItemRow, itemColumns, lockReconciliation } from './store-items.ts';
import { takeBackDoubled } from './take-back-doubled.ts';

const AT_ONCE = 500;

/** Whatever is open, and whatever is of a payment that has moved since: by now it may agree. */
export async function judgeAgain(ctx: PaymentsContext, bound: BoundConnection): Promise<void> {
  const { chainId, connectionId, locationId } = bound;
  await ctx.db.transaction(async (tx) => {
    const settings = await lockReconciliation(tx, mintScope(chainId, locationId), connectionId);
    if (!settings) return;
    const open = await newestOpen(tx, bound);
    // a payment that was unknown when its line came
    const loose = open.filter(({ attemptId, kind }) => attemptId === null && kind !== 'payout');
    const named = await attemptsNamed(
      tx,
      bound,
      loose.flatMap(({ reference }) => reference ?? []),
      loose.flatMap(({ providerPaymentId }) => providerPaymentId ?? []),
    );
    for (const { attemptId, reference, providerPaymentId } of named) {
      await sql`
        update settlement_items set attempt_id = ${attemptId}, matched_by = case when reference = ${reference} then 'reference' else 'provider_id' end, revision = revision + 1
         where chain_id = ${chainId} and connection_id = ${connectionId} and attempt_id is null and status = 'unknown' and corrected_minor = 0
           and (reference = ${reference} or provider_payment_id = ${providerPaymentId})`.execute(tx);
    }
    const moved = await sql<{ id: string }>`
      select a.attempt_id id from payment_attempts a
       where a.chain_id = ${chainId} and a.connection_id = ${connectionId} and a.refunded_minor > 0
         and exists (select 1 from settlement_items i where i.chain_id = a.chain_id and i.attempt_id = a.attempt_id and i.kind = 'refund_missing' and i.status = 'refund_missing')`.execute(
      tx,
    );
    const booked = await takeBackDoubled(tx, ctx, bound);
    await judgeLines(tx, ctx, bound, settings, {
      attemptIds: [
        ...booked,
        ...open.flatMap(({ attemptId }) => attemptId ?? []),
        ...named.map(({ attemptId }) => attemptId),
        ...moved.rows.map(({ id }) => id),
      ],
      looseIds: [],
      payoutIds: open.flatMap(({ kind, payoutId }) => (kind === 'payout' && payoutId ? [payoutId] : [])),
    });
  });
}

async function newestOpen(tx: Tx, { chainId, connectionId, locationId }: BoundConnection): Promise<readonly ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select ${itemColumns} from settlement_items i
     where i.chain_id = ${chainId} and i.location_id = ${locationId} and i.connection_id = ${connectionId}
       and i.status in (${sql.join(openStatuses.map((one) => sql.lit(one)))})
     order by i.at desc, i.item_id desc limit ${AT_ONCE}`.execute(tx);
  return rows;
}

/** The payouts a file tells of, now that all of its lines are here: their own, those its lines were in before, and those of other lines about the same payments. */
export async function judgePayoutsOfFile(
  ctx: PaymentsContext,
  { importId, ...bound }: BoundConnection & { readonly importId: string },
): Promise<void> {
  const { chainId, connectionId, locationId } = bound;
  const ofConnection = sql`chain_id = ${chainId} and connection_id = ${connectionId}`;
  // so many lines are new that the planner would still take the tables for empty
  await sql`analyze settlement_lines, settlement_items`.execute(ctx.db.read);
  const { rows } = await sql<{ id: string }>`
    select payout_id id from settlement_lines where ${ofConnection} and import_id = ${importId} and payout_id is not null
    union
    select payout_id from settlement_lines where ${ofConnection} and payout_id is not null
       and line_id in (select line_id from settlement_lines where ${ofConnection} and import_id = ${importId} and version_no > 1)
    union
    select payout_id from settlement_items where ${ofConnection} and payout_id is not null
       and attempt_id in (select attempt_id from settlement_items where ${ofConnection} and attempt_id is not null
                             and line_id in (select line_id from settlement_lines where ${ofConnection} and import_id = ${importId}))`.execute(
    ctx.db.read,
  );
  const ids = rows.map(({ id }) => id);
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    await ctx.db.transaction(async (tx) => {
      const settings = await lockReconciliation(tx, mintScope(chainId, locationId), connectionId);
      if (settings) await judgePayouts(tx, ctx, bound, settings, ids.slice(start, start + AT_ONCE));
    });
  }
}
