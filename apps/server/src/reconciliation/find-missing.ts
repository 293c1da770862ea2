import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { judgeLines } from './judge-lines.ts';
import { type BoundConnection, lockReconciliation } from './store-items.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 200;

/**
 * What was captured (or given back) here, and stands in none of the provider's lines after so many days. It becomes an item of ours, which goes by itself
 * when the line comes after all.
 */
export async function findMissing(ctx: PaymentsContext, bound: BoundConnection): Promise<void> {
  const { chainId, connectionId, locationId } = bound;
  const scope = mintScope(chainId, locationId);
  await ctx.db.transaction(async (tx) => {
    const settings = await lockReconciliation(tx, scope, connectionId);
    if (!settings) return;
    const at = ctx.now();
    const before = new Date(at.getTime() - settings.missingAfterDays * DAY_MS);
    // a captured payment is final but for its refunds, whose last entry says when
    const { rows } = await sql<{
      attemptId: string;
      what: 'missing' | 'refund_missing';
      amount: bigint;
      currency: string;
      at: Date;
      reference: string;
    }>`
      select a.attempt_id "attemptId", 'missing' what, a.captured_minor amount, a.captured_currency currency, a.captured_at at, a.reference from payment_attempts a
       where a.chain_id = ${chainId} and a.connection_id = ${connectionId} and a.status = 'captured' and a.captured_at < ${before}
         and not exists (select 1 from settlement_items i where i.chain_id = a.chain_id and i.attempt_id = a.attempt_id and i.kind in ('payment', 'missing'))
      union all
      select a.attempt_id, 'refund_missing', -a.refunded_minor, a.captured_currency, r.at, a.reference from payment_attempts a
        join lateral (select max(e.happened_at) at from ledger_entries e
                       where e.chain_id = a.chain_id and e.cause_kind = 'provider_refund' and e.cause_id = a.attempt_id || ':' || a.refunded_minor) r on r.at < ${before}
       where a.chain_id = ${chainId} and a.connection_id = ${connectionId} and a.refunded_minor > 0
         and not exists (select 1 from settlement_items i where i.chain_id = a.chain_id and i.attempt_id = a.attempt_id and i.kind in ('refund', 'refund_missing'))
       limit ${AT_ONCE}`.execute(tx);
    for (const one of rows) {
      await sql`
        insert into settlement_items (chain_id, item_id, connection_id, location_id, line_id, version_no, source, kind, reference, amount_minor, fee_minor, currency, at,
                                      attempt_id, matched_by, status, difference_minor, changed_at)
        values (${chainId}, ${ctx.newId('stl')}, ${connectionId}, ${locationId}, ${`${one.what}/${one.attemptId}`}, 1, 'own', ${one.what}, ${one.reference}, ${one.amount}, 0,
                ${one.currency}, ${one.at}, ${one.attemptId}, 'reference', 'gone', 0, ${at}) on conflict do nothing`.execute(tx);
    }
    await judgeLines(tx, ctx, bound, settings, { attemptIds: rows.map(({ attemptId }) => attemptId), looseIds: [], payoutIds: [] });
  });
}
