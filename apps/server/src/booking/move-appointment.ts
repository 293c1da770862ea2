import type { TimeWish } from '@holdfast/contract/calendar';
import { whyNotMove } from '@holdfast/contract/move-rules';
import { tell } from '../kit/outbox.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import type { BookingContext } from './context.ts';
import { isCovered } from './is-prepaid.ts';
import { openForChange, paymentInProgress, refuseLocked, refusePlaces } from './open-for-change.ts';
import { lockResources, moveAppointment } from './store.ts';
import { noteStaffChange, ordersPayingFor } from './store-staff-changes.ts';
import { boardFor, byPresentRules, refusalOf, takeTime } from './take-time.ts';
import { lockMemberships, refuseBeyondMembership } from './visits-of-memberships.ts';

/**
 * Staff move or resize an appointment. Its money, its price and a hold's deadline go along. A payment link's page is closed by it (A11); a payment for the hold
 * itself goes on.
 *
 * Refuses with `changed_meanwhile`, `payment_in_progress`, `step_not_allowed`, `outside_hours`, `time_not_offered`, `time_taken`, `right_missing`, `hold_run_out`,
 * `membership_not_usable` (the membership that pays for it is over then; `beyondMembership` says that the visit stays paid by it all the same).
 */
export async function moveByStaff(ctx: BookingContext, viewer: CalendarViewer, appointmentId: string, wish: TimeWish): Promise<void> {
  const { scope } = viewer.place;
  const startsAt = new Date(wish.startsAt);
  const endsAt = new Date(startsAt.getTime() + wish.durationMinutes * 60_000);
  const to = { staffId: wish.staffId, startsAtMs: startsAt.getTime(), endsAtMs: endsAt.getTime() };
  await byPresentRules(ctx, viewer, async (rules) => {
    const board = await boardFor(ctx, viewer, rules, to);
    return async (tx) => {
      const at = ctx.now();
      const open = await openForChange(tx, viewer, appointmentId, wish.version, at);
      const { shown, row } = open;
      refusePlaces(open);
      refuseLocked(open, at);
      const why = whyNotMove(shown, to, board);
      const refused = refusalOf(why, wish.outsideHours);
      if (refused) throw refused;
      const before = { staffId: row.staffId, staffName: row.staffName, startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString() };
      const after = {
        staffId: wish.staffId,
        staffName: rules.catalog.staff.get(wish.staffId)?.name ?? '',
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
      };
      if (before.staffId === after.staffId && before.startsAt === after.startsAt && before.endsAt === after.endsAt) return;
      if (isCovered(row)) {
        await lockMemberships(tx, scope, appointmentId);
        if (!wish.beyondMembership && before.startsAt !== after.startsAt) await refuseBeyondMembership(tx, scope, appointmentId, startsAt);
      }
      for (const order of await ordersPayingFor(tx, scope, appointmentId)) {
        // what is paid for the booking itself stays as it was asked: only the time is another
        if (order.kind !== 'booking' && (await supersedePayments(tx, scope, order, at)) === 'processing') throw paymentInProgress(shown);
      }
      const busyFrom = new Date(startsAt.getTime() - (row.startsAt.getTime() - Date.parse(shown.busyFrom)));
      const busyTo = new Date(endsAt.getTime() + (Date.parse(shown.busyTo) - row.endsAt.getTime()));
      await lockResources(tx, scope.chainId, [row.staffId, wish.staffId]);
      await takeTime(tx, viewer, appointmentId, { staffId: wish.staffId, busyFrom, busyTo, freesAt: row.freesAt }, at);
      await moveAppointment(tx, scope, appointmentId, { staffId: wish.staffId, startsAt, endsAt, busyFrom, busyTo }, at);
      const moved = before.staffId !== after.staffId || before.startsAt !== after.startsAt;
      const detail = { before, after, ...(why ? { outsideHours: why } : {}) };
      await noteStaffChange(tx, scope, { appointmentId, who: viewer.who, at, what: moved ? 'moved' : 'resized', detail });
      const topic = moved ? 'appointment.moved' : 'appointment.changed';
      await tell(tx, scope.chainId, { id: ctx.newId('out'), topic, subjectId: appointmentId, payload: { by: 'staff', before, after }, at });
    };
  });
}
