import type { PaymentFact } from '@holdfast/providers/payment-provider';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import type { Posting } from '../ledger/rules.ts';
import { partOf, unaskedRefund } from './asked-refunds.ts';
import type { PaymentsContext } from './context.ts';
import { ownMoneyOn, releaseHeld } from './hold-for-refund.ts';
import { openAttention } from './open-attention.ts';
import type { PaidRoom } from './purposes.ts';
import { resolveCredit } from './resolve-attention.ts';
import { shrinkRefunds } from './shrink-refunds.ts';
import { type LineOutcome, spreadRefund } from './spread-money.ts';
import { type AttemptRow, type LineRow, linesOfAttempt, writeLineRefunds } from './store.ts';
import { askedRefundsOf, type KnownRefund } from './store-refunds.ts';

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
  const asked = await askedRefundsOf(tx, attempt);
  const ours = asked.filter((one) => partOf(one, attempt.refundedMinor, fact.refundedMinor) > 0n);
  const parts = spreadRefund(lines, refund, byLine(lines, ours, attempt.refundedMinor, fact.refundedMinor));
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
  const unasked = unaskedRefund(asked, attempt.refundedMinor, fact.refundedMinor);
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
  await shrinkRefunds(tx, attempt, at);
  // what was kept for it goes with it
  for (const one of ours) await releaseHeld(tx, attempt.chainId, one.refundId);
  if (fact.refundedMinor === fact.capturedMinor) await room.allGone?.(tx, scope, attempt.order, attempt.attemptId, at);
  const { postings, beyond } = await postingsOf(tx, ctx, scope, { given, clearing, currency: fact.currency, itemId: room.itemId ?? 'services' });
  if (beyond > 0n) {
    await openAttention(tx, ctx, scope, at, {
      kind: 'refund_beyond_balance',
      subject: attempt.order,
      attemptId: attempt.attemptId,
      amountMinor: beyond,
      currency: fact.currency,
    });
  }
  const posted = await postEntry(tx, ctx, {
    scope,
    cause: { kind: 'provider_refund', id: `${attempt.attemptId}:${fact.refundedMinor}` },
    happenedAt: at,
    memo: attempt.reference,
    postings,
  });
  invariant(posted === 'posted', `a refund of ${attempt.attemptId} was not in the attempt but in the books`);
}

/**
 * What a client has spent meanwhile cannot be taken from their account, and is not lent to them either: the salon has given back more than it owed, and that
 * stands unplaced, before a person's eyes. `beyond`: how much of it.
 */
async function postingsOf(
  tx: Tx,
  ctx: PaymentsContext,
  scope: Scope,
  { given, clearing, currency, itemId }: { given: readonly { line: LineRow; part: bigint }[]; clearing: string; currency: string; itemId: string },
): Promise<{ postings: Posting[]; beyond: bigint }> {
  const postings: Posting[] = [];
  // several lines may lie on one account
  const left = new Map<string, bigint>();
  let beyond = 0n;
  for (const { line, part } of given) {
    invariant(line.accountId, 'money that goes back had been placed');
    const there = line.outcome === 'credited' ? (left.get(line.accountId) ?? (await ownMoneyOn(tx, scope.chainId, line.accountId))) : part;
    const fromLine = there < 0n ? 0n : there < part ? there : part;
    left.set(line.accountId, there - fromLine);
    beyond += part - fromLine;
    const post = (to: string, amountMinor: bigint, item: { readonly itemId?: string }) =>
      postings.push({ from: clearing, to, amountMinor, currency, operation: 'refund', ...item, purpose: line.purpose });
    if (fromLine > 0n) post(line.accountId, fromLine, itemOf(line.outcome, itemId));
    if (fromLine < part) post(await openAccount(tx, ctx, scope, { kind: 'unplaced', ownerId: '', currency }), part - fromLine, {});
  }
  return { postings, beyond };
}

/** What went back because it was asked for from here, by the position of the line it was asked for. */
function byLine(lines: readonly LineRow[], ours: readonly KnownRefund[], fromMinor: bigint, toMinor: bigint): ReadonlyMap<number, bigint> {
  const parts = new Map<number, bigint>();
  for (const one of ours) {
    const index = lines.findIndex(({ lineNo }) => lineNo === one.lineNo);
    if (index >= 0) parts.set(index, (parts.get(index) ?? 0n) + partOf(one, fromMinor, toMinor));
  }
  return parts;
}

function itemOf(outcome: LineOutcome, itemId: string): { readonly itemId?: string } {
  if (outcome === 'applied') return { itemId };
  return outcome === 'credited' ? { itemId: 'top_ups' } : {};
}
