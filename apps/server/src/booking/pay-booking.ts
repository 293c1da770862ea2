import type { Scope } from '../access/scope.ts';
import { Problem } from '../kit/problem.ts';
import type { PageToPay } from '../payments/open-page.ts';
import { hasStrayMoney } from '../payments/read-order.ts';
import { startPayment } from '../payments/start-payment.ts';
import type { BookingContext } from './context.ts';
import { appointmentsOf } from './store.ts';

/** Where the client goes and pays what is due. Refuses with `hold_run_out` where the time is no longer kept, else as {@link startPayment}. */
export async function payBooking(ctx: BookingContext, scope: Scope, bookingId: string): Promise<PageToPay> {
  // who has paid a wrong sum is not asked for the right one on top of it
  if (await hasStrayMoney(ctx.db.read, scope.chainId, { kind: 'booking', id: bookingId })) {
    throw new Problem('payment_in_progress', 409, 'Money has come for this booking, and the salon is looking at it.');
  }
  try {
    return await startPayment(ctx.payments, scope, { kind: 'booking', id: bookingId });
  } catch (error) {
    if (error instanceof Problem && error.code === 'nothing_to_pay') {
      const appointments = await appointmentsOf(ctx.db.read, scope.chainId, bookingId);
      if (appointments.some((one) => (one.status === 'held' || one.status === 'expired') && one.paidMinor < one.dueMinor)) {
        throw new Problem('hold_run_out', 409, 'The time was kept for 15 minutes and is no longer held.');
      }
    }
    throw error;
  }
}
