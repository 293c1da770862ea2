import type { Scope } from '../access/scope.ts';
import { someAtOnce } from '../kit/some-at-once.ts';
import type { PaymentsContext } from './context.ts';
import { type Look, lookAtPayment, noteTrouble } from './look-at-payment.ts';
import { ASKED_AT_ONCE, LEASE_MS, processInbox } from './process-inbox.ts';
import type { Order } from './purposes.ts';
import { type AttemptRow, attemptsAboutOrder, takeDueAttempts } from './store.ts';
import { takeDueDisputes } from './store-disputes.ts';

/** When a provider that could not be asked about a dispute is asked again. */
const DISPUTE_LEASE_MS = 10 * 60_000;

/**
 * Asks about every attempt whose moment has come, and processes every event that waits: the safety net under webhooks and return pages. Safe in
 * any number of processes. Answers how many it touched; 0 = quiet at this moment of the clock.
 */
export async function sweepPayments(ctx: PaymentsContext, { limit }: { limit: number }): Promise<number> {
  const at = ctx.now();
  const due = await takeDueAttempts(ctx.db.read, { at, leasedUntil: new Date(at.getTime() + LEASE_MS), limit });
  await someAtOnce(due, ASKED_AT_ONCE, (attempt) => lookOrLeave(ctx, attempt));
  return due.length + (await processInbox(ctx, { limit }));
}

/** Asks about the payments whose disputes we wait for. Safe in any number of processes; answers how many. */
export async function sweepDisputes(ctx: PaymentsContext, { limit }: { limit: number }): Promise<number> {
  const at = ctx.now();
  const due = await takeDueDisputes(ctx.db.read, { at, leasedUntil: new Date(at.getTime() + DISPUTE_LEASE_MS), limit });
  await someAtOnce(due, ASKED_AT_ONCE, async (key) => {
    try {
      await lookAtPayment(ctx, key, 'poll');
    } catch (error) {
      ctx.log.error({ err: error, attempt: key.attemptId }, 'a disputed payment could not be settled; it is tried again');
    }
  });
  return due.length;
}

/** The client came back from the provider's page, which says nothing: ask about everything that is not final and asks for any of this order. */
export async function lookAtOrder(ctx: PaymentsContext, scope: Scope, order: Order): Promise<readonly Look[]> {
  const looks: Look[] = [];
  for (const attempt of await attemptsAboutOrder(ctx.db.read, scope.chainId, order)) {
    if (attempt.status === 'open' || attempt.status === 'processing' || (attempt.status === 'intended' && attempt.askedAt)) {
      looks.push(await lookAtPayment(ctx, attempt, 'return'));
    }
  }
  return looks;
}

/** A fault of ours with one payment must not keep the others waiting; it is tried again. */
async function lookOrLeave(ctx: PaymentsContext, attempt: AttemptRow): Promise<void> {
  try {
    await lookAtPayment(ctx, attempt, attempt.status === 'intended' ? 'sweep' : 'poll');
  } catch (error) {
    ctx.log.error({ err: error, attempt: attempt.attemptId }, 'a payment could not be settled; it is tried again');
    // the database may be what is in trouble: then the lease runs out
    await noteTrouble(ctx, attempt, 'a fault of ours').catch(() => {});
  }
}
