import type { DisputeFact } from '@holdfast/providers/payment-provider';
import { mintScope, type Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { invariant } from '../kit/problem.ts';
import { bookDispute } from './book-dispute.ts';
import type { PaymentsContext } from './context.ts';
import { claimOf, isDecided, nextDisputeLook, spreadClaims } from './dispute-rules.ts';
import { endDisputeAttention, showDispute } from './show-dispute.ts';
import { shrinkRefunds } from './shrink-refunds.ts';
import { type AttemptKey, type AttemptRow, linesOfAttempt, lockAttempt } from './store.ts';
import { type DisputeRow, disputesOfAttempt, writeClaims, writeDispute } from './store-disputes.ts';

/**
 * Settles what a provider says about the disputes of one payment: what was withdrawn and brought back, what is lost, what must not be given back besides, and
 * what stands before a person. A transaction of its own after the payment's, because it locks other accounts. Idempotent, as `settlePayment` is.
 */
export async function settleDisputes(ctx: PaymentsContext, key: AttemptKey, facts: readonly DisputeFact[]): Promise<void> {
  const room = ctx.roomOf(key.order.kind);
  const scope = mintScope(key.chainId, key.locationId);
  const news = await ctx.db.transaction(async (tx): Promise<boolean> => {
    await room.lock(tx, scope, key.order);
    const attempt = await lockAttempt(tx, key.chainId, key.attemptId);
    invariant(attempt, `attempt ${key.attemptId} is there to be settled`);
    // the bank disputes what was paid: until the books have heard of that, it waits for the next look
    if (attempt.status !== 'captured') return false;
    const at = ctx.now();
    const before = new Map((await disputesOfAttempt(tx, attempt)).map((one) => [one.providerDisputeId, one]));
    for (const fact of facts) {
      const disputeId = before.get(fact.providerDisputeId)?.disputeId ?? ctx.newId('dsp');
      await writeDispute(tx, attempt, fact, { disputeId, at, lookAt: nextDisputeLook(fact, at) });
    }
    const rows = await disputesOfAttempt(tx, attempt);
    await claim(tx, attempt, rows, at);
    const moves = new Map(facts.map((fact) => [fact.providerDisputeId, fact.movements]));
    const booked = await bookDispute(tx, ctx, scope, { attempt, disputes: rows, moves, at });
    const changed = rows.filter((row) => isNews(before.get(row.providerDisputeId), row));
    for (const row of changed) await tellOf(tx, ctx, scope, attempt, { row, before: before.get(row.providerDisputeId), at });
    return booked || changed.length > 0;
  });
  if (news) ctx.log.info({ attempt: key.attemptId, disputes: facts.map(({ state }) => state) }, 'disputes settled');
}

async function claim(tx: Tx, attempt: AttemptRow, rows: readonly DisputeRow[], at: Date): Promise<void> {
  const claims = rows
    // in another currency nobody knows how much of the payment that is: all of it
    .map((row) => claimOf(row.currency === attempt.capturedCurrency ? row : { ...row, amountMinor: attempt.capturedMinor }))
    .reduce((sum, one) => ({ disputedMinor: sum.disputedMinor + one.disputedMinor, chargedBackMinor: sum.chargedBackMinor + one.chargedBackMinor }));
  await writeClaims(tx, attempt, spreadClaims(await linesOfAttempt(tx, attempt.chainId, attempt.attemptId), claims));
  if (claims.chargedBackMinor > 0n) await shrinkRefunds(tx, attempt, at);
}

function isNews(before: DisputeRow | undefined, now: DisputeRow): boolean {
  return (
    !before ||
    before.stage !== now.stage ||
    before.state !== now.state ||
    before.amountMinor !== now.amountMinor ||
    before.respondBy?.getTime() !== now.respondBy?.getTime()
  );
}

async function tellOf(
  tx: Tx,
  ctx: PaymentsContext,
  scope: Scope,
  attempt: AttemptRow,
  { row, before, at }: { row: DisputeRow; before: DisputeRow | undefined; at: Date },
): Promise<void> {
  await showDispute(tx, ctx, scope, row, at);
  if (isDecided(row.state)) await endDisputeAttention(tx, scope, row, at);
  if (before && before.stage === row.stage && before.state === row.state) return;
  const { disputeId, stage, state, amountMinor, currency, reason, respondBy } = row;
  const payload = {
    order: attempt.order,
    disputeId,
    stage,
    state,
    amountMinor: amountMinor.toString(),
    currency,
    reason,
    respondBy: respondBy?.toISOString() ?? null,
  };
  await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'payment.disputed', subjectId: attempt.attemptId, payload, at });
}
