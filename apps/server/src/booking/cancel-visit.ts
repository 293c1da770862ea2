import { mayStep } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Who } from '../access/who.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { tell } from '../kit/outbox.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import { proposeRefund } from './propose-refund.ts';
import { type AppointmentRow, cancelAppointment } from './store.ts';
import { noteStaffChange, ordersPayingFor } from './store-staff-changes.ts';

/**
 * The salon cancels a visit whose rows are locked: its payment pages are closed, what was paid is proposed for refund, the client is told. False, and then the
 * caller rolls back: a payment for it is being checked just now.
 */
export async function cancelVisit(
  tx: Tx,
  ctx: Pick<Deps, 'newId'>,
  scope: Scope,
  wish: {
    readonly row: AppointmentRow;
    readonly others: readonly AppointmentRow[];
    readonly who: Pick<Who, 'userId' | 'name'>;
    readonly because: string;
    readonly refund: 'policy' | 'all' | 'nothing';
    /** What is cancelled together is one case; left out: it alone. */
    readonly caseId?: string;
  },
  at: Date,
): Promise<boolean> {
  const { row, others, who, because, refund } = wish;
  const { appointmentId } = row;
  for (const order of await ordersPayingFor(tx, scope, appointmentId)) {
    if ((await supersedePayments(tx, scope, order, at)) === 'processing') return false;
  }
  await cancelAppointment(tx, scope, appointmentId, at);
  // visits of memberships follow the same decision as money
  if (refund !== 'policy')
    await sql`select decide_membership_visits(${scope.chainId}, ${row.appointmentId}, ${refund === 'nothing'}, ${at})`.execute(tx);
  const detail = { before: { status: row.status }, after: { status: 'cancelled' }, because };
  await noteStaffChange(tx, scope, { appointmentId, who, at, what: 'cancelled', detail });
  const by = { id: who.userId, name: who.name };
  const cancelled = {
    visit: row,
    reason: 'cancelled_by_staff',
    caseId: wish.caseId ?? appointmentId,
    countsFrom: at,
    share: refund,
    by,
    words: because,
  } as const;
  await proposeRefund(tx, ctx, scope, cancelled, at);
  await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'appointment.cancelled', subjectId: appointmentId, payload: { by: 'staff' }, at });
  if (!others.some((one) => mayStep('cancel', one.status))) {
    await sql`update bookings set live_draft = null where chain_id = ${scope.chainId} and booking_id = ${row.bookingId}`.execute(tx);
  }
  return true;
}
