import { mintScope, type Scope } from '../access/scope.ts';
import { Problem } from '../kit/problem.ts';
import type { BookingContext } from './context.ts';
import { bookingById } from './store.ts';

/** The booking a client's token opens. A token that we did not sign, and a booking that is not there, are the same to whoever asks: `not_found`. */
export async function scopeOfBooking(ctx: Pick<BookingContext, 'db' | 'tokens'>, token: string): Promise<{ scope: Scope; bookingId: string }> {
  const named = ctx.tokens.read(token);
  const booking = named && (await bookingById(ctx.db.read, named.chainId, named.bookingId));
  if (!booking) throw new Problem('not_found', 404, 'There is no such booking.');
  return { scope: mintScope(booking.chainId, booking.locationId), bookingId: booking.bookingId };
}
