import type { SettlementStatus } from '@holdfast/contract/reconciliation';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { reverseEntry } from '../ledger/reverse-entry.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { postFee } from '../payments/post-fee.ts';
import type { Deciding } from './accept-difference.ts';
import { askAbout } from './ask-about.ts';
import { judgeLines } from './judge-lines.ts';
import { itemById, lockReconciliation } from './store-items.ts';

interface Decision {
  readonly itemId: string;
  readonly what: string;
  readonly about: SettlementStatus;
  readonly movedMinor: bigint;
  readonly feeMinor: bigint;
  readonly entries: readonly string[];
}

/**
 * Takes a decision back: what it posted is posted the other way, and the difference stands there again. Only the newest decision about a line can be undone.
 * Refuses with `not_found` and `step_not_allowed`.
 */
export async function undoDecision(ctx: PaymentsContext, { who, place }: Deciding, decisionId: string): Promise<void> {
  const { scope } = place;
  const { chainId, locationId } = scope;
  const { rows } = await sql<Decision & { connectionId: string }>`
    select d.item_id "itemId", d.what, d.about, d.moved_minor "movedMinor", d.fee_minor "feeMinor", d.entries, i.connection_id "connectionId"
      from settlement_decisions d join settlement_items i on i.chain_id = d.chain_id and i.item_id = d.item_id
     where d.chain_id = ${chainId} and d.location_id = ${locationId} and d.decision_id = ${decisionId}`.execute(ctx.db.read);
  const [decision] = rows;
  if (!decision) throw new Problem('not_found', 404, 'There is no such decision.');
  await ctx.db.transaction(async (tx) => {
    const settings = await lockReconciliation(tx, scope, decision.connectionId);
    const item = await itemById(tx, scope, decision.itemId);
    invariant(settings && item, 'a line that was decided about is there');
    const newest = await sql<{ id: string }>`
      select d.decision_id id from settlement_decisions d
       where d.chain_id = ${chainId} and d.item_id = ${item.itemId} and d.what <> 'undone'
         and not exists (select 1 from settlement_decisions u where u.chain_id = d.chain_id and u.undoes = d.decision_id)
       order by d.at desc, d.decision_id desc limit 1`.execute(tx);
    if (newest.rows[0]?.id !== decisionId || decision.what === 'matched')
      throw new Problem('step_not_allowed', 409, 'This decision was undone before, or another one stands on it.');
    const at = ctx.now();
    const by = { id: who.userId, name: who.name };
    for (const entry of decision.entries) {
      const [kind = '', id = ''] = entry.split(' ');
      await reverseEntry(tx, ctx, scope, { of: { kind, id }, cause: { kind: `${kind}_undone`, id }, memo: item.lineId, at, by });
    }
    if (decision.feeMinor !== 0n) {
      const [asked] = await askAbout(tx, scope, ctx.mark, [item]);
      invariant(asked, 'a line is asked about');
      const { connectionId, currency, attemptId } = item;
      const feeMinor = asked.feePostedMinor - decision.feeMinor;
      await postFee(tx, ctx, scope, {
        connectionId,
        feeKey: asked.feeKey,
        attemptId: attemptId ?? undefined,
        currency,
        feeMinor,
        source: 'accepted',
        at,
        by,
      });
    }
    await sql`
      insert into settlement_decisions (chain_id, decision_id, location_id, item_id, what, about, moved_minor, undoes, by_id, by_name, at)
      values (${chainId}, ${ctx.newId('dec')}, ${locationId}, ${item.itemId}, 'undone', ${decision.about}, ${-decision.movedMinor}, ${decisionId}, ${by.id}, ${by.name}, ${at})`.execute(
      tx,
    );
    await sql`
      update settlement_items set status = ${decision.about}, corrected_minor = corrected_minor - ${decision.movedMinor}, by_hand_only = true,
             revision = revision + 1, changed_at = ${at}
       where chain_id = ${chainId} and item_id = ${item.itemId}`.execute(tx);
    await noteAudit(tx, ctx, who, {
      action: 'settlement.undone',
      subject: { kind: 'settlement', id: item.itemId },
      locationId,
      after: { decisionId, about: decision.about, line: item.lineId },
    });
    await judgeLines(tx, ctx, { chainId, locationId, connectionId: item.connectionId }, settings, {
      attemptIds: item.attemptId ? [item.attemptId] : [],
      looseIds: item.attemptId || item.kind === 'payout' ? [] : [item.itemId],
      payoutIds: item.payoutId ? [item.payoutId] : [],
    });
  });
}
