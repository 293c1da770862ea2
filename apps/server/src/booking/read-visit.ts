import type { AppointmentStatus } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { bookingIdOf, lockBooking } from './store.ts';

/** An appointment as far as its money is concerned. */
export interface Visit {
  readonly appointmentId: string;
  readonly bookingId: string;
  readonly clientId: string;
  readonly staffId: string;
  readonly staffName: string;
  readonly status: AppointmentStatus;
  readonly version: number;
  readonly startsAt: Date;
  readonly currency: string;
  readonly costMinor: bigint;
  /** Of that, what was to be paid in advance. */
  readonly dueMinor: bigint;
  readonly paidMinor: bigint;
  /** Kept on client accounts for it until the rest is paid. */
  readonly heldMinor: bigint;
  readonly holdExpiresAt: Date | undefined;
  readonly paymentBlockedUntil: Date | undefined;
  readonly language: string;
  readonly lines: readonly {
    readonly name: string;
    readonly costMinor: number;
    readonly tax: { readonly name: string; readonly basisPoints: number } | null;
  }[];
}

/** Refuses with `not_found` what is no appointment of this location. */
export async function readVisit(q: Queryable, scope: Scope, appointmentId: string): Promise<Visit> {
  const { rows } = await sql<Visit & { holdExpiresAt: Date | null; paymentBlockedUntil: Date | null }>`
    select a.appointment_id "appointmentId", a.booking_id "bookingId", a.client_id "clientId", a.staff_id "staffId", s.name "staffName", a.status, a.version,
           a.starts_at "startsAt", a.currency, a.cost_minor "costMinor", a.due_minor "dueMinor", a.paid_minor "paidMinor", a.hold_expires_at "holdExpiresAt",
           a.payment_blocked_until "paymentBlockedUntil", b.language, held_for_visit(a.chain_id, a.appointment_id) "heldMinor",
           (select jsonb_agg(jsonb_build_object('name', l.name, 'costMinor', coalesce(l.cost_minor, l.price_min_minor),
                                                'tax', case when l.tax is not null then jsonb_build_object('name', l.tax->>'name', 'basisPoints', (l.tax->>'basisPoints')::int) end) order by l.line_no)
              from appointment_services l where l.chain_id = a.chain_id and l.appointment_id = a.appointment_id) lines
      from appointments a join bookings b on b.chain_id = a.chain_id and b.booking_id = a.booking_id
      join staff s on s.chain_id = a.chain_id and s.location_id = a.location_id and s.staff_id = a.staff_id
     where a.chain_id = ${scope.chainId} and a.location_id = ${scope.locationId} and a.appointment_id = ${appointmentId}`.execute(q);
  const [row] = rows;
  if (!row) throw notThere();
  return { ...row, holdExpiresAt: row.holdExpiresAt ?? undefined, paymentBlockedUntil: row.paymentBlockedUntil ?? undefined };
}

/** Nobody else changes it, or anything else of its booking, for the rest of the transaction. Refuses with `not_found`. */
export async function lockVisit(tx: Tx, scope: Scope, appointmentId: string): Promise<Visit> {
  const bookingId = await bookingIdOf(tx, scope, appointmentId);
  if (!bookingId) throw notThere();
  await lockBooking(tx, scope.chainId, bookingId);
  return readVisit(tx, scope, appointmentId);
}

function notThere(): Problem {
  return new Problem('not_found', 404, 'There is no such appointment.');
}
