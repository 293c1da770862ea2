import type { Outcome, RefundFact, RefundOrder } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { someAtOnce } from '../kit/some-at-once.ts';
import type { PaymentsContext } from './context.ts';
import { lookAtPayment } from './look-at-payment.ts';
import { ASKED_AT_ONCE, nextTry } from './process-inbox.ts';
import { type OpenConnection, openConnectionById } from './read-credentials.ts';
import { type AttemptRow, attemptById } from './store.ts';
import { type RefundRow, refundById, refundsOfAttempt, takeDueRefund, takeDueRefunds, writeRefund } from './store-refunds.ts';

/** How long whoever carries a refund out has it for itself: longer than any call may take, because two at once could give back twice. */
const LEASE_MS = 3 * 60_000;

/**
 * Writes down that this much of a captured payment is to go back, before anybody is asked to do it. The attempt is locked. One at a time: while one is
 * under way, it is answered instead. `lineNo`: which line it is taken from; `heldMinor`: what is kept for it on the client's account. Refuses with `nothing_to_pay`
 * what is more than is left.
 */
export async function intendRefund(
  tx: Tx,
  ctx: PaymentsContext,
  attempt: AttemptRow,
  { amountMinor, by, lineNo, heldMinor = 0n }: { amountMinor: bigint; by: string; lineNo?: number; heldMinor?: bigint },
): Promise<string> {
  const underWay = (await refundsOfAttempt(tx, attempt)).find(({ status }) => status === 'intended' || status === 'pending');
  if (underWay) return underWay.refundId;
  const left = attempt.capturedMinor - attempt.refundedMinor;
  if (amountMinor <= 0n || amountMinor > left) throw new Problem('nothing_to_pay', 409, 'There is not so much left that could go back.');
  invariant(attempt.capturedCurrency, 'what was captured has a currency');
  const refundId = ctx.newId('ref');
  const at = ctx.now();
  await sql`
    insert into payment_refunds (chain_id, refund_id, location_id, attempt_id, amount_minor, currency, refunded_before_minor, idempotency_key, status, look_at,
                                 made_at, made_by, line_no, held_minor)
    values (${attempt.chainId}, ${refundId}, ${attempt.locationId}, ${attempt.attemptId}, ${amountMinor}, ${attempt.capturedCurrency}, ${attempt.refundedMinor},
            ${`refund_${refundId}`}, 'intended', ${at}, ${at}, ${by}, ${lineNo ?? null}, ${heldMinor})`.execute(tx);
  return refundId;
}

/**
 * Carries an intended refund on by one step: asks the provider, writes what it says, and settles what that did to the payment. Never in a transaction; safe
 * to repeat, and repeated by the sweep until it is final. Final is only what the books show as well. Whoever comes while somebody else is at it, or before its
 * next moment, does nothing: two at once could give back twice.
 */
export async function carryOutRefund(ctx: PaymentsContext, refund: Pick<RefundRow, 'chainId' | 'refundId'>): Promise<void> {
  const at = ctx.now();
  if (await takeDueRefund(ctx.db.read, refund, { at, leasedUntil: new Date(at.getTime() + LEASE_MS) })) await carryOn(ctx, refund);
}

/** The caller has it for itself. */
async function carryOn(ctx: PaymentsContext, { chainId, refundId }: Pick<RefundRow, 'chainId' | 'refundId'>): Promise<void> {
  const refund = await refundById(ctx.db.read, chainId, refundId);
  if (!refund || refund.doneAt) return;
  const attempt = await attemptById(ctx.db.read, chainId, refund.attemptId);
  invariant(attempt?.providerPaymentId, `the payment of refund ${refundId} is known at its provider`);
  const connection = await openConnectionById(ctx, chainId, attempt.connectionId);
  const said = await askProvider(connection, refund, orderOf(attempt, attempt.providerPaymentId, refund));
  const at = ctx.now();
  const lookAt = nextTry({ receivedAt: refund.madeAt, tries: refund.looks }, at);
  if (said.kind === 'unknown') {
    // a call without an answer may still be giving back: where a second one would do it again, it gets its time first
    const soonest = new Date(connection.provider.capabilities.refundIsIdempotent ? at : at.getTime() + LEASE_MS);
    ctx.log.warn({ refund: refundId, message: said.message }, 'nobody knows whether the provider gave money back; it is asked again');
    return writeRefund(ctx.db.read, refund, {
      status: refund.status,
      lookAt: lookAt > soonest ? lookAt : soonest,
      doneAt: undefined,
      trouble: said.message,
    });
  }
  if (said.kind === 'declined' || said.value.state === 'failed') {
    const trouble = said.kind === 'declined' ? `${said.code}: ${said.message}` : 'failed';
    return writeRefund(ctx.db.read, refund, { status: 'failed', lookAt: undefined, doneAt: at, trouble });
  }
  const { state, providerRefundId } = said.value;
  await writeRefund(ctx.db.read, refund, { status: 'pending', lookAt, doneAt: undefined, providerRefundId, trouble: null });
  await lookAtPayment(ctx, attempt, 'poll');
  const now = await attemptById(ctx.db.read, chainId, refund.attemptId);
  const inTheBooks = now !== undefined && now.refundedMinor >= refund.refundedBeforeMinor + refund.amountMinor;
  if (state === 'refunded' && inTheBooks)
    await writeRefund(ctx.db.read, refund, { status: 'refunded', lookAt: undefined, doneAt: ctx.now(), trouble: null });
}

/** What was asked before is looked for first: a "no" to a repeated call would not say what became of the first one. */
async function askProvider({ provider, credentials }: OpenConnection, refund: RefundRow, order: RefundOrder): Promise<Outcome<RefundFact>> {
  if (refund.status === 'pending' || refund.looks > 0) {
    const known = await provider.readRefund(credentials, order);
    if (known.kind !== 'done') return { kind: 'unknown', message: known.message };
    if (known.value) return { kind: 'done', value: known.value };
    // it may only be slow to show it. Whoever asks once more gives back once more
    if (refund.status === 'pending') return { kind: 'unknown', message: 'the provider said yes to this refund and shows nothing of it' };
  }
  return provider.refundPayment(credentials, order);
}

function orderOf(attempt: AttemptRow, providerPaymentId: string, refund: RefundRow): RefundOrder {
  const { amountMinor, currency, idempotencyKey, refundedBeforeMinor } = refund;
  const { reference, askedAt, createdAt } = attempt;
  return { reference, providerPaymentId, createdAt: askedAt ?? createdAt, amountMinor, currency, idempotencyKey, refundedBeforeMinor };
}

/** Carries on what is under way, and what died between being written down and being asked. Answers how many. */
export async function sweepRefunds(ctx: PaymentsContext, { limit }: { limit: number }): Promise<number> {
  const at = ctx.now();
  const due = await takeDueRefunds(ctx.db.read, { at, leasedUntil: new Date(at.getTime() + LEASE_MS), limit });
  await someAtOnce(due, ASKED_AT_ONCE, async (refund) => {
    try {
      await carryOn(ctx, refund);
    } catch (error) {
      // the lease runs out, and it is tried again
      ctx.log.error({ err: error, refund: refund.refundId }, 'a refund could not be carried on; it is tried again');
    }
  });
  return due.length;
}
