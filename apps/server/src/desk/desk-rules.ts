import type { AppointmentStatus, AttemptStatus } from '@holdfast/contract/steps';

/** What decides whether money may be taken for a visit at the desk. */
export interface VisitAtDesk {
  readonly status: AppointmentStatus;
  readonly version: number;
  readonly costMinor: bigint;
  readonly paidMinor: bigint;
  /** Kept on client accounts for it until the rest is paid. */
  readonly heldMinor?: bigint;
  readonly paymentBlockedUntil: Date | undefined;
  /** The payment that is under way online. */
  readonly live: AttemptStatus | undefined;
}

export type NotTaken =
  | { readonly because: 'payment_in_progress'; readonly blockedUntil: Date | undefined }
  | { readonly because: 'not_payable' }
  | { readonly because: 'changed_meanwhile' }
  | { readonly because: 'nothing_due' }
  | { readonly because: 'more_than_due'; readonly dueMinor: bigint };

/** Why this much may not be taken now; undefined: it may. A hold that has just run out may be paid as long as its time has not been let go. */
export function whyNotTaken(visit: VisitAtDesk, amountMinor: bigint, version: number, at: Date): NotTaken | undefined {
  const blockedUntil = visit.paymentBlockedUntil && visit.paymentBlockedUntil > at ? visit.paymentBlockedUntil : undefined;
  if (blockedUntil || visit.live === 'processing') return { because: 'payment_in_progress', blockedUntil };
  if (visit.status === 'cancelled' || visit.status === 'expired') return { because: 'not_payable' };
  if (visit.version !== version) return { because: 'changed_meanwhile' };
  const dueMinor = deskDueMinor(visit);
  if (dueMinor === 0n) return { because: 'nothing_due' };
  return amountMinor > dueMinor ? { because: 'more_than_due', dueMinor } : undefined;
}

/** What the desk may still take: the countdown of a hold is the client's, the desk has the client before it. */
export function deskDueMinor({
  status,
  costMinor,
  paidMinor,
  heldMinor = 0n,
}: Pick<VisitAtDesk, 'status' | 'costMinor' | 'paidMinor' | 'heldMinor'>): bigint {
  const over = status === 'cancelled' || status === 'expired';
  const left = costMinor - paidMinor - heldMinor;
  return over || left <= 0n ? 0n : left;
}
