import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Tx } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { PaymentsContext } from '../payments/context.ts';
import type { Deciding } from './accept-difference.ts';
import { judgeLines } from './judge-lines.ts';
import { isOpen } from './settlement-rules.ts';
import { attemptsById, type ConnectionSettings, type ItemRow, itemById, lockReconciliation } from './store-items.ts';
import { closeAttention } from './tell-attention.ts';

/** Nothing is posted: it was looked at, and this is why it stays as it is. Until the difference is another one. Refuses as accepting does. */
export async function dismissDifference(
  ctx: PaymentsContext,
  deciding: Deciding,
  itemId: string,
  { revision, reason }: { revision: number; reason: string },
): Promise<void> {
  await onOpenItem(ctx, deciding, itemId, revision, async (tx, item) => {
    const at = ctx.now();
    await noteDecision(tx, ctx, deciding, item, { what: 'dismissed', reason });
    await sql`
      update settlement_items set status = 'dismissed', revision = revision + 1, changed_at = ${at}
       where chain_id = ${deciding.place.scope.chainId} and item_id = ${itemId}`.execute(tx);
    await closeAttention(tx, deciding.place.scope, itemId, 'dismissed', at);
  });
}

/** A line that nobody knew is this payment's: a person says so. From then on it is judged as one that was recognised. */
export async function matchByHand(
  ctx: PaymentsContext,
  deciding: Deciding,
  itemId: string,
  { revision, attemptId }: { revision: number; attemptId: string },
): Promise<void> {
  const { scope } = deciding.place;
  await onOpenItem(ctx, deciding, itemId, revision, async (tx, item, settings) => {
    if (item.attemptId !== null || item.kind === 'payout') throw new Problem('step_not_allowed', 409, 'This line has its payment already.');
    const { rows } = await sql`
      select 1 from payment_attempts where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and connection_id = ${item.connectionId}
         and attempt_id = ${attemptId}`.execute(tx);
    if (rows.length === 0 || !(await attemptsById(tx, scope.chainId, [attemptId])).has(attemptId))
      throw new Problem('not_found', 404, 'There is no such payment.');
    await noteDecision(tx, ctx, deciding, item, { what: 'matched', reason: attemptId });
    await sql`
      update settlement_items set attempt_id = ${attemptId}, matched_by = 'hand', revision = revision + 1 where chain_id = ${scope.chainId} and item_id = ${itemId}`.execute(
      tx,
    );
    await judgeLines(tx, ctx, { ...scope, connectionId: item.connectionId }, settings, {
      attemptIds: [attemptId],
      looseIds: [],
      payoutIds: item.payoutId ? [item.payoutId] : [],
    });
  });
}

async function onOpenItem(
  ctx: PaymentsContext,
  { place: { scope } }: Deciding,
  itemId: string,
  revision: number,
  deed: (tx: Tx, item: ItemRow, settings: ConnectionSettings) => Promise<void>,
): Promise<void> {
  const seen = await itemById(ctx.db.read, scope, itemId);
  if (!seen) throw new Problem('not_found', 404, 'There is no such line.');
  await ctx.db.transaction(async (tx) => {
    const settings = await lockReconciliation(tx, scope, seen.connectionId);
    const item = await itemById(tx, scope, itemId);
    invariant(settings && item, 'a line that was there is there');
    if (!isOpen(item.status)) throw new Problem('choice_already_made', 409, 'This has been decided already.');
    if (item.revision !== revision) throw new Problem('changed_meanwhile', 409, 'This is not what was shown any more.', { revision: item.revision });
    await deed(tx, item, settings);
  });
}

async function noteDecision(
  tx: Tx,
  ctx: PaymentsContext,
  { who, place: { scope } }: Deciding,
  item: ItemRow,
  { what, reason }: { what: 'dismissed' | 'matched'; reason: string },
): Promise<void> {
  await sql`
    insert into settlement_decisions (chain_id, decision_id, location_id, item_id, what, about, reason, by_id, by_name, at)
    values (${scope.chainId}, ${ctx.newId('dec')}, ${scope.locationId}, ${item.itemId}, ${what}, ${item.status}, ${reason}, ${who.userId}, ${who.name}, ${ctx.now()})`.execute(
    tx,
  );
  await noteAudit(tx, ctx, who, {
    action: `settlement.${what}`,
    subject: { kind: 'settlement', id: item.itemId },
    locationId: scope.locationId,
    after: { about: item.status, line: item.lineId, reason },
  });
}
