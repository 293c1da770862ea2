import type { ServicesWish } from '@holdfast/contract/calendar';
import { whyNotThere } from '@holdfast/contract/move-rules';
import { rightMissing } from '../access/guard.ts';
import { tell } from '../kit/outbox.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import type { BookingContext } from './context.ts';
import { openForChange, paymentInProgress, refuseLocked, refusePlaces } from './open-for-change.ts';
import { lookAtPaidAboveCost } from './paid-above-cost.ts';
import { readPlace } from './read-place.ts';
import { rewriteAppointment, serviceLines } from './store-services.ts';
import { noteStaffChange, ordersPayingFor } from './store-staff-changes.ts';
import { boardFor, byPresentRules, refusalOf, takeTime } from './take-time.ts';
import { costOf, dueAfterChange, type ServiceLine, wantedServices } from './wanted-services.ts';

/**
 * Staff say what is done and what it costs. Money that was paid stays; a payment page that is open is closed, because it asks for what was before.
 *
 * Refuses with `changed_meanwhile`, `payment_in_progress`, `step_not_allowed`, `outside_hours`, `time_not_offered`, `time_taken`, `right_missing`
 * (`calendar.price`), `hold_run_out`.
 */
export async function changeServices(ctx: BookingContext, viewer: CalendarViewer, appointmentId: string, wish: ServicesWish): Promise<void> {
  const { scope } = viewer.place;
  await byPresentRules(ctx, viewer, async (rules) => {
    // who does it and from when decides which hours count; both are looked at again under the lock
    const place = await readPlace(ctx.db.read, scope, appointmentId);
    const board = await boardFor(ctx, viewer, rules, { ...place, endsAtMs: place.startsAtMs + 24 * 3_600_000 });
    return async (tx) => {
      const at = ctx.now();
      const open = await openForChange(tx, viewer, appointmentId, wish.version, at);
      const { shown, row } = open;
      refusePlaces(open);
      refuseLocked(open, at);
      const agreed = await serviceLines(tx, scope, appointmentId);
      const wanted = wantedServices(rules, row.staffId, wish.services, agreed);
      if (wanted.pricesChanged && !viewer.place.rights.has('calendar.price')) throw rightMissing('calendar.price');
      const startsAtMs = row.startsAt.getTime();
      const endsAtMs = startsAtMs + (wish.durationMinutes ?? wanted.minutes) * 60_000;
      const busyFromMs = startsAtMs - (wanted.beforeMs ?? startsAtMs - Date.parse(shown.busyFrom));
      const busyToMs = endsAtMs + (wanted.afterMs ?? Date.parse(shown.busyTo) - row.endsAt.getTime());
      const sameTime = endsAtMs === row.endsAt.getTime() && busyFromMs === Date.parse(shown.busyFrom) && busyToMs === Date.parse(shown.busyTo);
      const span = { staffId: row.staffId, busyFrom: new Date(busyFromMs), busyTo: new Date(busyToMs) };
      const to = { staffId: row.staffId, startsAtMs, endsAtMs, busyFromMs, busyToMs, serviceIds: [], appointmentId, startKept: true, theirs: true };
      const why = sameTime ? undefined : whyNotThere(to, board);
      const refused = refusalOf(why, wish.outsideHours);
      if (refused) throw refused;
      // who saves what was there already closes nobody's payment page
      if (sameTime && JSON.stringify(wanted.lines) === JSON.stringify(agreed)) return;
      for (const order of await ordersPayingFor(tx, scope, appointmentId)) {
        if ((await supersedePayments(tx, scope, order, at)) === 'processing') throw paymentInProgress(shown);
      }
      const dueMinor = dueAfterChange(row.status, row.dueMinor, wanted.lines);
      const letGo = row.status === 'held' && dueMinor === 0n;
      if (!sameTime || letGo) await takeTime(tx, viewer, appointmentId, { ...span, freesAt: letGo ? undefined : row.freesAt }, at);
      await rewriteAppointment(tx, scope, appointmentId, { ...span, endsAt: new Date(endsAtMs), lines: wanted.lines, dueMinor, letGo }, at);
      await lookAtPaidAboveCost(tx, ctx, scope, appointmentId, at);
      const [before, after] = [summary(agreed, row.endsAt), summary(wanted.lines, new Date(endsAtMs))];
      const detail = { before, after, ...(why ? { outsideHours: why } : {}) };
      await noteStaffChange(tx, scope, { appointmentId, who: viewer.who, at, what: 'services_changed', detail });
      const payload = { by: 'staff', before, after };
      await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'appointment.changed', subjectId: appointmentId, payload, at });
    };
  });
}

function summary(lines: readonly ServiceLine[], endsAt: Date) {
  return { services: lines.map((line) => ({ name: line.name, costMinor: costOf(line) })), endsAt: endsAt.toISOString() };
}
