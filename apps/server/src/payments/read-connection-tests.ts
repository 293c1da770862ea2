import type { ConnectionTest } from '@holdfast/contract/cashless';
import { toJsonAmount } from '@holdfast/contract/money';
import type { Scope } from '../access/scope.ts';
import { connectionTestOrder } from './connection-test-room.ts';
import type { PaymentsContext } from './context.ts';
import { type AttemptRow, attemptsOfOrder } from './store.ts';
import { type Arrived, arrivedOfTest, lastTests, type TestRow } from './store-connection-tests.ts';
import { type RefundRow, refundsOfAttempt } from './store-refunds.ts';

/** The last test payment of each connection, as it stands. Asks nobody. */
export async function readConnectionTests(ctx: PaymentsContext, scope: Scope): Promise<ReadonlyMap<string, ConnectionTest>> {
  const tests = await lastTests(ctx.db.read, scope);
  const shown = await Promise.all(tests.map(async (test) => [test.connectionId, await readTest(ctx, scope, test)] as const));
  return new Map(shown);
}

async function readTest(ctx: PaymentsContext, { chainId }: Scope, test: TestRow): Promise<ConnectionTest> {
  const attempts = await attemptsOfOrder(ctx.db.read, chainId, connectionTestOrder(test.testId));
  const attempt = attempts.toSorted((a, b) => saysOf(b) - saysOf(a))[0];
  const webhooks = await arrivedOfTest(ctx.db.read, chainId, test, {
    references: attempts.map(({ reference }) => reference),
    providerPaymentIds: attempts.flatMap(({ providerPaymentId }) => providerPaymentId ?? []),
  });
  const [refund] = attempt ? await refundsOfAttempt(ctx.db.read, attempt) : [];
  const sum = (of: (one: AttemptRow) => bigint) => attempts.reduce((all, one) => all + of(one), 0n);
  const capturedMinor = sum((one) => one.capturedMinor);
  const refundedMinor = sum((one) => one.refundedMinor);
  return {
    id: test.testId,
    amountMinor: toJsonAmount(test.amountMinor),
    currency: attempt?.capturedCurrency ?? test.currency,
    startedAt: test.startedAt.toISOString(),
    startedBy: test.startedBy,
    payableUntil: test.payableUntil.toISOString(),
    state: stateOf(test, attempt, ctx.now()),
    pageUrl: attempt?.status === 'open' && !attempt.supersededAt && ctx.now() < attempt.payableUntil ? (attempt.pageUrl ?? null) : null,
    trouble: attempt?.lastError ?? null,
    capturedAt: attempt?.capturedAt?.toISOString() ?? null,
    capturedMinor: toJsonAmount(capturedMinor),
    noticedBy: noticedBy(attempt, webhooks),
    webhooks: webhooks.map(({ type, at }) => ({ type, at: at.toISOString() })),
    refundedMinor: toJsonAmount(refundedMinor),
    refund: refund ? shownRefund(refund) : null,
    leftMinor: toJsonAmount(capturedMinor - refundedMinor),
  };
}

/** Which of several attempts tells how the test stands: the one with money in it, then the one that can be paid. */
function saysOf({ status, supersededAt }: AttemptRow): number {
  if (status === 'captured') return 4;
  if (status === 'processing') return 3;
  if (supersededAt) return 0;
  return status === 'open' || status === 'intended' ? 2 : 1;
}

function stateOf(test: TestRow, attempt: AttemptRow | undefined, now: Date): ConnectionTest['state'] {
  if (!attempt || attempt.status === 'intended') return test.endedAt || now >= test.payableUntil ? 'failed' : 'opening';
  if (attempt.status === 'open' && now >= attempt.payableUntil) return 'closing';
  return attempt.status;
}

function noticedBy(attempt: AttemptRow | undefined, webhooks: readonly Arrived[]): ConnectionTest['noticedBy'] {
  const { capturedAt } = attempt ?? {};
  if (!capturedAt) return null;
  // what comes is looked at right away; one that came long before told of something else
  const told = ({ at }: Arrived) => at <= capturedAt && capturedAt.getTime() - at.getTime() < 60_000;
  return webhooks.some(told) ? 'webhook' : 'asking';
}

function shownRefund({ status, madeAt, doneAt, lastError }: RefundRow): ConnectionTest['refund'] {
  return { status, madeAt: madeAt.toISOString(), doneAt: doneAt?.toISOString() ?? null, trouble: lastError };
}
