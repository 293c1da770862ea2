import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { Place, Who } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { connectionTestOrder } from './connection-test-room.ts';
import type { PaymentsContext } from './context.ts';
import { carryOutRefund, intendRefund } from './give-back.ts';
import { lookAtPayment } from './look-at-payment.ts';
import { openConnectionById } from './read-credentials.ts';
import { attemptsOfOrder, lockAttempt } from './store.ts';
import { testHere } from './store-connection-tests.ts';
import { refundsOfAttempt } from './store-refunds.ts';

/** Asks the provider how a test's payments stand, the paid ones too: money may have been given back there. */
export async function lookAtConnectionTest(ctx: PaymentsContext, { scope }: Place, connectionId: string, testId: string): Promise<void> {
  await mustBeHere(ctx.db.read, scope, connectionId, testId);
  for (const attempt of await attemptsOfOrder(ctx.db.read, scope.chainId, connectionTestOrder(testId))) {
    if (attempt.askedAt) await lookAtPayment(ctx, attempt, 'return');
  }
}

/**
 * Gives a test's money back at the provider: all that is left of it. The intent is written before the provider is asked; whatever happens then, the sweep
 * carries it on. Refuses with `nothing_to_pay` when nothing is left, with `step_not_allowed` where the provider gives nothing back.
 */
export async function giveTestBack(ctx: PaymentsContext, who: Who, { scope }: Place, connectionId: string, testId: string): Promise<void> {
  await mustBeHere(ctx.db.read, scope, connectionId, testId);
  const { provider } = await openConnectionById(ctx, scope.chainId, connectionId);
  if (provider.capabilities.refunds === 'none')
    throw new Problem('step_not_allowed', 409, `${provider.title} gives nothing back by a call: it is done there.`, { missing: 'call' });
  const order = connectionTestOrder(testId);
  const refunds = await ctx.db.transaction(async (tx) => {
    await ctx.roomOf(order.kind).lock(tx, scope, order);
    const made: string[] = [];
    for (const { attemptId } of await attemptsOfOrder(tx, scope.chainId, order)) {
      const attempt = await lockAttempt(tx, scope.chainId, attemptId);
      invariant(attempt, 'an attempt stays');
      const amountMinor = attempt.capturedMinor - attempt.refundedMinor;
      if (amountMinor <= 0n) continue;
      const underWay = (await refundsOfAttempt(tx, attempt)).some(({ doneAt }) => doneAt === null);
      made.push(await intendRefund(tx, ctx, attempt, { amountMinor, by: who.name }));
      if (underWay) continue;
      await noteAudit(tx, ctx, who, {
        action: 'payment_connection.test_given_back',
        subject: { kind: 'payment_connection', id: connectionId },
        locationId: scope.locationId,
        after: { test: testId, amountMinor, currency: attempt.capturedCurrency },
      });
    }
    if (made.length === 0) throw new Problem('nothing_to_pay', 409, 'Nothing is left that could go back.');
    return made;
  });
  for (const refundId of refunds) await carryOutRefund(ctx, { chainId: scope.chainId, refundId });
}

async function mustBeHere(q: Queryable, scope: Scope, connectionId: string, testId: string): Promise<void> {
  if (!(await testHere(q, scope, connectionId, testId))) throw new Problem('not_found', 404, 'There is no such test.');
}
