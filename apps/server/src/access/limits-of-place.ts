import type { datedRights, Right } from '@holdfast/contract/rights';
import { Temporal } from 'temporal-polyfill';
import type { Place } from './who.ts';

/** A right that a role may have for the last so many days only. */
export type DatedRight = (typeof datedRights)[number];

/** May money be taken into (or paid out of) this register here? A role can name the registers that may be chosen; unless it does, all of them may. */
export function mayTouchRegister({ registers }: Pick<Place, 'registers'>, accountId: string): boolean {
  return registers === undefined || registers.has(accountId);
}

/**
 * Has the right, and for what happened then? "The last 7 days" are today and the six days before it, by the calendar of the place: what happened at
 * 00:10 of the first of them still counts at 23:50 today, and a day of 23 or 25 hours is one day. What is dated tomorrow is not of the last days either.
 */
export function withinLastDays(
  { rights, lastDays }: Pick<Place, 'rights' | 'lastDays'>,
  right: DatedRight,
  happenedAt: Date,
  now: Date,
  timeZone: string,
): boolean {
  if (!rights.has(right satisfies Right)) return false;
  const days = lastDays[right];
  if (days === undefined) return true;
  const ago = localDay(happenedAt, timeZone).until(localDay(now, timeZone), { largestUnit: 'day' }).days;
  return ago >= 0 && ago < days;
}

/** May this much be given back? What a role without `refunds.make` may is for the route to ask. */
export function withinRefundLimit({ refundLimitMinor }: Pick<Place, 'refundLimitMinor'>, amountMinor: bigint): boolean {
  return refundLimitMinor === undefined || amountMinor <= refundLimitMinor;
}

function localDay(at: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}
