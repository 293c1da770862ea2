import type { AppointmentStatus } from '@holdfast/contract/steps';
import type { Placement } from '../payments/purposes.ts';

/** Minutes a client has to pay for a held time (A8; the seed: 15 minutes). */
export const HOLD_MINUTES = 15;
/** Seconds after that until the time is really freed: not shown; money captured before is in time (A8). */
export const GRACE_SECONDS = 60;
/** Minutes for which an appointment is blocked once its client has gone to pay by the link (A11). */
export const BLOCK_MINUTES = 15;
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
 * What to do with `amountMinor` captured for one appointment (A12), before the database is asked whether a lost time is still free. A prepayment is
 * taken `whole` or not at all; a visit that is paid for takes what it still costs, and the rest (`part`) is the client's.
 * Total: every status has an answer, so no cent can fall through.
 */
export function whereMoneyBelongs(
  appointment: PayableAppointment,
  amountMinor: bigint,
  at: Date,
  takes: 'whole' | 'part' = 'whole',
): Extract<Placement, { kind: 'credited' }> | { readonly kind: 'confirm' | 'try_restore'; readonly appliedMinor: bigint } {
  const open = appointment.dueMinor - appointment.paidMinor;
  // also where a part of what was paid has gone back: more than is due would lie there unseen
  if (open <= 0n || (takes === 'whole' && amountMinor > open))
    return { kind: 'credited', because: appointment.dueMinor === 0n ? 'not_due' : 'already_paid' };
  const appliedMinor = amountMinor < open ? amountMinor : open;
  switch (appointment.status) {
    case 'held':
    case 'waiting':
    case 'confirmed':
    case 'arrived':
    case 'no_show':
      return { kind: 'confirm', appliedMinor };
    case 'expired':
      return appointment.startsAt <= at ? { kind: 'credited', because: 'time_past' } : { kind: 'try_restore', appliedMinor };
    case 'cancelled':
      return { kind: 'credited', because: 'cancelled' };
  }
}

/** What an appointment still asks for online at this moment, minor units: no more than the whole visit still costs. A hold that has run out asks for nothing. */
export function stillDueMinor(
  {
    costMinor = 0n,
    heldMinor = 0n,
    heldForPrepaymentMinor = 0n,
    ...appointment
  }: PayableAppointment & {
    readonly costMinor?: bigint;
    readonly heldMinor?: bigint;
    readonly heldForPrepaymentMinor?: bigint;
    readonly holdExpiresAt: Date | undefined;
  },
  at: Date,
): bigint {
  const prepayment = leftOf(appointment.dueMinor, appointment.paidMinor + heldForPrepaymentMinor);
  const rest = leftOf(costMinor, appointment.paidMinor + heldMinor);
  const open = heldMinor > 0n && rest < prepayment ? rest : prepayment;
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

/**
 * What a visit still costs, which is what its link asks for: without what is held for it on client accounts. Also afterwards, and of who did not come. A hold
 * that has run out asks for nothing.
 */
export function visitDueMinor(
  visit: Pick<PayableAppointment, 'status' | 'paidMinor'> & {
    readonly costMinor: bigint;
    readonly heldMinor?: bigint;
    readonly holdExpiresAt: Date | undefined;
  },
  at: Date,
): bigint {
  const open = leftOf(visit.costMinor, visit.paidMinor + (visit.heldMinor ?? 0n));
  switch (visit.status) {
    case 'held':
      return visit.holdExpiresAt && visit.holdExpiresAt > at ? open : 0n;
    case 'waiting':
    case 'confirmed':
    case 'arrived':
    case 'no_show':
      return open;
    case 'expired':
    case 'cancelled':
      return 0n;
  }
}

/** More may have been paid than is asked for here: a visit's whole price where only a part of it was to be prepaid. */
export function leftOf(askedMinor: bigint, paidMinor: bigint): bigint {
  return paidMinor < askedMinor ? askedMinor - paidMinor : 0n;
}
