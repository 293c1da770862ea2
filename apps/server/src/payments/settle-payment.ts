import type { PaymentFact } from '@holdfast/providers/payment-provider';
import { mintScope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { invariant } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import { openAttention } from './open-attention.ts';
import { placeCapture, placeSurplus } from './place-capture.ts';
import { placeRefund } from './place-refund.ts';
import { type Change, nextLook, whatChanged } from './rules.ts';
import { type AttemptKey, type AttemptRow, lockAttempt, noteLook, supersedeAttempts, writeAttempt } from './store.ts';
import { tellFee } from './tell-fee.ts';

/** Who brings the fact. It changes nothing but the log: the same fact has the same effect, whoever brings it. */
export type Via = 'webhook' | 'return' | 'poll' | 'sweep';

/**
 * Settles what a provider says about one attempt: in one transaction the attempt, the ledger entry, the consequence in the room that wanted to
 * be paid, what a person has to look at, and what is told afterwards. Idempotent: a repeated, late or disordered fact changes nothing. This is the
 * only place where a payment's money moves. Works for every attempt, whatever became of it: late money has a place too (A12).
 */
export async function settlePayment(ctx: PaymentsContext, key: AttemptKey, fact: PaymentFact, via: Via): Promise<Change> {
  const room = ctx.roomOf(key.order.kind);
  const scope = mintScope(key.chainId, key.locationId);
  const change = await ctx.db.transaction(async (tx): Promise<Change> => {
    await room.lock(tx, scope, key.order);
    const attempt = await lockAttempt(tx, key.chainId, key.attemptId);
    invariant(attempt, `attempt ${key.attemptId} is there to be settled`);
    const at = ctx.now();
    const change = whatChanged(attempt, fact);
    const providerPaymentId = fact.providerPaymentId || undefined;
    switch (change) {
      case 'nothing_new':
        await noteLook(tx, attempt, nextLook(attempt, at), null);
        break;
      case 'disagreement':
        await noteLook(tx, attempt, nextLook(attempt, at), 'the provider contradicts what it said before');
        await openAttention(tx, ctx, scope, at, {
          kind: 'provider_disagrees',
          subject: { kind: 'payment', id: attempt.attemptId },
          attemptId: attempt.attemptId,
          amountMinor: fact.capturedMinor,
          currency: fact.currency,
          detail: {
            known: attempt.status,
            said: fact.state,
            saidRefundedMinor: fact.refundedMinor.toString(),
            saidPaymentId: fact.providerPaymentId,
          },
        });
        break;
      case 'opened':
        await writeAttempt(tx, attempt, { status: 'open', lookAt: nextLook({ ...attempt, status: 'open' }, at), providerPaymentId });
        break;
      case 'processing':
        await writeAttempt(tx, attempt, { status: 'processing', lookAt: nextLook({ ...attempt, status: 'processing' }, at), providerPaymentId });
        await room.checking(tx, scope, attempt.order, at);
        await tellOf(tx, ctx, 'payment.checking', attempt, at);
        break;
      case 'failed':
      case 'closed':
        await writeAttempt(tx, attempt, { status: change, lookAt: undefined, providerPaymentId });
        await room.cameToNothing(tx, scope, attempt.order, at);
        await tellOf(tx, ctx, change === 'failed' ? 'payment.failed' : 'payment.closed', attempt, at);
        break;
      case 'captured':
        await settleCapture(tx, ctx, attempt, fact, at);
        break;
      case 'refunded':
        await writeAttempt(tx, attempt, { status: 'captured', lookAt: undefined, providerPaymentId, refundedMinor: fact.refundedMinor });
        await placeRefund(tx, ctx, { attempt, fact, scope, room, at });
        await tellOf(tx, ctx, 'payment.refunded', attempt, at, { refundedMinor: fact.refundedMinor.toString() });
        break;
    }
    if (change !== 'disagreement') await tellFee(tx, attempt, fact, at);
    return change;
  });
  ctx.log.info({ attempt: key.attemptId, change, via }, 'settled');
  return change;
}

async function settleCapture(tx: Tx, ctx: PaymentsContext, attempt: AttemptRow, fact: PaymentFact, at: Date): Promise<void> {
  const room = ctx.roomOf(attempt.order.kind);
  const scope = mintScope(attempt.chainId, attempt.locationId);
  const captured = { minor: fact.capturedMinor, currency: fact.currency, at };
  await writeAttempt(tx, attempt, {
    status: 'captured',
    lookAt: undefined,
    providerPaymentId: fact.providerPaymentId || undefined,
    captured,
    refundedMinor: fact.refundedMinor,
  });
  const money = { captured: { amountMinor: fact.capturedMinor.toString(), currency: fact.currency } };
  if (attempt.status === 'captured') {
    await placeSurplus(tx, ctx, { attempt, fact, scope, room, at });
    await tellOf(tx, ctx, 'payment.credited', attempt, at, money);
  } else {
    const placed = await placeCapture(tx, ctx, { attempt, fact, scope, room, at });
    const outcomes = new Set(placed.map(({ outcome, deposited }) => (deposited ? 'applied' : outcome)));
    // what it has paid for is no longer due: another page that asks for it would ask for too much
    if (outcomes.has('applied')) await supersedeAttempts(tx, attempt.chainId, attempt.order, { except: attempt.attemptId, at });
    await tellOf(tx, ctx, 'payment.captured', attempt, at, money);
    if (outcomes.has('credited') || outcomes.has('unplaced')) await tellOf(tx, ctx, 'payment.credited', attempt, at, money);
  }
  if (fact.refundedMinor > attempt.refundedMinor) {
    await placeRefund(tx, ctx, { attempt, fact, scope, room, at });
    await tellOf(tx, ctx, 'payment.refunded', attempt, at, { refundedMinor: fact.refundedMinor.toString() });
  }
}

type Topic = 'payment.checking' | 'payment.failed' | 'payment.closed' | 'payment.captured' | 'payment.credited' | 'payment.refunded';

async function tellOf(tx: Tx, ctx: PaymentsContext, topic: Topic, attempt: AttemptRow, at: Date, more: Record<string, unknown> = {}): Promise<void> {
  const payload = { order: attempt.order, ...more };
  await tell(tx, attempt.chainId, { id: ctx.newId('out'), topic, subjectId: attempt.attemptId, payload, at });
}
