import type { AttentionAction, AttentionWish } from '@holdfast/contract/attention';
import { rightMissing } from '../access/guard.ts';
import type { BookingContext } from '../booking/context.ts';
import { moneyOfVisits, paysFor } from '../booking/money-of-visit.ts';
import { lockVisit } from '../booking/read-visit.ts';
import type { AtWork } from '../finance/context.ts';
import { placeFacts } from '../finance/place-facts.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { creditUnplaced } from '../payments/credit-unplaced.ts';
import { proposeIn } from '../refunds/propose-by-staff.ts';
import { whatEnds } from './attention-rules.ts';
import { acceptLoss, noteEvidence } from './decide-dispute.ts';
import { decidedAlready, endAttention } from './end-attention.ts';
import { lookAgain, lookAtDispute } from './look-again.ts';
import { whyNot } from './read-attention.ts';
import { type AttentionRow, attentionOf, leftOverLines } from './store.ts';

/**
 * Does what ends it, and takes it out of the queue with who did it and why. Repeating what was done has no further effect.
 *
 * Refuses with `not_found`, `right_missing` (also: too long ago), `step_not_allowed` (not for this kind; a note without a reason; nothing left to be given back;
 * looking again changed nothing), `choice_already_made`, `provider_unreachable`, and as {@link proposeIn}.
 */
export async function decideAttention(ctx: BookingContext, by: AtWork, id: string, { action, because }: AttentionWish): Promise<void> {
  const { scope } = by.place;
  const [row] = await attentionOf(ctx.db.read, scope, { state: 'any', id });
  if (!row) throw new Problem('not_found', 404, 'There is nothing of this kind to be decided.');
  if (row.resolvedAt) throw decidedAlready();
  if (!whatEnds(row).actions.includes(action)) throw new Problem('step_not_allowed', 409, 'This cannot be decided so.', { action });
  await refuseUnlessAllowed(ctx, by, row, action);
  if (action === 'note' && because === '') throw new Problem('step_not_allowed', 409, 'A note says what was found.', { action });
  switch (action) {
    case 'look_again':
      return row.kind === 'dispute' ? lookAtDispute(ctx, by, row) : lookAgain(ctx, by, row);
    case 'evidence_sent':
      return noteEvidence(ctx, by, row, because);
    case 'accept_loss':
      return acceptLoss(ctx, by, row, because);
    case 'refund':
    case 'keep':
    case 'note':
    case 'to_account':
      return ctx.db.transaction(async (tx) => {
        // the client may be choosing at this moment
        if (row.appointmentId !== null) await lockVisit(tx, scope, row.appointmentId);
        // ended first: of two who decide at once the second waits here, and finds that nothing is left to be done
        await endAttention(tx, ctx, by, row, { resolution: resolutions[action], because });
        if (action === 'to_account') await toAccount(tx, ctx, by, row);
        if (action === 'refund') await proposeRefunds(tx, ctx, by, row, because);
      });
  }
}

const resolutions = { refund: 'refund_proposed', keep: 'kept_as_credit', note: 'noted', to_account: 'put_on_account' } as const;

async function refuseUnlessAllowed(ctx: BookingContext, { place }: AtWork, row: AttentionRow, action: AttentionAction): Promise<void> {
  if (action === 'look_again') return;
  const right = action === 'refund' ? 'refunds.make' : 'transactions.edit';
  const { timeZone } = await placeFacts(ctx.db.read, place.scope);
  if (whyNot(place, row, right, ctx.now(), timeZone)) throw rightMissing(right);
}

/** A refund for each part of the payment that paid for nothing; from here on it is one of Finance → Refunds. */
async function proposeRefunds(tx: Tx, ctx: BookingContext, by: AtWork, row: AttentionRow, because: string): Promise<void> {
  if (row.kind === 'paid_above_cost') return proposeTooMuch(tx, ctx, by, row, because);
  const lines = await leftOverLines(tx, by.place.scope, row);
  const attemptId = row.attemptId ?? '';
  if (lines.length === 0) throw new Problem('step_not_allowed', 409, 'Nothing of this money is left to be given back.', { action: 'refund' });
  for (const { lineNo, leftMinor, appointmentId } of lines) {
    const visit = appointmentId ?? row.appointmentId;
    if (visit === null) throw new Problem('step_not_allowed', 409, 'This money belongs to no visit.', { action: 'refund' });
    await proposeIn(tx, ctx, by, {
      key: `attention/${row.id}/${lineNo}`,
      appointmentId: visit,
      source: { kind: 'payment', id: attemptId, lineNo },
      amountMinor: Number(leftMinor),
      because,
    });
  }
}

/** What is above the cost goes back from the newest payments first. */
async function proposeTooMuch(tx: Tx, ctx: BookingContext, by: AtWork, row: AttentionRow, because: string): Promise<void> {
  const visit = row.subjectId;
  const paid = paysFor(await moneyOfVisits(tx, by.place.scope.chainId, [visit]), visit).toReversed();
  let leftMinor = row.amountMinor ?? 0n;
  for (const [no, { source, leftMinor: paidMinor }] of paid.entries()) {
    if (leftMinor === 0n) break;
    const amountMinor = paidMinor < leftMinor ? paidMinor : leftMinor;
    leftMinor -= amountMinor;
    await proposeIn(tx, ctx, by, { key: `attention/${row.id}/${no}`, appointmentId: visit, source, amountMinor: Number(amountMinor), because });
  }
}

async function toAccount(tx: Tx, ctx: BookingContext, { place, who }: AtWork, row: AttentionRow): Promise<void> {
  if (row.clientId === null || row.attemptId === null) throw new Problem('step_not_allowed', 409, 'Nobody is known whose account it could go to.');
  const moved = await creditUnplaced(tx, ctx, place.scope, {
    cause: { kind: 'unplaced_credited', id: row.id },
    attemptId: row.attemptId,
    clientId: row.clientId,
    by: { id: who.userId, name: who.name },
    at: ctx.now(),
  });
  if (moved === 0n) throw new Problem('step_not_allowed', 409, 'Nothing of this money is left.', { action: 'to_account' });
}
