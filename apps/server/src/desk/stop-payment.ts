import { noteAudit } from '../access/note-audit.ts';
import type { BookingContext } from '../booking/context.ts';
import { endBlocksWithoutPage } from '../booking/end-blocks.ts';
import { noteLinkChange } from '../booking/note-link.ts';
import { lockVisit } from '../booking/read-visit.ts';
import { visitOrder } from '../booking/visit-room.ts';
import { Problem } from '../kit/problem.ts';
import { closePagesFor } from '../payments/close-pages.ts';
import { type PurposePayment, paymentsFor } from '../payments/read-payments.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import type { AtDesk } from './take-for-visit.ts';

/**
 * Staff end a payment that the client has begun: its page is closed at the provider where it can be, and the visit is no longer blocked. What arrives all the
 * same has its place (A12). Refuses with `payment_in_progress` (the client has done their part) and `step_not_allowed` (paid, or over): `detail.attemptStatus`.
 */
export async function stopPayment(ctx: BookingContext, { who, place }: AtDesk, appointmentId: string, attemptId: string): Promise<void> {
  const { scope } = place;
  const order = visitOrder(appointmentId);
  const found = (payments: readonly PurposePayment[]) => payments.find((one) => one.attemptId === attemptId);
  await ctx.db.transaction(async (tx) => {
    const visit = await lockVisit(tx, scope, appointmentId);
    const payment = found(await paymentsFor(tx, scope.chainId, { kind: 'appointment', id: appointmentId }));
    if (!payment) throw new Problem('not_found', 404, 'There is no such payment.');
    refuseUnlessOpen(payment);
    const at = ctx.now();
    if ((await supersedePayments(tx, scope, order, at)) === 'processing') throw inProgress();
    await endBlocksWithoutPage(tx, scope, visit);
    await noteLinkChange(tx, scope, visit, 'payment_stopped', who.name, at);
    const subject = { kind: 'payment', id: attemptId };
    await noteAudit(tx, ctx, who, { action: 'payment.stopped', subject, locationId: scope.locationId, after: { appointmentId } });
  });
  await closePagesFor(ctx.payments, scope, order);
  const now = found(await paymentsFor(ctx.db.read, scope.chainId, { kind: 'appointment', id: appointmentId }));
  if (now && (now.status === 'captured' || now.status === 'processing')) refuseUnlessOpen(now);
}

function refuseUnlessOpen({ status }: PurposePayment): void {
  if (status === 'processing') throw inProgress();
  if (status === 'captured') throw new Problem('step_not_allowed', 409, 'The client has just paid.', { attemptStatus: status });
  if (status === 'failed' || status === 'closed') throw new Problem('step_not_allowed', 409, 'This payment is over.', { attemptStatus: status });
}

function inProgress(): Problem {
  return new Problem('payment_in_progress', 409, 'The client has done their part, and the provider is checking it.', { attemptStatus: 'processing' });
}
