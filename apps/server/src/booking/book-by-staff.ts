import type { AppointmentWish } from '@holdfast/contract/calendar';
import { whyNotThere } from '@holdfast/contract/move-rules';
import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import type { BookingRules } from './booking-rules.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import { policyFor } from './cancellation-terms.ts';
import { type BookedClient, clientByStaff, readWishedClient } from './client-by-staff.ts';
import type { BookingContext } from './context.ts';
import { inLanguage } from './settings-of-link.ts';
import { sumsOf, writeServices } from './store-services.ts';
import { noteStaffChange } from './store-staff-changes.ts';
import { boardFor, byPresentRules, refusalOf, takeTime } from './take-time.ts';
import { type WantedServices, wantedServices } from './wanted-services.ts';

/**
 * Staff book for a client, who is asked nothing online: nothing is held, no terms are agreed to on a screen. Answers the appointment's id. `quietly`: the client
 * is sent no message that they are booked; they are reminded all the same.
 *
 * Refuses with `not_found` (the client), `invalid_phone`, `time_not_offered`, `outside_hours`, `time_taken`, `right_missing`.
 */
export async function bookByStaff(
  ctx: BookingContext,
  viewer: CalendarViewer,
  wish: AppointmentWish,
  { quietly = false }: { quietly?: boolean } = {},
): Promise<string> {
  const { scope, rights } = viewer.place;
  return byPresentRules(ctx, viewer, async (rules) => {
    const wanted = wantedServices(rules, wish.staffId, wish.services);
    if (wanted.pricesChanged && !rights.has('calendar.price')) throw rightMissing('calendar.price');
    if ('clientId' in wish.client && !rights.has('clients.see')) throw rightMissing('clients.see');
    const client = readWishedClient(wish.client, rules.catalog.location.country);
    const startsAtMs = new Date(wish.startsAt).getTime();
    const endsAtMs = startsAtMs + (wish.durationMinutes ?? wanted.minutes) * 60_000;
    const place = {
      staffId: wish.staffId,
      startsAtMs,
      endsAtMs,
      busyFromMs: startsAtMs - (wanted.beforeMs ?? 0),
      busyToMs: endsAtMs + (wanted.afterMs ?? 0),
    };
    const board = await boardFor(ctx, viewer, rules, place);
    const why = whyNotThere({ ...place, serviceIds: wish.services.map(({ serviceId }) => serviceId) }, board);
    const refused = refusalOf(why, wish.outsideHours);
    if (refused) throw refused;
    return async (tx) => {
      const at = ctx.now();
      const known = await clientByStaff(tx, ctx, scope, client, rules.catalog.location.defaultLanguage, at);
      const [bookingId, appointmentId] = [ctx.newId('bkg'), ctx.newId('apt')];
      const span = { staffId: wish.staffId, busyFrom: new Date(place.busyFromMs), busyTo: new Date(place.busyToMs) };
      await takeTime(tx, viewer, appointmentId, { ...span, freesAt: undefined }, at);
      const made = {
        bookingId,
        appointmentId,
        client: known,
        wanted,
        ...span,
        startsAt: new Date(startsAtMs),
        endsAt: new Date(endsAtMs),
        comment: wish.comment,
      };
      await insertBooked(tx, viewer, rules, made, at);
      await writeServices(tx, scope, appointmentId, wanted.lines);
      const detail = why ? { outsideHours: why } : {};
      await noteStaffChange(tx, scope, { appointmentId, who: viewer.who, at, what: 'booked', detail });
      const payload = { by: 'staff', bookingId, ...(quietly ? { quietly } : {}) };
      await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'appointment.made', subjectId: appointmentId, payload, at });
      return appointmentId;
    };
  });
}

export interface Booked {
  readonly bookingId: string;
  readonly appointmentId: string;
  readonly client: BookedClient;
  readonly wanted: WantedServices;
  readonly staffId: string;
  readonly busyFrom: Date;
  readonly busyTo: Date;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly comment: string;
  /** Places at a group event instead of a time of its own. */
  readonly event?: { readonly eventId: string; readonly places: number };
}

/** The booking and its one appointment; who calls it has taken the time, or the places, and writes the services. */
export async function insertBooked(tx: Tx, { place }: CalendarViewer, { catalog }: BookingRules, made: Booked, at: Date): Promise<void> {
  const { chainId, locationId } = place.scope;
  const { currency, defaultLanguage, termsVersion, terms } = catalog.location;
  const { bookingId, appointmentId, client, wanted, staffId, busyFrom, busyTo, startsAt, endsAt } = made;
  const contact = { name: client.name, phone: client.phone ?? '', email: client.email ?? '' };
  await sql`
    insert into bookings (chain_id, booking_id, location_id, client_id, language, contact, phone, currency, created_at)
    values (${chainId}, ${bookingId}, ${locationId}, ${client.id}, ${client.language}, ${JSON.stringify(contact)}::jsonb, ${client.phone}, ${currency}, ${at})`.execute(
    tx,
  );
  const { priceMinMinor, priceMaxMinor, setCostMinor } = sumsOf(wanted.lines);
  // what a cancellation would mean; that somebody agreed to it on a screen is not said
  const cancellation = policyFor(
    catalog,
    wanted.lines.map(({ serviceId }) => serviceId),
    catalog.links[0],
  );
  const agreed = { version: termsVersion, cancellation, text: inLanguage(terms, client.language, defaultLanguage) };
  await sql`
    insert into appointments (chain_id, appointment_id, booking_id, line_no, location_id, client_id, staff_id, any_staff, status, starts_at, ends_at, busy,
        price_min_minor, price_max_minor, set_cost_minor, due_minor, currency, required, terms, consent, booked_by, comment, event_id, places, created_at, changed_at)
    values (${chainId}, ${appointmentId}, ${bookingId}, 0, ${locationId}, ${client.id}, ${staffId}, false, 'waiting', ${startsAt}, ${endsAt},
        tstzrange(${busyFrom}, ${busyTo}), ${priceMinMinor}, ${priceMaxMinor}, ${setCostMinor}, 0, ${currency}, false, ${JSON.stringify(agreed)}::jsonb, null,
        'staff', ${made.comment}, ${made.event?.eventId ?? null}, ${made.event?.places ?? 1}, ${at}, ${at})`.execute(tx);
}
