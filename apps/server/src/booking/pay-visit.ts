import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { PageToPay } from '../payments/open-page.ts';
import { refuseUnlessPayable } from '../payments/refuse-unless-payable.ts';
import { startPayment } from '../payments/start-payment.ts';
import type { BookingContext } from './context.ts';
import { stateOfLink } from './read-payment-link.ts';
import { readVisit } from './read-visit.ts';
import { endIdleBlocks } from './store.ts';
import { visitOrder } from './visit-room.ts';

/**
 * Where a client who follows a payment link goes and pays what is still due; the appointment is blocked from here on (A11). The live page again, if
 * there is one that asks for just that.
 *
 * Refuses with `payment_in_progress`, `nothing_to_pay`, `hold_run_out`, `payment_unavailable` (switched off, or the provider said no),
 * `provider_unreachable`, `too_many_requests`, `step_not_allowed` (cancelled).
 */
export async function payVisit(ctx: BookingContext, scope: Scope, appointmentId: string): Promise<PageToPay> {
  const at = ctx.now();
  const order = visitOrder(appointmentId);
  const visit = await readVisit(ctx.db.read, scope, appointmentId);
  await refuseUnlessPayable(ctx, { chainId: scope.chainId, order, state: await stateOfLink(ctx.db.read, scope, visit, at) });
  try {
    return await startPayment(ctx.payments, scope, order);
  } catch (error) {
    // nobody was sent anywhere, so nobody has to wait for them
    await ctx.db.transaction(async (tx) => {
      await sql`select 1 from bookings where chain_id = ${scope.chainId} and booking_id = ${visit.bookingId} for update`.execute(tx);
      await endIdleBlocks(tx, scope.chainId, visit.bookingId);
    });
    throw error;
  }
}
