import { sql } from 'kysely';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { Place, Who } from '../access/who.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { postFee } from '../payments/post-fee.ts';
import { type AskedItem, askAbout } from './ask-about.ts';
import { judgeLines } from './judge-lines.ts';
import { postPayout, registerOwnerOf } from './post-payout.ts';
import { type AccountAsked, feeOf, isOpen, type Proposal, proposalsFor } from './settlement-rules.ts';
import { itemById, lockReconciliation } from './store-items.ts';
import { closeAttention } from './tell-attention.ts';

export const CAUSE = 'reconciliation';

export interface Deciding {
  readonly who: Who;
  readonly place: Place;
}

/**
 * Accepts a difference: exactly the postings that were shown are made, once. Refuses with `not_found`, `choice_already_made` (somebody was faster, or it is
 * none any more), `changed_meanwhile` (it is not what was shown) and `right_missing` (this register).
 */
export async function acceptDifference(ctx: PaymentsContext, { who, place }: Deciding, itemId: string, revision: number): Promise<void> {
  const { scope } = place;
  const seen = await itemById(ctx.db.read, scope, itemId);
  if (!seen) throw new Problem('not_found', 404, 'There is no such line.');
  await ctx.db.transaction(async (tx) => {
    const settings = await lockReconciliation(tx, scope, seen.connectionId);
    const item = await itemById(tx, scope, itemId);
    invariant(settings && item, 'a line that was there is there');
    if (!isOpen(item.status)) throw new Problem('choice_already_made', 409, 'This has been decided already.');
    if (item.revision !== revision) throw new Problem('changed_meanwhile', 409, 'This is not what was shown any more.', { revision: item.revision });
    if (item.disputedMinor !== 0n && item.differenceMinor !== item.amountMinor - item.correctedMinor - item.disputedMinor)
      throw new Problem('changed_meanwhile', 409, 'A dispute has booked this by now.', { revision: item.revision });
    const [asked] = await askAbout(tx, scope, ctx.mark, [item]);
    invariant(asked, 'a line is asked about');
    const by = { id: who.userId, name: who.name };
    const at = ctx.now();
    const decisionId = ctx.newId('dec');
    await noteAudit(tx, ctx, who, {
      action: 'settlement.accepted',
      subject: { kind: 'settlement', id: itemId },
      locationId: scope.locationId,
      after: { about: item.status, differenceMinor: item.differenceMinor, currency: item.currency, line: item.lineId },
    });
    const payload = { itemId, about: item.status, differenceMinor: item.differenceMinor.toString(), currency: item.currency };
    await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'settlement.accepted', subjectId: itemId, payload, at });
    if (item.kind === 'payout') {
      await refuseForeignRegister(tx, scope, place, asked);
      await postPayout(tx, ctx, scope, item, { cause: decisionId, by });
      await sql`update settlement_items set status = 'accepted', changed_at = ${at} where chain_id = ${scope.chainId} and item_id = ${itemId}`.execute(
        tx,
      );
    } else await postDifference(tx, ctx, scope, { asked, decisionId, by, at });
    await closeAttention(tx, scope, itemId, 'accepted', at);
    await judgeLines(tx, ctx, { ...scope, connectionId: item.connectionId }, settings, {
      attemptIds: item.attemptId ? [item.attemptId] : [],
      looseIds: item.attemptId ? [] : [itemId],
      payoutIds: item.kind !== 'payout' && item.payoutId ? [item.payoutId] : [],
    });
  });
}

async function refuseForeignRegister(tx: Tx, scope: Scope, place: Place, { item }: AskedItem): Promise<void> {
  const ownerId = await registerOwnerOf(tx, scope, item);
  const { rows } = await sql<{ id: string }>`
    select account_id id from ledger_accounts where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and kind = 'register' and owner_id = ${ownerId}`.execute(
    tx,
  );
  if (rows.some(({ id }) => mayTouchRegister(place, id))) return;
  throw new Problem('right_missing', 403, 'Your role does not allow this register.', { right: 'reconciliation.make' });
}

async function postDifference(
  tx: Tx,
  ctx: PaymentsContext,
  scope: Scope,
  { asked, decisionId, by, at }: { asked: AskedItem; decisionId: string; by: { id: string; name: string }; at: Date },
): Promise<void> {
  const { item, feeKey } = asked;
  const { chainId } = scope;
  const proposals = proposalsFor(asked);
  const entries: string[] = [];
  let moved = 0n;
  for (const [currency, postings] of Map.groupBy(
    proposals.filter(({ operation }) => operation !== 'fee'),
    (one) => one.currency,
  )) {
    const id = `${decisionId}/${currency}`;
    const opened = [];
    for (const one of postings)
      opened.push({ ...one, from: await account(tx, ctx, scope, item, one, one.from), to: await account(tx, ctx, scope, item, one, one.to) });
    const posted = await postEntry(tx, ctx, { scope, cause: { kind: CAUSE, id }, happenedAt: at, memo: item.lineId, by, postings: opened });
    invariant(posted === 'posted', `decision ${decisionId} is new`);
    entries.push(`${CAUSE} ${id}`);
    if (currency === item.currency) moved += postings.reduce((sum, one) => sum + clearingMoves(one), 0n);
  }
  const isMissing = item.kind === 'missing' || item.kind === 'refund_missing';
  const fee = isMissing ? 0n : feeOf(item);
  const feeMoved = isMissing
    ? 0n
    : await postFee(tx, ctx, scope, {
        connectionId: item.connectionId,
        feeKey,
        attemptId: item.attemptId ?? undefined,
        currency: item.currency,
        feeMinor: fee,
        source: 'accepted',
        at,
        by,
      });
  await sql`
    insert into settlement_decisions (chain_id, decision_id, location_id, item_id, what, about, moved_minor, fee_minor, entries, by_id, by_name, at)
    values (${chainId}, ${decisionId}, ${scope.locationId}, ${item.itemId}, 'accepted', ${item.status}, ${moved}, ${feeMoved}, ${sql.val(entries)}::text[], ${by.id}, ${by.name}, ${at})`.execute(
    tx,
  );
  await sql`
    update settlement_items set status = 'accepted', difference_minor = 0, corrected_minor = corrected_minor + ${moved}, revision = revision + 1, changed_at = ${at}
     where chain_id = ${chainId} and item_id = ${item.itemId}`.execute(tx);
}

/** How far a posting moves the clearing account. */
export function clearingMoves({ from, to, amountMinor }: Pick<Proposal, 'from' | 'to' | 'amountMinor'>): bigint {
  if (to.kind === 'clearing') return amountMinor;
  return from.kind === 'clearing' ? -amountMinor : 0n;
}

async function account(
  tx: Tx,
  ctx: PaymentsContext,
  scope: Scope,
  { connectionId }: AskedItem['item'],
  { currency }: Proposal,
  asked: AccountAsked,
): Promise<string> {
  const ownerId = asked.kind === 'item' ? asked.ownerId : asked.kind === 'unplaced' ? '' : connectionId;
  return openAccount(tx, ctx, scope, { kind: asked.kind, ownerId, currency });
}
