import type { PaymentLink } from '@holdfast/contract/checkout';
import type { AppointmentStatus } from '@holdfast/contract/steps';
import { visitDueMinor } from './appointment-rules.ts';

/** What decides whether a visit can be paid by its link. */
export interface LinkFacts {
  readonly status: AppointmentStatus;
  readonly costMinor: bigint;
  readonly paidMinor: bigint;
  /** Kept on client accounts for it until the rest is paid. */
  readonly heldMinor?: bigint;
  readonly holdExpiresAt: Date | undefined;
  /** The method is on, and its company is known. */
  readonly enabled: boolean;
  /** The client has done their part of a payment, or money came that somebody has to look at: no more is asked for until that is decided. */
  readonly checking: boolean;
}

/** What a link says at this moment. What has become of the visit goes before what the salon has switched off. */
export function linkState(facts: LinkFacts, at: Date): Exclude<PaymentLink['state'], 'unavailable'> {
  if (facts.checking) return 'checking';
  if (facts.status === 'cancelled') return 'cancelled';
  if (facts.status === 'expired' || (facts.status === 'held' && (!facts.holdExpiresAt || facts.holdExpiresAt <= at))) return 'expired';
  if (visitDueMinor(facts, at) === 0n) return facts.paidMinor > 0n ? 'paid' : 'nothing_due';
  return facts.enabled ? 'ready' : 'off';
}
