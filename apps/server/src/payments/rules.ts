import type { AttemptStatus } from '@holdfast/contract/steps';
import type { PaymentFact } from '@holdfast/providers/payment-provider';

/** What we know of an attempt: as much of its row as the rules need. */
export interface KnownAttempt {
  readonly reference: string;
  readonly status: AttemptStatus;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly providerPaymentId: string | undefined;
  readonly capturedMinor: bigint;
  readonly capturedCurrency: string | undefined;
  readonly refundedMinor: bigint;
}

export type Change =
  | 'nothing_new'
  /** The provider has a page for it. */
  | 'opened'
  /** The client has done their part; the provider has not decided. */
  | 'processing'
  /** Money came: the first, or more than was known. */
  | 'captured'
  /** More went back than was known. */
  | 'refunded'
  | 'failed'
  | 'closed'
  /** It cannot be, if what we know is true: a person has to look, and no money moves in the books. */
  | 'disagreement';

/**
 * The difference between what is known and what the provider says. Facts may be late, doubled and out of order, so a step back that a late fact
 * explains is `nothing_new`; captured money never goes back; a refund after a capture is not swallowed.
 */
export function whatChanged(known: KnownAttempt, fact: PaymentFact): Change {
  if (fact.reference !== undefined && fact.reference !== known.reference) return 'disagreement';
  if (known.providerPaymentId !== undefined && fact.providerPaymentId !== known.providerPaymentId) return 'disagreement';
  if (fact.state === 'captured') return captureChange(known, fact);
  if (fact.refundedMinor > 0n) return 'disagreement';
  switch (known.status) {
    case 'intended':
      return fact.state === 'open' ? 'opened' : fact.state;
    case 'open':
      return fact.state === 'open' ? 'nothing_new' : fact.state;
    case 'processing':
      return fact.state === 'open' || fact.state === 'processing' ? 'nothing_new' : fact.state;
    case 'captured':
      return fact.state === 'open' || fact.state === 'processing' ? 'nothing_new' : 'disagreement';
    case 'failed':
    case 'closed':
      // a page that nobody can pay any more has a client who is paying
      return fact.state === 'processing' ? 'disagreement' : 'nothing_new';
  }
}

function captureChange(known: KnownAttempt, fact: PaymentFact): Change {
  if (fact.capturedMinor <= 0n || fact.refundedMinor < 0n || fact.refundedMinor > fact.capturedMinor) return 'disagreement';
  if (known.status !== 'captured') return 'captured';
  if (fact.currency !== known.capturedCurrency || fact.capturedMinor < known.capturedMinor || fact.refundedMinor < known.refundedMinor)
    return 'disagreement';
  if (fact.capturedMinor > known.capturedMinor) return 'captured';
  return fact.refundedMinor > known.refundedMinor ? 'refunded' : 'nothing_new';
}

export type Agreement = 'agrees' | 'amount_mismatch' | 'currency_mismatch';

/** Is what was captured what was asked? Anything else never confirms (the money is kept safe elsewhere). */
export function amountAgrees(asked: { amountMinor: bigint; currency: string }, captured: { capturedMinor: bigint; currency: string }): Agreement {
  if (asked.currency !== captured.currency) return 'currency_mismatch';
  return asked.amountMinor === captured.capturedMinor ? 'agrees' : 'amount_mismatch';
}

const SECOND = 1000;
const SOONEST_MS = 20 * SECOND;
const LATEST_MS = 5 * 60 * SECOND;
const HOURLY_MS = 3600 * SECOND;
/** How long a call that makes a page may be under way: before that is over, "never heard of it" is not yet an answer. */
export const CREATE_MAY_TAKE_MS = 2 * 60 * SECOND;

/** What decides when the provider is asked next. */
export interface LookedAt {
  readonly status: AttemptStatus;
  readonly createdAt: Date;
  readonly payableUntil: Date;
  readonly supersededAt: Date | undefined;
  readonly askedAt: Date | undefined;
}

/** Nobody should pay this page any more: its time is over, or another took its place. */
export function isOver({ payableUntil, supersededAt }: Pick<LookedAt, 'payableUntil' | 'supersededAt'>, now: Date): boolean {
  return supersededAt !== undefined || now >= payableUntil;
}

/**
 * When the provider is asked again; undefined once final. Each wait is as long as the time that has passed, but 20 s to 5 min (20 s, 40 s, 80 s …),
 * and always at `payableUntil` exactly; after that the same from there on, hourly after the first hour.
 */
export function nextLook(attempt: LookedAt, now: Date): Date | undefined {
  if (attempt.status === 'captured' || attempt.status === 'failed' || attempt.status === 'closed') return undefined;
  const after = (start: Date) => now.getTime() + Math.min(Math.max(now.getTime() - start.getTime(), SOONEST_MS), LATEST_MS);
  if (!isOver(attempt, now)) {
    if (attempt.askedAt === undefined) return attempt.payableUntil;
    return new Date(Math.min(after(attempt.askedAt), attempt.payableUntil.getTime()));
  }
  const over = attempt.supersededAt && attempt.supersededAt < attempt.payableUntil ? attempt.supersededAt : attempt.payableUntil;
  return new Date(now.getTime() - over.getTime() >= HOURLY_MS ? now.getTime() + HOURLY_MS : after(over));
}

/** May "the provider knows no such payment" be taken as final? Not while a page may be paid, nor while a call that makes one may be under way. */
export function unknownMeansClosed(attempt: LookedAt, now: Date): boolean {
  if (!isOver(attempt, now)) return false;
  return attempt.askedAt === undefined || now.getTime() >= attempt.askedAt.getTime() + CREATE_MAY_TAKE_MS;
}
