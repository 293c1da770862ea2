import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import { intendRefund } from './give-back.ts';
import { holdForRefund } from './hold-for-refund.ts';
import { splitLine } from './split-line.ts';
import { type AttemptRow, type LineRow, linesOfAttempt, lockAttempt } from './store.ts';
import { refundsOfAttempt } from './store-refunds.ts';

/** A line of a payment whose money is to go back. */
export interface LineMoney {
  readonly attemptId: string;
  readonly lineNo: number;
  readonly amountMinor: bigint;
}

/**
 * Writes down that a line's money is to go back through its provider. What lies on the client's account is kept there until it has gone. Undefined: another refund
 * of this payment is under way, and has to be final first. Refuses with `more_than_left` and `not_enough_on_account`. The order is locked.
 */
export async function beginRefund(tx: Tx, ctx: PaymentsContext, scope: Scope, wish: LineMoney, by: string): Promise<string | undefined> {
  const { attempt, line } = await lockLine(tx, scope, wish);
  if ((await refundsOfAttempt(tx, attempt)).some(({ doneAt }) => doneAt === null)) return undefined;
  const credited = line.outcome === 'credited';
  if (credited && line.accountId) await holdForRefund(tx, scope.chainId, line.accountId, wish.amountMinor);
  const held = credited ? { heldMinor: wish.amountMinor } : {};
  return intendRefund(tx, ctx, attempt, { amountMinor: wish.amountMinor, by, lineNo: wish.lineNo, ...held });
}

/**
 * A line's money goes back another way than through its provider: what becomes of that part of it is noted at the payment. Answers the account it lies on, from
 * which the caller posts it. Refuses with `more_than_left`. The order is locked.
 */
export async function takeFromLine(
  tx: Tx,
  scope: Scope,
  wish: LineMoney,
  to: { readonly outcome: 'credited' | 'handed_back'; readonly accountId: string },
  at: Date,
): Promise<{ readonly accountId: string; readonly applied: boolean }> {
  const { attempt, line } = await lockLine(tx, scope, wish);
  invariant(line.accountId, 'captured money lies somewhere');
  await splitLine(tx, attempt, wish.lineNo, { ...to, amountMinor: wish.amountMinor }, at);
  return { accountId: line.accountId, applied: line.outcome === 'applied' };
}

async function lockLine(tx: Tx, scope: Scope, { attemptId, lineNo, amountMinor }: LineMoney): Promise<{ attempt: AttemptRow; line: LineRow }> {
  const attempt = await lockAttempt(tx, scope.chainId, attemptId);
  const line = (await linesOfAttempt(tx, scope.chainId, attemptId)).find((one) => one.lineNo === lineNo);
  if (!attempt || !line) throw new Problem('not_found', 404, 'There is no such payment.');
  const taken = line.refundedMinor + line.disputedMinor + line.chargedBackMinor;
  const leftMinor = line.placedMinor - taken - (await asked(tx, attempt, lineNo));
  if (amountMinor > leftMinor)
    throw new Problem('more_than_left', 409, 'There is not so much left of this payment.', { leftMinor: Number(leftMinor) });
  return { attempt, line };
}

/** What the provider has been asked to give back of it already, and has not. */
async function asked(tx: Tx, attempt: AttemptRow, lineNo: number): Promise<bigint> {
  const underWay = (await refundsOfAttempt(tx, attempt)).filter((one) => one.doneAt === null && (one.lineNo === lineNo || one.lineNo === null));
  // what of it has gone already is in the line
  return underWay.reduce((sum, one) => {
    const gone = attempt.refundedMinor - one.refundedBeforeMinor;
    return sum + (gone >= one.amountMinor ? 0n : one.amountMinor - (gone > 0n ? gone : 0n));
  }, 0n);
}
