import type { CancellationQuote } from '@holdfast/contract/cancellation';
import { Problem } from '../kit/problem.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import type { BookingContext } from './context.ts';
import { moneyOfVisits } from './money-of-visit.ts';
import { cancellationQuote } from './read-cancellation-quote.ts';
import { appointmentsOf, bookingById, bookingIdOf } from './store.ts';
import { stakedVisits } from './visits-of-memberships.ts';

/** What cancelling one appointment would propose to give back, as its client would be shown it. Refuses with `not_found`. */
export async function quoteForStaff(ctx: BookingContext, { place, onlyStaffId }: CalendarViewer, appointmentId: string): Promise<CancellationQuote> {
  const { scope } = place;
  const q = ctx.db.read;
  const bookingId = await bookingIdOf(q, scope, appointmentId);
  const booking = bookingId ? await bookingById(q, scope.chainId, bookingId) : undefined;
  const visit = bookingId ? (await appointmentsOf(q, scope.chainId, bookingId)).find((one) => one.appointmentId === appointmentId) : undefined;
  if (!booking || !visit || (onlyStaffId !== undefined && visit.staffId !== onlyStaffId))
    throw new Problem('not_found', 404, 'There is no such appointment.');
  const given = { money: await moneyOfVisits(q, scope.chainId, [appointmentId]), staked: await stakedVisits(q, scope, [appointmentId]) };
  return cancellationQuote([visit], given, booking.currency, ctx.now());
}
