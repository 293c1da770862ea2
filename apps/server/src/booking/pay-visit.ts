import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { Problem } from '../kit/problem.ts';
import type { PageToPay } from '../payments/open-page.ts';
import { countPayments } from '../payments/read-order.ts';
import { startPayment } from '../payments/start-payment.ts';
import type { BookingContext } from './context.ts';
import { stateOfLink } from './read-payment-link.ts';
import { readVisit } from './read-visit.ts';
import { endIdleBlocks } from './store.ts';
import { visitOrder } from './visit-room.ts';

/** New payments that one link may begin within an hour: who pays needs one or two, and each is a call at the provider. */
export const PAYMENTS_PER_LINK_AND_HOUR = 10;

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
  refuseUnless(await stateOfLink(ctx.db.read, scope, visit, at));
  const begun = await countPayments(ctx.db.read, scope.chainId, order, new Date(at.getTime() - 3_600_000));
  if (begun >= PAYMENTS_PER_LINK_AND_HOUR)
    throw new Problem('too_many_requests', 429, 'This link has begun too many payments. Try again later.', { retryAfterSeconds: 600 });
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

function refuseUnless(state: Awaited<ReturnType<typeof stateOfLink>>): void {
  switch (state) {
    case 'ready':
      return;
    case 'checking':
      throw new Problem('payment_in_progress', 409, 'A payment for this is being checked just now.');
    case 'paid':
    case 'nothing_due':
      throw new Problem('nothing_to_pay', 409, 'Nothing is to be paid here.');
    case 'expired':
      throw new Problem('hold_run_out', 409, 'The time that was kept has run out.');
    case 'cancelled':
      throw new Problem('step_not_allowed', 409, 'This visit was cancelled.');
    case 'off':
      throw new Problem('payment_unavailable', 409, 'Payment by link is switched off here.');
  }
}
