import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { linesOfAttempt, lockAttempt } from './store.ts';

/**
 * What of an attempt's money is nobody's becomes the client's, in the currency it came in: one entry per cause. The lines say so from then on, so that a later
 * refund at the provider takes it from there. Answers how much, minor units: 0n when nothing of it is left.
 */
export async function creditUnplaced(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  moved: {
    readonly cause: { readonly kind: string; readonly id: string };
    readonly attemptId: string;
    readonly clientId: string;
    readonly by: { readonly id: string; readonly name: string };
    readonly at: Date;
  },
): Promise<bigint> {
  const { cause, attemptId, clientId, by, at } = moved;
  const attempt = await lockAttempt(tx, scope.chainId, attemptId);
  invariant(attempt?.capturedCurrency, `money of ${attemptId} has a currency`);
  const currency = attempt.capturedCurrency;
  const lines = (await linesOfAttempt(tx, scope.chainId, attemptId)).filter(
    ({ outcome, placedMinor, refundedMinor }) => outcome === 'unplaced' && placedMinor > refundedMinor,
  );
  if (lines.length === 0) return 0n;
  const client = await openAccount(tx, deps, scope, { kind: 'client', ownerId: clientId, currency });
  const unplaced = await openAccount(tx, deps, scope, { kind: 'unplaced', ownerId: '', currency });
  await sql`
    update payment_lines set outcome = 'credited', account_id = ${client}
     where chain_id = ${scope.chainId} and attempt_id = ${attemptId} and line_no = any(${lines.map(({ lineNo }) => lineNo)}::smallint[])`.execute(tx);
  const posted = await postEntry(tx, deps, {
    scope,
    cause,
    happenedAt: at,
    memo: attempt.reference,
    by,
    postings: lines.map(({ placedMinor, refundedMinor, purpose }) => ({
      from: client,
      to: unplaced,
      amountMinor: placedMinor - refundedMinor,
      currency,
      operation: 'credit' as const,
      itemId: 'top_ups',
      purpose,
    })),
  });
  invariant(posted === 'posted', `money was put on an account twice for ${cause.id}`);
  return lines.reduce((sum, { placedMinor, refundedMinor }) => sum + placedMinor - refundedMinor, 0n);
}
