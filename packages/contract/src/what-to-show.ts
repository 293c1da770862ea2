import type { Booking } from './booking.ts';

/** What the client's own page is about just now. */
export type Scene = 'held' | 'run_out' | 'checking' | 'waiting' | 'confirmed' | 'expired' | 'cancelled' | 'needs_choice' | 'mixed';

/**
 * `asking`: the client has just come back from the provider and we have not heard enough yet. A hold whose time is over on the server's clock
 * is shown as over, although the server still keeps it for a short grace: money that arrives in it is in time.
 */
export function whatToShow(booking: Booking, now: number, asking: boolean): Scene {
  const unpaid = booking.status === 'held' || (booking.status === 'waiting' && booking.dueMinor > 0);
  const letGo = booking.status === 'expired' || booking.status === 'cancelled';
  if (asking && (unpaid || letGo)) return 'checking';
  if (booking.status === 'held' && booking.holdExpiresAt && Date.parse(booking.holdExpiresAt) <= now) return 'run_out';
  return booking.status;
}

/** Whether this booking is done with as a draft: what comes next is another booking. */
export function isMade(booking: Booking): boolean {
  return booking.status === 'confirmed' || booking.status === 'waiting' || booking.status === 'needs_choice' || booking.status === 'mixed';
}
