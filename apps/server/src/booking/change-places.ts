import type { PlacesChange } from '@holdfast/contract/events';
import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import { seenEvent, takePlaces } from './book-places.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import type { BookingContext } from './context.ts';
import { isCovered, isPrepaid } from './is-prepaid.ts';
import { type OpenAppointment, openForChange, paymentInProgress, refuseLocked } from './open-for-change.ts';
import { lookAtPaidAboveCost } from './paid-above-cost.ts';
import { moveAppointment } from './store.ts';
import { rewriteAppointment, serviceLines } from './store-services.ts';
import { noteStaffChange, ordersPayingFor } from './store-staff-changes.ts';
import { lockMemberships, refuseBeyondMembership, visitsFollowPlaces } from './visits-of-memberships.ts';
import { dueAfterChange, type ServiceLine } from './wanted-services.ts';

/**
 * More or fewer places for a client, or the same at another event of the service. The price of a place stays what was agreed. What was paid beyond what it costs now is
 * put before a person; what it costs more is paid by link or at the desk. Where a membership pays, each place is a visit of it,
 * and fewer places are as cancelling those: late, they are used. Refuses with
 * `changed_meanwhile`, `event_full`, `membership_not_usable` (nothing covers so many, or not at that time), `payment_in_progress`, `step_not_allowed`, `not_found`,
 * `right_missing` (fewer places of a party that money or a membership has paid for, without the right to cancel paid visits).
 */
export async function changePlaces(
  ctx: BookingContext,
  viewer: CalendarViewer,
  eventId: string,
  appointmentId: string,
  wish: PlacesChange,
): Promise<void> {
  const { scope } = viewer.place;
  await ctx.db.transaction(async (tx) => {
    const at = ctx.now();
    const open = await openForChange(tx, viewer, appointmentId, wish.version, at);
    const { row, event: has } = open;
    if (has?.eventId !== eventId) throw new Problem('not_found', 404, 'There are no such places.');
    refuseLocked(open, at);
    const stays = wish.eventId === eventId;
    if (stays && has.places === wish.places) return;
    // as cancelling that part of it
    if (wish.places < has.places && isPrepaid(row) && !viewer.place.rights.has('appointments.cancel_paid'))
      throw rightMissing('appointments.cancel_paid');
    await lockEvents(tx, scope, [eventId, wish.eventId]);
    const covered = isCovered(row);
    if (covered) await lockMemberships(tx, scope, appointmentId);
    const from = await seenEvent(tx, viewer, eventId, at);
    const to = stays ? from : await seenEvent(tx, viewer, wish.eventId, at);
    if (from.serviceId !== to.serviceId)
      throw new Problem('time_not_offered', 422, 'That is an event of another service.', { reason: 'does_not_do_it' });
    if (covered && !wish.beyondMembership && to.startsAt.getTime() !== from.startsAt.getTime())
      await refuseBeyondMembership(tx, scope, appointmentId, to.startsAt);
    await closePages(tx, scope, open, has.places === wish.places, at);
    const more = stays ? wish.places - has.places : wish.places;
    if (more > 0) await takePlaces(tx, viewer, to, more, at);
    const lines = (await serviceLines(tx, scope, appointmentId)).map((line) => forPlaces(line, has.places, wish.places));
    const dueMinor = dueAfterChange(row.status, row.dueMinor, lines);
    await sql`
      update appointments set places = ${wish.places}, event_id = ${wish.eventId}, changed_at = ${at}
       where chain_id = ${scope.chainId} and appointment_id = ${appointmentId}`.execute(tx);
    await moveAppointment(tx, scope, appointmentId, to, at);
    await rewriteAppointment(tx, scope, appointmentId, { ...to, lines, dueMinor, letGo: row.status === 'held' && dueMinor === 0n }, at);
    if (covered) await visitsFollowPlaces(tx, scope, appointmentId, { had: has.places, wasAt: from.startsAt, allBack: wish.visitsBack }, at);
    await lookAtPaidAboveCost(tx, ctx, scope, appointmentId, at);
    const before = { places: has.places, staffId: row.staffId, startsAt: from.startsAt.toISOString(), endsAt: from.endsAt.toISOString() };
    const after = { places: wish.places, staffId: to.staffId, startsAt: to.startsAt.toISOString(), endsAt: to.endsAt.toISOString() };
    const moved = before.startsAt !== after.startsAt || before.staffId !== after.staffId;
    await noteStaffChange(tx, scope, { appointmentId, who: viewer.who, at, what: moved ? 'moved' : 'places_changed', detail: { before, after } });
    const topic = moved ? 'appointment.moved' : 'appointment.changed';
    await tell(tx, scope.chainId, { id: ctx.newId('out'), topic, subjectId: appointmentId, payload: { by: 'staff', before, after }, at });
  });
}

/** In one order, or two clients who change places with one another wait for each other. */
async function lockEvents(tx: Tx, { chainId }: Scope, eventIds: readonly string[]): Promise<void> {
  await sql`select 1 from events where chain_id = ${chainId} and event_id = any(${[...eventIds]}) order by event_id for update`.execute(tx);
}

/** A page that asks for another amount, or says another time, is closed; what is paid for the booking itself stays as it was asked while it costs the same. */
async function closePages(tx: Tx, scope: Scope, { row, shown }: OpenAppointment, sameCost: boolean, at: Date): Promise<void> {
  for (const order of await ordersPayingFor(tx, scope, row.appointmentId)) {
    if (sameCost && order.kind === 'booking') continue;
    if ((await supersedePayments(tx, scope, order, at)) === 'processing') throw paymentInProgress(shown);
  }
}

/** Whole places: what was agreed for all of them is a multiple of their number, unless staff set another cost. */
function forPlaces(line: ServiceLine, had: number, has: number): ServiceLine {
  const scaled = (minor: number) => Math.round((minor / had) * has);
  return {
    ...line,
    priceMinMinor: scaled(line.priceMinMinor),
    priceMaxMinor: scaled(line.priceMaxMinor),
    setCostMinor: line.setCostMinor === null ? null : scaled(line.setCostMinor),
  };
}
