import type { PlacesWish } from '@holdfast/contract/events';
import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { insertBooked } from './book-by-staff.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import { clientByStaff, readWishedClient } from './client-by-staff.ts';
import type { BookingContext } from './context.ts';
import { dealAtEvent } from './deal.ts';
import { type BookableEvent, readEvent } from './read-event.ts';
import { writeServices } from './store-services.ts';
import { noteStaffChange } from './store-staff-changes.ts';
import { byPresentRules } from './take-time.ts';
import type { ServiceLine } from './wanted-services.ts';

/**
 * Staff book places at an event for a client, who is asked nothing online. Answers the appointment's id. Refuses with `not_found`, `event_full` (with what is
 * left), `step_not_allowed` (it is cancelled), `invalid_phone`, `right_missing`.
 */
export async function bookPlaces(ctx: BookingContext, viewer: CalendarViewer, eventId: string, wish: PlacesWish): Promise<string> {
  const { scope, rights } = viewer.place;
  return byPresentRules(ctx, viewer, async (rules) => {
    if ('clientId' in wish.client && !rights.has('clients.see')) throw rightMissing('clients.see');
    const client = readWishedClient(wish.client, rules.catalog.location.country);
    return async (tx) => {
      const at = ctx.now();
      const event = await seenEvent(tx, viewer, eventId, at);
      // also what clients cannot book online, or no longer at all
      const deal = dealAtEvent(rules, event, wish.places, { online: false });
      if (!deal)
        throw new Problem('time_not_offered', 422, 'This team member does not do this.', { reason: 'does_not_do_it', serviceId: event.serviceId });
      const lines = deal.services.map(
        (one): ServiceLine => ({
          serviceId: one.serviceId,
          name: one.name,
          durationMinutes: one.durationMinutes,
          priceMinMinor: Number(one.priceMinMinor),
          priceMaxMinor: Number(one.priceMaxMinor),
          setCostMinor: null,
          tax: one.tax ?? null,
          policy: one.policy,
          pay: 'later',
        }),
      );
      const known = await clientByStaff(tx, ctx, scope, client, rules.catalog.location.defaultLanguage, at);
      await takePlaces(tx, viewer, event, wish.places, at);
      const [bookingId, appointmentId] = [ctx.newId('bkg'), ctx.newId('apt')];
      const wanted = { lines, pricesChanged: false, minutes: 0, beforeMs: 0, afterMs: 0 };
      const { staffId, busyFrom, busyTo, startsAt, endsAt } = event;
      const made = { bookingId, appointmentId, client: known, wanted, staffId, busyFrom, busyTo, startsAt, endsAt, comment: wish.comment };
      await insertBooked(tx, viewer, rules, { ...made, event: { eventId, places: wish.places } }, at);
      await writeServices(tx, scope, appointmentId, lines);
      await noteStaffChange(tx, scope, { appointmentId, who: viewer.who, at, what: 'booked', detail: { places: wish.places } });
      const payload = { by: 'staff', bookingId };
      await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'appointment.made', subjectId: appointmentId, payload, at });
      return appointmentId;
    };
  });
}

/** An open event that this viewer sees. Refuses with `not_found`, `step_not_allowed`. */
export async function seenEvent(tx: Tx, viewer: CalendarViewer, eventId: string, at: Date): Promise<BookableEvent> {
  const event = await readEvent(tx, viewer.place.scope, eventId, at);
  if (!event || (viewer.onlyStaffId !== undefined && event.staffId !== viewer.onlyStaffId))
    throw new Problem('not_found', 404, 'There is no such event.');
  if (event.status !== 'open') throw new Problem('step_not_allowed', 409, 'This event is cancelled.', { reason: 'cancelled' });
  return event;
}

/** Makes room, and keeps others away until the transaction ends. Refuses with `event_full`, `changed_meanwhile` (the event was moved just now). */
export async function takePlaces(tx: Tx, { place }: CalendarViewer, event: BookableEvent, places: number, at: Date): Promise<void> {
  const { chainId, locationId } = place.scope;
  try {
    await sql`select take_places(${chainId}, ${locationId}, ${event.eventId}, ${places}, ${event.version}, ${at})`.execute(tx);
  } catch (error) {
    throw placesRefused(error);
  }
}

/** The database's word about places, as an answer. */
export function placesRefused(error: unknown): unknown {
  if (!isSqlError(error)) return error;
  if (error.code === 'HF012') {
    return new Problem('event_full', 409, 'So many places are no longer left.', { placesLeft: Number((error as { detail?: string }).detail ?? 0) });
  }
  if (error.code === 'HF015') return new Problem('changed_meanwhile', 409, 'Somebody has just changed this event.');
  return error;
}
