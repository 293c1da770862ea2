import { movedBySalon } from '@holdfast/contract/cancellation-rules';
import { occupyingStatuses } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Who } from '../access/who.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { tell } from '../kit/outbox.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import { agreedPolicy, type CancellationTerms } from './cancellation-terms.ts';
import { moveAppointment } from './store.ts';
import { noteStaffChange, ordersPayingFor } from './store-staff-changes.ts';

/** Places that somebody has at an event. */
export interface TakenPlaces {
  readonly appointmentId: string;
  readonly eventId: string;
  readonly staffId: string;
  readonly staffName: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly terms: CancellationTerms;
}

/**
 * Locks the bookings of these events, then their appointments, each in the order of ids; then the events. Undefined: somebody has booked in between, and the
 * caller begins anew in another transaction (an event's lock is taken last, so it cannot be waited for with others' to come).
 */
export async function lockPlaces(tx: Tx, { chainId }: Scope, eventIds: readonly string[]): Promise<readonly TakenPlaces[] | undefined> {
  const ids = [...eventIds];
  await sql`select 1 from bookings b where b.chain_id = ${chainId}
     and b.booking_id in (select booking_id from appointments where chain_id = ${chainId} and event_id = any(${ids})) order by b.booking_id for update`.execute(
    tx,
  );
  const locked = await sql<{ id: string }>`
    select appointment_id id from appointments where chain_id = ${chainId} and event_id = any(${ids}) order by appointment_id for update`.execute(tx);
  await sql`select 1 from events where chain_id = ${chainId} and event_id = any(${ids}) order by event_id for update`.execute(tx);
  const { rows } = await sql<TakenPlaces & { status: string }>`
    select a.appointment_id "appointmentId", a.event_id "eventId", a.staff_id "staffId", s.name "staffName", a.starts_at "startsAt", a.ends_at "endsAt", a.status, a.terms
      from appointments a join staff s on s.chain_id = a.chain_id and s.location_id = a.location_id and s.staff_id = a.staff_id
     where a.chain_id = ${chainId} and a.event_id = any(${ids}) order by a.appointment_id`.execute(tx);
  const known = new Set(locked.rows.map(({ id }) => id));
  if (rows.some(({ appointmentId }) => !known.has(appointmentId))) return undefined;
  return rows.filter(({ status }) => (occupyingStatuses as readonly string[]).includes(status));
}

/**
 * An event has another time or person: so have its clients, who are told. Their money, and a payment for the places themselves, go along; who does not want the new
 * time loses nothing by it that they would not have lost by the old one.
 */
export async function movePlaces(
  tx: Tx,
  ctx: Pick<Deps, 'newId'>,
  scope: Scope,
  who: Pick<Who, 'userId' | 'name'>,
  taken: readonly TakenPlaces[],
  to: {
    readonly staffId: string;
    readonly staffName: string;
    readonly startsAt: Date;
    readonly endsAt: Date;
    readonly busyFrom: Date;
    readonly busyTo: Date;
  },
  at: Date,
): Promise<void> {
  for (const one of taken) {
    const { appointmentId } = one;
    for (const order of await ordersPayingFor(tx, scope, appointmentId)) {
      // a link's page says the old time; what is being checked just now is money for the same places
      if (order.kind !== 'booking') await supersedePayments(tx, scope, order, at);
    }
    if (one.startsAt.getTime() !== to.startsAt.getTime()) await keepWhatCancellingGave(tx, scope, one, to.startsAt, at);
    await moveAppointment(tx, scope, appointmentId, to, at);
    const before = { staffId: one.staffId, staffName: one.staffName, startsAt: one.startsAt.toISOString(), endsAt: one.endsAt.toISOString() };
    const after = { staffId: to.staffId, staffName: to.staffName, startsAt: to.startsAt.toISOString(), endsAt: to.endsAt.toISOString() };
    const moved = before.staffId !== after.staffId || before.startsAt !== after.startsAt;
    await noteStaffChange(tx, scope, { appointmentId, who, at, what: moved ? 'moved' : 'resized', detail: { before, after } });
    const topic = moved ? 'appointment.moved' : 'appointment.changed';
    await tell(tx, scope.chainId, { id: ctx.newId('out'), topic, subjectId: appointmentId, payload: { by: 'staff', before, after }, at });
  }
}

/** Their money by their terms, and visits of their memberships. */
async function keepWhatCancellingGave(
  tx: Tx,
  { chainId }: Scope,
  { appointmentId, startsAt, terms }: TakenPlaces,
  to: Date,
  at: Date,
): Promise<void> {
  const cancellation = movedBySalon(agreedPolicy(terms), { from: startsAt.getTime(), to: to.getTime(), atMs: at.getTime() });
  await sql`
    update appointments set terms = ${JSON.stringify({ ...terms, cancellation })}::jsonb where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(
    tx,
  );
  await sql`
    update membership_visits v set late_from = 'infinity' from memberships m
     where v.chain_id = ${chainId} and v.appointment_id = ${appointmentId} and v.status = 'reserved' and m.chain_id = v.chain_id and m.membership_id = v.membership_id
       and not membership_visit_is_late(m.late_hours, v.late_from, ${startsAt}, ${at}) and membership_visit_is_late(m.late_hours, v.late_from, ${to}, ${at})`.execute(
    tx,
  );
}
