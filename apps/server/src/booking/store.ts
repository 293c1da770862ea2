import type { AppointmentStatus } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { shrinkRefundsOfVisit } from '../payments/shrink-refunds.ts';
import type { CancellationTerms } from './cancellation-terms.ts';
import { lessPaidAboveCost } from './paid-above-cost.ts';

export interface BookingRow {
  readonly chainId: string;
  readonly bookingId: string;
  readonly locationId: string;
  readonly clientId: string;
  readonly language: string;
  readonly contact: { readonly name: string; readonly phone: string; readonly email: string };
  readonly comment: string;
  readonly currency: string;
  readonly createdAt: Date;
}

export interface AgreedTerms extends CancellationTerms {
  readonly version: number;
  readonly text: string;
}

/** How a service was agreed to be paid: online in advance, as the client ticked, at the visit, or by a membership. */
export type PayWay = 'required' | 'ticked' | 'later' | 'membership';

export interface BookedService {
  readonly serviceId: string;
  readonly name: string;
  readonly durationMinutes: number;
  readonly priceMinMinor: number;
  readonly priceMaxMinor: number;
  readonly policy: { readonly status: 'not_available' | 'available' | 'required'; readonly reason: string };
  readonly pay: PayWay;
}

export interface AppointmentRow {
  readonly appointmentId: string;
  readonly bookingId: string;
  readonly locationId: string;
  readonly staffId: string;
  readonly staffName: string;
  readonly anyStaff: boolean;
  readonly status: AppointmentStatus;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly priceMinMinor: bigint;
  readonly priceMaxMinor: bigint;
  readonly dueMinor: bigint;
  readonly paidMinor: bigint;
  readonly costMinor: bigint;
  /** Kept on client accounts for it until the rest is paid. */
  readonly heldMinor: bigint;
  /** Of that, what pays for the prepayment only. */
  readonly heldForPrepaymentMinor: bigint;
  readonly required: boolean;
  readonly terms: AgreedTerms;
  /** A group event; null: a time of its own. */
  readonly eventId: string | null;
  readonly holdExpiresAt: Date | undefined;
  /** When a hold's time is really freed (A8). */
  readonly freesAt: Date | undefined;
  readonly extendedAt: Date | undefined;
  /** How much longer the location keeps a time while a payment is being checked. */
  readonly processingExtensionMinutes: number;
  readonly services: readonly BookedService[];
}

/** What was booked, for its page. */
export async function bookingById(q: Queryable, chainId: string, bookingId: string): Promise<BookingRow | undefined> {
  const { rows } = await sql<BookingRow>`
    select chain_id "chainId", booking_id "bookingId", location_id "locationId", client_id "clientId", language, contact, comment, currency, created_at "createdAt"
      from bookings where chain_id = ${chainId} and booking_id = ${bookingId}`.execute(q);
  return rows[0];
}

/** The booking's row is locked for the rest of the transaction, then its appointments in the order of their ids. */
export async function lockBooking(tx: Tx, chainId: string, bookingId: string): Promise<void> {
  await sql`select 1 from bookings where chain_id = ${chainId} and booking_id = ${bookingId} for update`.execute(tx);
  await sql`select 1 from appointments where chain_id = ${chainId} and booking_id = ${bookingId} order by appointment_id for update`.execute(tx);
}

/** A booking's appointments, in the order they were asked for. */
export async function appointmentsOf(q: Queryable, chainId: string, bookingId: string): Promise<readonly AppointmentRow[]> {
  const { rows } = await sql<AppointmentRow & { holdExpiresAt: Date | null; freesAt: Date | null; extendedAt: Date | null }>`
    select a.appointment_id "appointmentId", a.booking_id "bookingId", a.location_id "locationId", a.staff_id "staffId", s.name "staffName", a.any_staff "anyStaff",
           a.status, a.starts_at "startsAt", a.ends_at "endsAt", a.price_min_minor "priceMinMinor", a.price_max_minor "priceMaxMinor", a.due_minor "dueMinor",
           a.paid_minor "paidMinor", a.cost_minor "costMinor", held_for_visit(a.chain_id, a.appointment_id) "heldMinor", held_for_prepayment(a.chain_id, a.appointment_id) "heldForPrepaymentMinor", a.required, a.terms, a.event_id "eventId", a.hold_expires_at "holdExpiresAt", a.frees_at "freesAt", a.extended_at "extendedAt", k.processing_extension_minutes "processingExtensionMinutes",
           (select jsonb_agg(jsonb_build_object('serviceId', l.service_id, 'name', l.name, 'durationMinutes', l.duration_minutes, 'priceMinMinor', l.price_min_minor,
                     'priceMaxMinor', l.price_max_minor, 'policy', l.policy, 'pay', l.pay) order by l.line_no)
              from appointment_services l where l.chain_id = a.chain_id and l.appointment_id = a.appointment_id) services
      from appointments a join locations k on k.chain_id = a.chain_id and k.location_id = a.location_id
      join staff s on s.chain_id = a.chain_id and s.location_id = a.location_id and s.staff_id = a.staff_id
     where a.chain_id = ${chainId} and a.booking_id = ${bookingId} order by a.line_no`.execute(q);
  return rows.map((row) => ({
    ...row,
    holdExpiresAt: row.holdExpiresAt ?? undefined,
    freesAt: row.freesAt ?? undefined,
    extendedAt: row.extendedAt ?? undefined,
  }));
}

