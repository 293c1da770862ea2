import type { Booking } from '@holdfast/contract/booking';
import type { PayableAppointment } from './appointment-rules.ts';

/**
 * What became of an appointment's prepayment, in one word. `credited`: money for it waits on the client's account for their choice; `checking`: the provider
 * is checking a payment for it.
 */
export function prepaymentOf(
  { status, dueMinor, paidMinor }: Pick<PayableAppointment, 'status' | 'dueMinor' | 'paidMinor'>,
  { credited, checking }: { credited: boolean; checking: boolean },
): Booking['appointments'][number]['prepayment'] {
  if (credited) return 'credited';
  if (dueMinor === 0n) return 'none';
  if (paidMinor >= dueMinor) return 'paid';
  if (status === 'expired' || status === 'cancelled') return 'released';
  return checking ? 'checking' : 'due';
}
