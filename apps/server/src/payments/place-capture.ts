import type { PaymentFact } from '@holdfast/providers/payment-provider';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';
import { lockAccounts } from '../ledger/lock-accounts.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import type { PaymentsContext } from './context.ts';
import { openAttention } from './open-attention.ts';
import type { PaidRoom, Placement } from './purposes.ts';
import { amountAgrees } from './rules.ts';
import { spreadCaptured } from './spread-money.ts';
import { type AttemptRow, addSurplusLine, type LineRow, linesOfAttempt, writeLinePlaces } from './store.ts';

export interface Capture {
  readonly attempt: AttemptRow;
  readonly fact: PaymentFact;
  readonly scope: Scope;
  readonly room: PaidRoom;
  readonly at: Date;
}

interface Place {
  readonly outcome: 'applied' | 'credited' | 'unplaced';
  readonly because?: string;
  /** Only so much of what came for the line; the rest is credited. */
  readonly appliedMinor?: bigint;
  /** Credited because that is what was bought: nobody has to look at it. */
  readonly deposited?: true;
}

/** What people call money that went there. */
const calledBy = {
  applied: { operation: 'payment', itemId: 'services' },
  credited: { operation: 'credit', itemId: 'top_ups' },
  unplaced: { operation: 'unplaced' },
} as const;
const called = ({ outcome, deposited }: Place, itemId: string | undefined) => {
  if (deposited && outcome === 'credited') return { operation: 'top_up', itemId: 'top_ups' } as const;
  return outcome === 'applied' && itemId ? { ...calledBy.applied, itemId } : calledBy[outcome];
};

interface Placed extends Place {
  readonly line: LineRow;
  readonly part: bigint;
}

/**
 * The first captured money of an attempt: every cent of it to exactly one place. As asked: the room says of each line whether it is applied or
 * belongs to the client's account. Another amount: the client's account. Another currency: "unplaced". What a line cannot take of it is a line of its own.
 * Answers where each part went.
 */
export async function placeCapture(tx: Tx, ctx: PaymentsContext, { attempt, fact, scope, room, at }: Capture): Promise<readonly Place[]> {
  const lines = await linesOfAttempt(tx, attempt.chainId, attempt.attemptId);
  const agreement = amountAgrees(attempt, fact);
  const places = agreement === 'agrees' ? (await askRoom(tx, room, scope, attempt, lines, at)).map(placeOf) : lines.map(() => mismatched(agreement));
  const parts = spreadCaptured(lines, fact.capturedMinor);
  const whole = lines.map((line, index): Placed => {
    const place = places[index];
    const part = parts[index];
    invariant(place && part !== undefined, 'every line has a place and its part');
    return { line, ...place, part: place.appliedMinor ?? part };
  });
  const rest = whole.flatMap(({ line, appliedMinor, part }, index): Placed[] =>
    appliedMinor === undefined ? [] : [{ line, outcome: 'credited', because: 'already_paid', part: (parts[index] ?? part) - part }],
  );
  const open = await openPlaces(tx, ctx, { attempt, fact, scope, room }, new Set([...whole, ...rest].map(({ outcome }) => outcome)));
  const settled = (one: Placed): Placed => ({ ...one, outcome: open.outcome(one.outcome) });
  const placed = [...whole, ...rest].map(settled);
  invariant(
    placed.every(({ part }) => part >= 0n),
    'a room takes no more than came',
  );
  const written = (one: Placed) => {
    const { outcome, part } = settled(one);
    return { outcome, accountId: open.account(outcome), placedMinor: part };
  };
  await writeLinePlaces(
    tx,
    attempt,
    whole.map((one) => ({ lineNo: one.line.lineNo, ...written(one) })),
    at,
  );
  for (const [index, one] of rest.entries())
    await addSurplusLine(tx, attempt, { lineNo: lines.length + index, purpose: one.line.purpose, ...written(one) }, at);
  if (agreement !== 'agrees') {
    await openAttention(tx, ctx, scope, at, {
      kind: agreement,
      subject: attempt.order,
      attemptId: attempt.attemptId,
      amountMinor: fact.capturedMinor,
      currency: fact.currency,
      detail: { askedMinor: attempt.amountMinor.toString(), askedCurrency: attempt.currency },
    });
  }
  for (const { line, outcome, because, part, deposited } of placed) {
    if (agreement !== 'agrees' || outcome === 'applied' || deposited) continue;
    const detail = { because: because ?? null };
    await openAttention(tx, ctx, scope, at, {
      kind: outcome === 'credited' ? 'late_payment' : 'test_payment',
      subject: line.purpose,
      attemptId: attempt.attemptId,
      amountMinor: part,
      currency: fact.currency,
      detail,
    });
  }
  const following = placed.some(({ outcome }) => outcome === 'applied') ? await room.afterPaid?.(tx, scope, attempt.order, at) : undefined;
  // last, because it locks the accounts that everybody posts to
  if (following && following.accountIds.length > 0)
    await lockAccounts(tx, scope.chainId, [open.clearing, ...placed.map(({ outcome }) => open.account(outcome)), ...following.accountIds]);
  const posted = await postEntry(tx, ctx, {
    scope,
    cause: { kind: 'payment_captured', id: attempt.attemptId },
    happenedAt: at,
    memo: attempt.reference,
    postings: placed
      .filter(({ part }) => part > 0n)
      .map((one) => ({
        from: open.account(one.outcome),
        to: open.clearing,
        amountMinor: one.part,
        currency: fact.currency,
        ...called(one, room.itemId),
        purpose: one.line.purpose,
      })),
  });
  invariant(posted === 'posted', `the capture of ${attempt.attemptId} was not in the attempt but in the books`);
  await following?.post();
  return placed;
}

