import type { PaymentFact } from '@holdfast/providers/payment-provider';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { unaskedRefund } from './asked-refunds.ts';
import type { PaymentsContext } from './context.ts';
import { openAttention } from './open-attention.ts';
import type { PaidRoom } from './purposes.ts';
import { resolveCredit } from './resolve-attention.ts';
import { type LineOutcome, spreadRefund } from './spread-money.ts';
import { type AttemptRow, linesOfAttempt, writeLineRefunds } from './store.ts';
import { askedRefundsOf } from './store-refunds.ts';

/**
 * Money went back at the provider, `fact.refundedMinor` in all: what is new of it leaves the clearing account and the accounts to which the
 * lines' money had gone, and the room learns what is no longer paid. What of it nobody here asked for is shown to a person.
 */
export async function placeRefund(
  tx: Tx,
  ctx: PaymentsContext,
  { attempt, fact, scope, room, at }: { attempt: AttemptRow; fact: PaymentFact; scope: Scope; room: PaidRoom; at: Date },
): Promise<void> {
  const refund = fact.refundedMinor - attempt.refundedMinor;
  const lines = await linesOfAttempt(tx, attempt.chainId, attempt.attemptId);
  const parts = spreadRefund(lines, refund);
  const given = lines.map((line, index) => ({ line, part: parts[index] ?? 0n })).filter(({ part }) => part > 0n);
  const clearing = await openAccount(tx, ctx, scope, { kind: 'clearing', ownerId: attempt.connectionId, currency: fact.currency });
  await writeLineRefunds(
    tx,
    attempt,
    given.map(({ line, part }) => ({ lineNo: line.lineNo, refundMinor: part })),
  );
  for (const { line, part } of given) {
    if (line.outcome === 'applied') await room.refunded(tx, scope, attempt.order, { purpose: line.purpose, amountMinor: part }, at);
    // nobody has to decide any more about credit that is not there
    const allGone = line.refundedMinor + part === line.placedMinor;
    if (line.outcome === 'credited' && allGone) await resolveCredit(tx, scope, attempt.attemptId, line.purpose, 'refunded_at_provider', at);
  }
  const unasked = unaskedRefund(await askedRefundsOf(tx, attempt), attempt.refundedMinor, fact.refundedMinor);
  if (unasked > 0n) {
    await openAttention(tx, ctx, scope, at, {
      kind: 'refunded_at_provider',
      subject: attempt.order,
      attemptId: attempt.attemptId,
      amountMinor: unasked,
      currency: fact.currency,
      detail: { refundedInAllMinor: fact.refundedMinor.toString() },
    });
  }
  if (fact.refundedMinor === fact.capturedMinor) await room.allGone?.(tx, scope, attempt.order, attempt.attemptId, at);
  const posted = await postEntry(tx, ctx, {
    scope,
    cause: { kind: 'provider_refund', id: `${attempt.attemptId}:${fact.refundedMinor}` },
    happenedAt: at,
    memo: attempt.reference,
    postings: given.map(({ line, part }) => {
      invariant(line.accountId, 'money that goes back had been placed');
      return {
        from: clearing,
        to: line.accountId,
        amountMinor: part,
        currency: fact.currency,
        operation: 'refund',
        ...itemOf(line.outcome),
        purpose: line.purpose,
      };
    }),
  });
  invariant(posted === 'posted', `a refund of ${attempt.attemptId} was not in the attempt but in the books`);
}

function itemOf(outcome: LineOutcome): { readonly itemId?: string } {
  if (outcome === 'applied') return { itemId: 'services' };
  return outcome === 'credited' ? { itemId: 'top_ups' } : {};
}
