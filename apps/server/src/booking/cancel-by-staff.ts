import { lockedBecause } from '@holdfast/contract/move-rules';
import { mayStep } from '@holdfast/contract/steps';
import { rightMissing } from '../access/guard.ts';
import { Problem } from '../kit/problem.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import { cancelVisit } from './cancel-visit.ts';
import type { BookingContext } from './context.ts';
import { isPrepaid } from './is-prepaid.ts';
import { openForChange, paymentInProgress } from './open-for-change.ts';

/**
 * Staff cancel one appointment; others of its booking stay. No money moves by itself (B4): what was paid is proposed for refund, as the terms say, all of it or
 * nothing; cancelling what money or a membership has paid for needs `appointments.cancel_paid`. Refuses with `changed_meanwhile`, `payment_in_progress`, `step_not_allowed`, `right_missing`, `hold_run_out`.
 */
export async function cancelByStaff(
  ctx: BookingContext,
  viewer: CalendarViewer,
  appointmentId: string,
  { version, because, refund }: { version: number; because: string; refund: 'policy' | 'all' | 'nothing' },
): Promise<void> {
  const { scope, rights } = viewer.place;
  await ctx.db.transaction(async (tx) => {
    const at = ctx.now();
    const { shown, row, others } = await openForChange(tx, viewer, appointmentId, version, at);
    if (!mayStep('cancel', row.status))
      throw new Problem('step_not_allowed', 409, 'This cannot be cancelled.', { step: 'cancel', status: row.status });
    if (isPrepaid(row) && !rights.has('appointments.cancel_paid')) throw rightMissing('appointments.cancel_paid');
    if (lockedBecause(shown, at.getTime()) === 'payment_in_progress') throw paymentInProgress(shown);
    const gone = await cancelVisit(tx, ctx, scope, { row, others, who: viewer.who, because, refund }, at);
    if (!gone) throw paymentInProgress(shown);
  });
}