/** More money for an attempt that was captured before: it was not asked for, so it is the client's. */
export async function placeSurplus(tx: Tx, ctx: PaymentsContext, { attempt, fact, scope, room, at }: Capture): Promise<void> {
  const surplus = fact.capturedMinor - attempt.capturedMinor;
  const wanted = fact.currency === attempt.currency ? 'credited' : 'unplaced';
  const open = await openPlaces(tx, ctx, { attempt, fact, scope, room }, new Set([wanted]));
  const outcome = open.outcome(wanted);
  const lineNo = (await linesOfAttempt(tx, attempt.chainId, attempt.attemptId)).length;
  await addSurplusLine(tx, attempt, { lineNo, purpose: attempt.order, outcome, accountId: open.account(outcome), placedMinor: surplus }, at);
  await openAttention(tx, ctx, scope, at, {
    kind: 'paid_more',
    subject: attempt.order,
    attemptId: attempt.attemptId,
    amountMinor: surplus,
    currency: fact.currency,
  });
  const posted = await postEntry(tx, ctx, {
    scope,
    cause: { kind: 'payment_captured_more', id: `${attempt.attemptId}:${fact.capturedMinor}` },
    happenedAt: at,
    memo: attempt.reference,
    postings: [
      { from: open.account(outcome), to: open.clearing, amountMinor: surplus, currency: fact.currency, ...calledBy[outcome], purpose: attempt.order },
    ],
  });
  invariant(posted === 'posted', `the surplus of ${attempt.attemptId} was not in the attempt but in the books`);
}

async function askRoom(
  tx: Tx,
  room: PaidRoom,
  scope: Scope,
  attempt: AttemptRow,
  lines: readonly LineRow[],
  at: Date,
): Promise<readonly Placement[]> {
  const asked = lines.map(({ purpose, amountMinor }) => ({ purpose, amountMinor }));
  const placements = await room.placePaid(tx, scope, attempt.order, asked, at, attempt.attemptId);
  invariant(placements.length === lines.length, `a room says of each line where its money belongs: ${attempt.order.kind}`);
  return placements;
}

function placeOf(placement: Placement): Place {
  switch (placement.kind) {
    case 'applied':
      return { outcome: 'applied' };
    case 'deposited':
      return { outcome: 'credited', deposited: true };
    case 'applied_in_part':
      return { outcome: 'applied', appliedMinor: placement.appliedMinor };
    case 'credited':
    case 'unplaced':
      return { outcome: placement.kind, because: placement.because };
  }
}

function mismatched(agreement: 'amount_mismatch' | 'currency_mismatch'): Place {
  return agreement === 'amount_mismatch' ? { outcome: 'credited', because: agreement } : { outcome: 'unplaced' };
}

interface Places {
  readonly clearing: string;
  /** Where it really goes: what is nobody's cannot be credited to anybody. */
  outcome(wanted: Place['outcome']): Place['outcome'];
  account(outcome: Place['outcome']): string;
}

/** Opens what will be posted to, always in the same order of kinds: two settlements never wait for each other's new accounts. */
async function openPlaces(
  tx: Tx,
  ctx: PaymentsContext,
  { attempt, fact, scope, room }: Omit<Capture, 'at'>,
  outcomes: ReadonlySet<Place['outcome']>,
): Promise<Places> {
  const { currency } = fact;
  const opened = new Map<Place['outcome'], string>();
  const clearing = await openAccount(tx, ctx, scope, { kind: 'clearing', ownerId: attempt.connectionId, currency });
  const clientId = outcomes.has('credited') ? await room.clientOf(tx, scope, attempt.order) : undefined;
  const nobodys = outcomes.has('credited') && clientId === undefined;
  if (clientId !== undefined) opened.set('credited', await openAccount(tx, ctx, scope, { kind: 'client', ownerId: clientId, currency }));
  if (outcomes.has('applied')) opened.set('applied', await openAccount(tx, ctx, scope, { kind: 'prepayments', ownerId: '', currency }));
  if (outcomes.has('unplaced') || nobodys) opened.set('unplaced', await openAccount(tx, ctx, scope, { kind: 'unplaced', ownerId: '', currency }));
  return {
    clearing,
    outcome: (wanted) => (wanted === 'credited' && nobodys ? 'unplaced' : wanted),
    account(outcome) {
      const account = opened.get(outcome);
      invariant(account, `an account is open for ${outcome}`);
      return account;
    },
  };
}
