import type { MembershipState } from '@holdfast/contract/memberships';
import type { AttemptStatus } from '@holdfast/contract/steps';
import { Temporal } from 'temporal-polyfill';

const DAY_MS = 86_400_000;

export interface EarningMembership {
  readonly priceMinor: bigint;
  readonly refundedMinor: bigint;
  /** Null: as many as they like. */
  readonly visits: number | null;
  readonly reserved: number;
  readonly used: number;
  readonly soldAt: Date | null;
  readonly beginsAt: Date | null;
  readonly endsAt: Date | null;
  /** By a refund. */
  readonly endedAt: Date | null;
  readonly frozenUntil: Date | null;
  readonly frozenDays: number;
}

/**
 * How much of its price the salon has earned by now, tax included: each visit its share, rounded down over all of them, so that the last one takes the rest;
 * without a number of visits, its days. What is left when it is over is earned, once no visit is reserved any more; and so is what was not given back of one
 * that was refunded.
 */
export function earnedBy(membership: EarningMembership, at: Date): bigint {
  const { priceMinor, refundedMinor, visits, reserved, used, soldAt, endsAt, endedAt } = membership;
  if (soldAt === null) return 0n;
  const keptMinor = priceMinor - refundedMinor;
  if (endedAt !== null) return keptMinor;
  const over = endsAt !== null && endsAt <= at && (visits === null || reserved === 0);
  const earned = over ? priceMinor : visits === null ? byDays(membership, at) : (priceMinor * BigInt(used)) / BigInt(visits);
  return earned < keptMinor ? earned : keptMinor;
}

/** In proportion to the whole days that are over; days in which it was frozen count on neither side. */
function byDays({ priceMinor, beginsAt, endsAt, frozenDays, frozenUntil }: EarningMembership, at: Date): bigint {
  if (beginsAt === null || endsAt === null || at <= beginsAt) return 0n;
  const toCome = frozenUntil === null || frozenUntil <= at ? 0 : Math.ceil((frozenUntil.getTime() - at.getTime()) / DAY_MS);
  const total = Math.max(1, Math.round((endsAt.getTime() - beginsAt.getTime()) / DAY_MS) - frozenDays);
  const over = Math.floor((at.getTime() - beginsAt.getTime()) / DAY_MS) - Math.max(0, frozenDays - toCome);
  return (priceMinor * BigInt(Math.min(total, Math.max(0, over)))) / BigInt(total);
}

/** When the books have to be compared although nothing changes: at its end, and without a number of visits with every month. Undefined: not before a change. */
export function looksAgainAt({ soldAt, endedAt, endsAt, visits }: EarningMembership, at: Date, timeZone: string): Date | undefined {
  if (soldAt === null || endedAt !== null || endsAt === null || endsAt <= at) return undefined;
  if (visits !== null) return endsAt;
  const here = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  const nextMonth = new Date(here.with({ day: 1 }).startOfDay().add({ months: 1 }).epochMilliseconds);
  return nextMonth < endsAt ? nextMonth : endsAt;
}

export interface StandingMembership extends EarningMembership {
  readonly cancelledAt: Date | null;
  readonly frozenFrom: Date | null;
  readonly refundingSince: Date | null;
  readonly paying: AttemptStatus | null;
}

/** In one word, for a screen. */
export function stateOf(membership: StandingMembership, at: Date): MembershipState {
  const { soldAt, cancelledAt, paying, endedAt, refundingSince, endsAt, frozenFrom, frozenUntil, visits, reserved, used } = membership;
  if (soldAt === null) return paying === 'processing' ? 'checking' : cancelledAt === null ? 'offered' : 'cancelled';
  if (endedAt !== null) return 'refunded';
  if (refundingSince !== null) return 'refunding';
  if (visits !== null && used >= visits) return 'used_up';
  if (endsAt !== null && endsAt <= at && reserved === 0) return 'ended';
  if (frozenFrom !== null && frozenUntil !== null && frozenFrom <= at && at < frozenUntil) return 'frozen';
  return 'active';
}

export type NotFrozen = 'not_active' | 'too_often' | 'too_long' | 'visits_reserved';

/** Why it cannot be frozen for so many days from now. `reservedWithin`: visits that are booked for these days. */
export function whyNotFrozen(
  membership: StandingMembership & { readonly freezeDays: number; readonly freezeTimes: number; readonly frozenTimes: number },
  { days, reservedWithin, at }: { days: number; reservedWithin: number; at: Date },
): NotFrozen | undefined {
  if (stateOf(membership, at) !== 'active' || membership.endsAt === null) return 'not_active';
  if (membership.frozenTimes >= membership.freezeTimes) return 'too_often';
  if (membership.frozenDays + days > membership.freezeDays) return 'too_long';
  return reservedWithin > 0 ? 'visits_reserved' : undefined;
}
