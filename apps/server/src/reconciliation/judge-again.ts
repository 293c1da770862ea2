import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { judgeLines } from './judge-lines.ts';
import { openStatuses } from './settlement-rules.ts';
import { attemptsNamed, type BoundConnection, itemsWhere, lockReconciliation } from './store-items.ts';

const AT_ONCE = 500;

/** Whatever is open, and whatever is of a payment that has moved since: by now it may agree. */
export async function judgeAgain(ctx: PaymentsContext, bound: BoundConnection): Promise<void> {
  const { chainId, connectionId, locationId } = bound;
  await ctx.db.transaction(async (tx) => {
    const settings = await lockReconciliation(tx, mintScope(chainId, locationId), connectionId);
    if (!settings) return;
    const open = await itemsWhere(
      tx,
      chainId,
      sql`i.connection_id = ${connectionId} and i.location_id = ${locationId} and i.status in (${sql.join(openStatuses.map((one) => sql.val(one)))})
          and i.item_id in (select item_id from settlement_items x where x.chain_id = ${chainId} and x.location_id = ${locationId} and x.connection_id = ${connectionId}
                             and x.status in (${sql.join(openStatuses.map((one) => sql.val(one)))}) order by x.at desc limit ${AT_ONCE})`,
    );
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
    await judgeLines(tx, ctx, bound, settings, {
      attemptIds: [
        ...open.flatMap(({ attemptId }) => attemptId ?? []),
        ...named.map(({ attemptId }) => attemptId),
        ...moved.rows.map(({ id }) => id),
      ],
      looseIds: [],
      payoutIds: open.flatMap(({ kind, payoutId }) => (kind === 'payout' && payoutId ? [payoutId] : [])),
    });
  });
}
