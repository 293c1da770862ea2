import type { EventClient, EventPage, SalonEvents } from '@holdfast/contract/events';
import type { AppointmentStatus } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { CalendarViewer } from '../booking/calendar-viewer.ts';
import type { BookingContext } from '../booking/context.ts';
import { dealAtEvent } from '../booking/deal.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { prepaymentOf } from '../booking/prepayment.ts';
import { Problem } from '../kit/problem.ts';
import { DAY_MS } from '../schedule/local-day.ts';
import { instantOf, wallClockOf } from './series-days.ts';
import { eventById, eventsBetween, openOfSeries, salonEventOf, seriesById } from './store.ts';

/** Events of some days, cancelled ones too, as far as this viewer sees them. */
export async function readEvents(
  ctx: BookingContext,
  viewer: CalendarViewer,
  asked: { from?: string | undefined; days: number; service?: string | undefined },
): Promise<SalonEvents> {
  const { scope } = viewer.place;
  const { catalog } = await freshRules(ctx, scope);
  const { timeZone, currency } = catalog.location;
  const at = ctx.now();
  const from = instantOf(timeZone, asked.from ?? wallClockOf(timeZone, at).day, 0);
  const to = new Date(from.getTime() + asked.days * DAY_MS);
  const rows = await eventsBetween(ctx.db.read, scope, { from, to, staffId: viewer.onlyStaffId, serviceId: asked.service });
  return { timeZone, currency, events: rows.map(salonEventOf), now: at.toISOString() };
}

/** An event with who comes to it. Refuses with `not_found`. */
export async function readEventPage(ctx: BookingContext, viewer: CalendarViewer, eventId: string): Promise<EventPage> {
  const { scope } = viewer.place;
  const q = ctx.db.read;
  const row = await eventById(q, scope, eventId);
  if (!row || (viewer.onlyStaffId !== undefined && row.staffId !== viewer.onlyStaffId))
    throw new Problem('not_found', 404, 'There is no such event.');
  const rules = await freshRules(ctx, scope);
  const { location, chain } = rules.catalog;
  const at = ctx.now();
  const deal = dealAtEvent(rules, { ...row, placesLeft: 0, version: row.revision }, 1, { online: false });
  const [service] = deal?.services ?? [];
  const series = row.seriesId === null ? undefined : await seriesById(q, scope, row.seriesId);
  return {
    ...salonEventOf(row),
    ownTitle: row.title,
    description: row.description,
    timeZone: location.timeZone,
    currency: location.currency,
    priceMinor: Number(deal?.priceMinMinor ?? 0n),
    policy: service?.policy ?? { status: 'not_available', reason: 'service_not_available' },
    ...wallClockOf(location.timeZone, row.startsAt),
    durationMinutes: (row.endsAt.getTime() - row.startsAt.getTime()) / 60_000,
    clients: [...(await clientsOf(ctx, viewer, eventId))],
    series: series
      ? {
          id: series.seriesId,
          repeat: { every: series.rule.every, interval: series.rule.interval, weekdays: [...series.rule.weekdays] },
          lastDay: series.lastDay,
          ahead: (await openOfSeries(q, scope, series.seriesId, at)).length,
        }
      : null,
    cancelled: row.cancelled && { at: row.cancelled.at, because: row.cancelled.because, by: row.cancelled.by.name },
    publicUrl: `${ctx.publicUrl}/book/${chain.slug}/${location.slug}?event=${row.eventId}`,
    now: at.toISOString(),
  };
}

interface ClientRow {
  readonly appointmentId: string;
  readonly version: number;
  readonly clientId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly places: number;
  readonly status: AppointmentStatus;
  readonly costMinor: bigint;
  readonly paidMinor: bigint;
  readonly dueMinor: bigint;
  readonly checking: boolean;
  readonly credited: boolean;
  readonly holdExpiresAt: Date | null;
  readonly comment: string;
  readonly bookedBy: 'client' | 'staff';
}

/** Who has places stands first, in the order of booking; contacts only with the right. */
export async function clientsOf(ctx: BookingContext, viewer: CalendarViewer, eventId: string): Promise<readonly EventClient[]> {
  const { chainId, locationId } = viewer.place.scope;
  const { rows } = await sql<ClientRow>`
    select a.appointment_id "appointmentId", a.version, a.client_id "clientId", c.name, c.phone, c.email, a.places, a.status, a.cost_minor "costMinor", a.paid_minor "paidMinor",
           a.due_minor "dueMinor", a.hold_expires_at "holdExpiresAt", concat_ws(' · ', nullif(b.comment, ''), nullif(a.comment, '')) "comment", a.booked_by "bookedBy",
           exists (select 1 from payment_lines l join payment_attempts p on p.chain_id = l.chain_id and p.attempt_id = l.attempt_id
                    where l.chain_id = a.chain_id and l.purpose_kind = 'appointment' and l.purpose_id = a.appointment_id and p.status = 'processing') checking,
           exists (select 1 from attention t where t.chain_id = a.chain_id and t.subject_kind = 'appointment' and t.subject_id = a.appointment_id
                    and t.kind = 'late_payment' and t.resolved_at is null) credited
      from appointments a
      join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
      join bookings b on b.chain_id = a.chain_id and b.booking_id = a.booking_id
     where a.chain_id = ${chainId} and a.location_id = ${locationId} and a.event_id = ${eventId}
     order by a.status in ('cancelled', 'expired'), a.created_at, a.appointment_id`.execute(ctx.db.read);
  return rows.map(({ dueMinor, checking, credited, ...row }) => ({
    ...row,
    prepayment: prepaymentOf({ status: row.status, dueMinor, paidMinor: row.paidMinor }, { credited, checking }),
    clientId: viewer.clients ? row.clientId : null,
    phone: viewer.contacts ? row.phone : null,
    email: viewer.contacts ? row.email : null,
    costMinor: Number(row.costMinor),
    paidMinor: Number(row.paidMinor),
    holdExpiresAt: row.holdExpiresAt?.toISOString() ?? null,
  }));
}