/** Money has come for it: held or waiting becomes confirmed, its time is no longer on loan. */
export async function confirmPaid(tx: Tx, scope: Scope, appointmentId: string, amountMinor: bigint, at: Date): Promise<void> {
  await sql`
    update appointments set paid_minor = paid_minor + ${amountMinor}, status = case when status in ('held', 'waiting', 'expired') then 'confirmed' else status end,
           hold_expires_at = null, frees_at = null, payment_blocked_until = null, changed_at = ${at}
     where chain_id = ${scope.chainId} and appointment_id = ${appointmentId}`.execute(tx);
  await sql`
    update occupancy set frees_at = null
     where chain_id = ${scope.chainId} and source_kind = 'appointment' and source_id = ${appointmentId} and frees_at is not null`.execute(tx);
}

/** Tries to take again what the appointment had: its own time, or its places at its event. The database decides. */
export async function reclaimTime(tx: Tx, scope: Scope, appointmentId: string, at: Date): Promise<boolean> {
  const { rows } = await sql<{ got: boolean }>`
    select reclaim_time(${scope.chainId}, ${appointmentId}, ${at}) got`.execute(tx);
  return rows[0]?.got === true;
}

/** Several resources are always taken in one order, or two transactions can deadlock each other (see claim_booking). */
export async function lockResources(tx: Tx, chainId: string, resourceIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(resourceIds)].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended('resource/' || ${chainId} || '/' || ${id}, 0))`.execute(tx);
  }
}

export async function extendHold(
  tx: Tx,
  scope: Scope,
  appointmentId: string,
  until: { holdExpiresAt: Date; freesAt: Date },
  at: Date,
): Promise<void> {
  await sql`
    update appointments set hold_expires_at = ${until.holdExpiresAt}, frees_at = ${until.freesAt}, extended_at = ${at}, changed_at = ${at}
     where chain_id = ${scope.chainId} and appointment_id = ${appointmentId} and status = 'held' and extended_at is null`.execute(tx);
  await sql`
    update occupancy set frees_at = ${until.freesAt}
     where chain_id = ${scope.chainId} and source_kind = 'appointment' and source_id = ${appointmentId} and frees_at is not null`.execute(tx);
}

/** held, waiting or confirmed → cancelled; its time is free at once. */
export async function cancelAppointment(tx: Tx, scope: Scope, appointmentId: string, at: Date): Promise<void> {
  await sql`update appointments set status = 'cancelled', changed_at = ${at} where chain_id = ${scope.chainId} and appointment_id = ${appointmentId}`.execute(
    tx,
  );
  await sql`delete from occupancy where chain_id = ${scope.chainId} and source_kind = 'appointment' and source_id = ${appointmentId}`.execute(tx);
}

/** Another time or person for the same appointment; the caller has claimed it. */
export async function moveAppointment(
  tx: Tx,
  scope: Scope,
  appointmentId: string,
  to: { staffId: string; startsAt: Date; endsAt: Date; busyFrom: Date; busyTo: Date },
  at: Date,
): Promise<void> {
  await sql`
    update appointments set staff_id = ${to.staffId}, starts_at = ${to.startsAt}, ends_at = ${to.endsAt}, busy = tstzrange(${to.busyFrom}, ${to.busyTo}), changed_at = ${at}
     where chain_id = ${scope.chainId} and appointment_id = ${appointmentId}`.execute(tx);
}

/** Its client has gone to pay: until then nobody changes what is paid for, and nobody else takes its money. */
export async function blockForPayment(tx: Tx, chainId: string, appointmentId: string, until: Date): Promise<void> {
  await sql`update appointments set payment_blocked_until = ${until} where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(tx);
}

/** Ends the block of those appointments of the booking for which no payment page is open any more. */
export async function endIdleBlocks(tx: Tx, chainId: string, bookingId: string): Promise<void> {
  await sql`
    update appointments a set payment_blocked_until = null
     where chain_id = ${chainId} and booking_id = ${bookingId} and payment_blocked_until is not null and not page_is_open(chain_id, 'appointment', appointment_id)`.execute(
    tx,
  );
}

/** Which booking an appointment of this location belongs to. */
export async function bookingIdOf(q: Queryable, scope: Scope, appointmentId: string): Promise<string | undefined> {
  const { rows } = await sql<{ booking_id: string }>`
    select booking_id from appointments where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and appointment_id = ${appointmentId}`.execute(
    q,
  );
  return rows[0]?.booking_id;
}

/** Adds to the appointment's history. */
export async function noteChange(
  tx: Tx,
  chainId: string,
  appointmentId: string,
  at: Date,
  what: string,
  byWhom: string,
  detail: object = {},
): Promise<void> {
  await sql`select note_change(${chainId}, ${appointmentId}, ${at}, ${what}, ${byWhom}, ${JSON.stringify(detail)}::jsonb)`.execute(tx);
}

/** Money went back: at the provider, or because it was taken by mistake. A refund that is proposed for it shrinks with it. */
export async function lessPaid(tx: Tx, chainId: string, appointmentId: string, amountMinor: bigint, at: Date): Promise<void> {
  await sql`
    update appointments set paid_minor = greatest(paid_minor - ${amountMinor}, 0), changed_at = ${at}
     where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(tx);
  await shrinkRefundsOfVisit(tx, chainId, appointmentId, at);
  await lessPaidAboveCost(tx, chainId, appointmentId, at);
}

/** Lets go of the holds that have run out, a few at a time, passing over those that are being settled just now; answers how many. */
export async function expireRunOutHolds(q: Queryable, at: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with run_out as (select chain_id, appointment_id, event_id from appointments where status = 'held' and frees_at <= ${at}
                      order by frees_at limit ${limit} for update skip locked),
         gone as (select expire_appointment(chain_id, appointment_id, ${at}) from (select * from run_out order by event_id nulls first, appointment_id) one)
    select count(*)::int n from gone`.execute(q);
  return rows[0]?.n ?? 0;
}
