import { atMost, moveOnlineUntil } from '@holdfast/contract/cancellation-rules';
import type { MoveByClient, MoveQuote } from '@holdfast/contract/moving';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import { agreedPolicy, type CancellationTerms } from './cancellation-terms.ts';
import type { BookingContext } from './context.ts';
import { freshRules } from './fresh-rules.ts';
import { isCovered, isPrepaid } from './is-prepaid.ts';
import { moneyOfVisits } from './money-of-visit.ts';
import { momentThatCounts, sharesOf } from './quote-cancellation.ts';
import { cancellationQuote } from './read-cancellation-quote.ts';
import { type AppointmentRow, appointmentsOf, bookingById, lockBooking, noteChange, type PayWay } from './store.ts';
import { areTheRules, ordersPayingFor } from './store-staff-changes.ts';
import { dealsThen, takeOtherTime } from './take-other-time.ts';
import { keepLate, lockMemberships, refuseBeyondMembership, type StakedVisits, stakedVisits } from './visits-of-memberships.ts';

const TRIES = 4;

export type Movable = Pick<AppointmentRow, 'status' | 'startsAt' | 'paidMinor' | 'eventId'> & {
  readonly terms: CancellationTerms;
  readonly services: readonly { readonly pay: PayWay }[];
};

/**
 * Until when its client may move it without calling; undefined: not at all. Places at an event have the event's time. `countsFrom`: the moment by which the deadline
 * is reckoned.
 */
export function movableUntil(visit: Movable, at: Date, countsFrom = at): Date | undefined {
  const { status, startsAt, terms, eventId } = visit;
  if ((status !== 'waiting' && status !== 'confirmed') || eventId !== null) return undefined;
  const until = moveOnlineUntil(agreedPolicy(terms), isPrepaid(visit), startsAt.getTime());
  return until === undefined || until < countsFrom.getTime() || startsAt <= at ? undefined : new Date(until);
}

/** What moving an appointment there would mean for its client. Changes nothing. Refuses as {@link moveByClient} does, but for the time being taken. */
export async function quoteMove(
  ctx: BookingContext,
  scope: Scope,
  bookingId: string,
  appointmentId: string,
  wish: Pick<MoveByClient, 'startsAt' | 'staffId'>,
): Promise<MoveQuote> {
  const rules = await freshRules(ctx, scope);
  const at = ctx.now();
  const { appointment, currency } = await theirs(ctx.db.read, scope, bookingId, appointmentId);
  refuseTooLate(appointment, at);
  const startsAt = new Date(wish.startsAt);
  const [deal] = dealsThen({ rules, appointment, staffId: wish.staffId, startsAt, at });
  invariant(deal, 'somebody can do it');
  if (isCovered(appointment)) await refuseBeyondMembership(ctx.db.read, scope, appointmentId, startsAt);
  return {
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + deal.time.lengthMs).toISOString(),
    staffId: deal.staffId,
    staffName: rules.catalog.staff.get(deal.staffId)?.name ?? '',
    ...(await meaningOf(ctx.db.read, scope, { appointment, currency, startsAt, at })),
  };
}

/** What moving it at this moment does to money and visits: no more comes back than cancelling now would give, and what cancelling now would use, cancelling then uses too. */
async function meaningOf(
  q: Queryable,
  scope: Scope,
  { appointment, currency, startsAt, at }: { appointment: AppointmentRow; currency: string; startsAt: Date; at: Date },
): Promise<Pick<MoveQuote, 'mostPercent' | 'cancellation'>> {
  const { appointmentId } = appointment;
  const mostPercent = shareNow(appointment, at);
  const moved = { ...appointment, startsAt, terms: cappedTerms(appointment, mostPercent) };
  const money = appointment.paidMinor > 0n ? await moneyOfVisits(q, scope.chainId, [appointmentId]) : [];
  const staked = (isCovered(appointment) ? await stakedVisits(q, scope, [appointmentId]) : []).map((one) => ({
    ...one,
    isLate: isLateNow(one, appointment, at),
  }));
  return { mostPercent, cancellation: cancellationQuote([moved], { money, staked }, currency, at) };
}

/**
 * The client takes another time for what they have booked, by the rules they agreed to. Money, price, prepayment and the visits of memberships go along; what
 * would no longer have come back on cancelling does not come back by moving either; what they were shown of it (`seen`) holds for five minutes.
 *
 * Refuses with `too_late_to_cancel` (with `moveUntil`), `changed_meanwhile` where it was moved since they looked, `time_not_offered`, `time_taken`,
 * `quote_changed` where it would be another visit than was agreed, or (`because` other_consequence) where they were shown something else of what comes back, `membership_not_usable` where the membership that pays for it is over then, `payment_in_progress`.
 */
