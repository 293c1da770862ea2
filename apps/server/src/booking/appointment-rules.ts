import type { AppointmentStatus } from '@holdfast/contract/steps';
import type { Placement } from '../payments/purposes.ts';

/** Minutes a client has to pay for a held time (A8; the seed: 15 minutes). */
export const HOLD_MINUTES = 15;
/** Seconds after that until the time is really freed: not shown; money captured before is in time (A8). */
export const GRACE_SECONDS = 60;
/** Minutes a payment page stays open where nothing is held (A9, A11; the seed: "within an hour"). */
export const PAGE_MINUTES = 60;

export function holdDeadlines(at: Date): { holdExpiresAt: Date; freesAt: Date } {
  const holdExpiresAt = new Date(at.getTime() + HOLD_MINUTES * 60_000);
  return { holdExpiresAt, freesAt: new Date(holdExpiresAt.getTime() + GRACE_SECONDS * 1000) };
}

/** What an appointment is, as far as money that arrives for it is concerned. */
export interface PayableAppointment {
  readonly status: AppointmentStatus;
  readonly startsAt: Date;
  readonly dueMinor: bigint;
  readonly paidMinor: bigint;
}

/**
 * What to do with `amountMinor` captured for one appointment (A12), before the database is asked whether a lost time is still free.
 * Total: every status has an answer, so no cent can fall through.
 */
export function whereMoneyBelongs(
  appointment: PayableAppointment,
  amountMinor: bigint,
  at: Date,
): Placement | { readonly kind: 'confirm' } | { readonly kind: 'try_restore' } {
  // also where a part of what was paid has gone back: more than is due would lie there unseen
  if (appointment.paidMinor + amountMinor > appointment.dueMinor)
    return { kind: 'credited', because: appointment.dueMinor === 0n ? 'not_due' : 'already_paid' };
  switch (appointment.status) {
    case 'held':
    case 'waiting':
    case 'confirmed':
    case 'arrived':
    case 'no_show':
      return { kind: 'confirm' };
    case 'expired':
      return appointment.startsAt <= at ? { kind: 'credited', because: 'time_past' } : { kind: 'try_restore' };
    case 'cancelled':
      return { kind: 'credited', because: 'cancelled' };
  }
}

/** What an appointment still asks for online at this moment, minor units. A hold that has run out asks for nothing. */
export function stillDueMinor(appointment: PayableAppointment & { readonly holdExpiresAt: Date | undefined }, at: Date): bigint {
  const open = appointment.dueMinor - appointment.paidMinor;
  switch (appointment.status) {
    case 'held':
      return appointment.holdExpiresAt && appointment.holdExpiresAt > at ? open : 0n;
    case 'waiting':
    case 'confirmed':
      return open;
    default:
      return 0n;
  }
}

/** The cancellation terms an appointment was booked under. */
export interface CancellationTerms {
  readonly cancelFreeHours: number;
  readonly cancelLatePercent: number;
}

/** What the salon would propose to give back for a cancellation now: all of it in time, the agreed share afterwards (rounded down to the cent). */
export function backIfCancelled(paidMinor: bigint, startsAt: Date, terms: CancellationTerms, at: Date): bigint {
  const inTime = startsAt.getTime() - at.getTime() >= terms.cancelFreeHours * 3_600_000;
  return inTime ? paidMinor : (paidMinor * BigInt(terms.cancelLatePercent)) / 100n;
}