export async function moveByClient(ctx: BookingContext, scope: Scope, bookingId: string, appointmentId: string, wish: MoveByClient): Promise<void> {
  for (let again = 0; again < TRIES; again++) {
    // before the transaction: on a miss the rules are read, and that asks for a connection of its own
    const rules = await freshRules(ctx, scope);
    const done = await ctx.db.transaction(async (tx) => {
      const at = ctx.now();
      await lockBooking(tx, scope.chainId, bookingId);
      const { appointment, currency } = await theirs(tx, scope, bookingId, appointmentId);
      const startsAt = new Date(wish.startsAt);
      const countsFrom = momentThatCounts(wish.seen && new Date(wish.seen.at), at);
      const before = { staffId: appointment.staffId, staffName: appointment.staffName, ...spanOf(appointment) };
      // a second click, or a repeated request: it stands there already
      if (startsAt.getTime() === appointment.startsAt.getTime() && (wish.staffId ?? appointment.staffId) === appointment.staffId) return true;
      if (new Date(wish.from).getTime() !== appointment.startsAt.getTime()) {
        throw new Problem('changed_meanwhile', 409, 'This visit has been moved meanwhile.', { startsAt: appointment.startsAt.toISOString() });
      }
      refuseTooLate(appointment, at, countsFrom);
      if (!(await areTheRules(tx, scope, rules.catalog.version))) return false;
      if (isCovered(appointment)) {
        await lockMemberships(tx, scope, appointmentId);
        await refuseBeyondMembership(tx, scope, appointmentId, startsAt);
      }
      if (wish.seen) refuseUnlikeSeen(wish.seen, await meaningOf(tx, scope, { appointment, currency, startsAt, at: countsFrom }));
      if (isCovered(appointment)) await keepLate(tx, scope, appointmentId, countsFrom);
      await refuseWhilePaying(tx, scope, appointmentId, at);
      const terms = cappedTerms(appointment, shareNow(appointment, countsFrom));
      const deal = await takeOtherTime(tx, scope, { rules, appointment, staffId: wish.staffId, startsAt, at });
      await sql`update appointments set terms = ${JSON.stringify(terms)}::jsonb where chain_id = ${scope.chainId} and appointment_id = ${appointmentId}`.execute(
        tx,
      );
      const after = {
        staffId: deal.staffId,
        staffName: rules.catalog.staff.get(deal.staffId)?.name ?? '',
        ...spanOf({ startsAt, endsAt: new Date(startsAt.getTime() + deal.time.lengthMs) }),
      };
      await noteChange(tx, scope.chainId, appointmentId, at, 'moved', 'client', { before, after });
      await tell(tx, scope.chainId, {
        id: ctx.newId('out'),
        topic: 'appointment.moved',
        subjectId: appointmentId,
        payload: { by: 'client', before, after },
        at,
      });
      return true;
    });
    if (done) return;
  }
  throw new Error(`the rules moved ${TRIES} times while an appointment was moved`);
}

/** Less would come back by now than the client has read: they are asked again. */
function refuseUnlikeSeen(
  seen: NonNullable<MoveByClient['seen']>,
  { mostPercent, cancellation }: Pick<MoveQuote, 'mostPercent' | 'cancellation'>,
): void {
  if (seen.mostPercent === mostPercent && seen.visitsLost === cancellation.visitsLost) return;
  throw new Problem('quote_changed', 409, 'Something else would come back by now.', { because: 'other_consequence', mostPercent });
}

async function theirs(
  q: Queryable,
  scope: Scope,
  bookingId: string,
  appointmentId: string,
): Promise<{ appointment: AppointmentRow; currency: string }> {
  const booking = await bookingById(q, scope.chainId, bookingId);
  const appointment = (await appointmentsOf(q, scope.chainId, bookingId)).find((one) => one.appointmentId === appointmentId);
  if (!booking || !appointment) throw new Problem('not_found', 404, 'There is no such appointment.');
  return { appointment, currency: booking.currency };
}

function refuseTooLate(appointment: AppointmentRow, at: Date, countsFrom = at): void {
  if (movableUntil(appointment, at, countsFrom)) return;
  const until = moveOnlineUntil(agreedPolicy(appointment.terms), isPrepaid(appointment), appointment.startsAt.getTime());
  throw new Problem('too_late_to_cancel', 409, 'This can no longer be moved online: call the salon.', {
    moveUntil: until === undefined ? null : new Date(until).toISOString(),
  });
}

/** A page of a payment link says when the visit is, so it is closed; who is paying just now finishes first. */
async function refuseWhilePaying(tx: Tx, scope: Scope, appointmentId: string, at: Date): Promise<void> {
  for (const order of await ordersPayingFor(tx, scope, appointmentId)) {
    if (order.kind !== 'booking' && (await supersedePayments(tx, scope, order, at)) === 'processing') {
      throw new Problem('payment_in_progress', 409, 'A payment for this visit is being checked.');
    }
  }
}

function shareNow(appointment: AppointmentRow, at: Date): number {
  return sharesOf(appointment, at)[0].percent;
}

function cappedTerms({ terms }: AppointmentRow, percent: number): AppointmentRow['terms'] {
  return { ...terms, cancellation: atMost(agreedPolicy(terms), percent) };
}

function isLateNow({ lateHours, isLate }: StakedVisits, { startsAt }: AppointmentRow, at: Date): boolean {
  return isLate || (lateHours !== null && at.getTime() > startsAt.getTime() - lateHours * 3_600_000);
}

function spanOf({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) {
  return { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}
