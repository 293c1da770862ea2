import type { Choice } from '@holdfast/contract/booking';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { type WaitingCredit, waitingCredits } from '../payments/read-order.ts';
import { resolveAttention } from '../payments/resolve-attention.ts';
import { spendCredit } from '../payments/spend-credit.ts';
import type { BookingRules } from './booking-rules.ts';
import type { BookingContext } from './context.ts';
import { freshRules } from './fresh-rules.ts';
import { moneyOfVisits } from './money-of-visit.ts';
import { openRefund } from './open-refund.ts';
import { type AppointmentRow, appointmentsOf, bookingById, confirmPaid, lockBooking, noteChange } from './store.ts';
import { areTheRules } from './store-staff-changes.ts';
import { takeOtherTime } from './take-other-time.ts';

const TRIES = 4;

/**
 * What the client decides when their money came and the time was gone (A12): another time for the same services at the agreed price, keep the
 * money on their account, or ask the salon for it back (which a person then does).
 *
 * Refuses with `choice_already_made`, `time_not_offered`, `time_taken`, and `quote_changed` where the new time costs something else.
 */
export async function chooseAfterLateMoney(
  ctx: BookingContext,
  scope: Scope,
  bookingId: string,
  appointmentId: string,
  choice: Choice,
): Promise<void> {
  for (let again = 0; again < TRIES; again++) {
    // before the transaction: on a miss the rules are read, and that asks for a connection of its own
    const rules = await freshRules(ctx, scope);
    if (await chooseBy(rules, ctx, scope, bookingId, appointmentId, choice)) return;
  }
  throw new Error(`the rules moved ${TRIES} times while a choice was made`);
}

/** False: the rules have moved meanwhile, and nothing was changed. */
async function chooseBy(
  rules: BookingRules,
  ctx: BookingContext,
  scope: Scope,
  bookingId: string,
  appointmentId: string,
  choice: Choice,
): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const at = ctx.now();
    await lockBooking(tx, scope.chainId, bookingId);
    const booking = await bookingById(tx, scope.chainId, bookingId);
    const appointment = (await appointmentsOf(tx, scope.chainId, bookingId)).find((one) => one.appointmentId === appointmentId);
    if (!booking || !appointment) throw new Problem('not_found', 404, 'There is no such appointment.');
    const credits = await waitingCredits(tx, scope.chainId, { kind: 'appointment', ids: [appointmentId] });
    if (credits.length === 0) throw new Problem('choice_already_made', 409, 'This has been decided already.');
    if (choice.choice === 'another_time') {
      if (!(await areTheRules(tx, scope, rules.catalog.version))) return false;
      await takeAnotherTime(ctx, tx, scope, { rules, appointment, credits, clientId: booking.clientId, choice, at });
      return true;
    }
    for (const credit of credits) {
      await resolveAttention(tx, scope, credit.attentionId, choice.choice === 'keep_credit' ? 'kept_as_credit' : 'refund_asked', at);
      if (choice.choice === 'keep_credit') continue;
      const money = (await moneyOfVisits(tx, scope.chainId, [appointmentId])).find(
        (one) => one.placed === 'credited' && one.source.id === credit.attemptId,
      );
      if (!money) continue;
      const amountMinor = BigInt(credit.amountMinor);
      const { source, currency } = money;
      await openRefund(tx, ctx, scope, at, { caseId: appointmentId, appointmentId, source, currency, reason: 'asked_by_client', amountMinor });
    }
    await noteChange(tx, scope.chainId, appointmentId, at, choice.choice, 'client');
    return true;
  });
}

interface Move {
  readonly rules: BookingRules;
  readonly appointment: AppointmentRow;
  readonly credits: readonly WaitingCredit[];
  readonly clientId: string;
  readonly choice: Extract<Choice, { choice: 'another_time' }>;
  readonly at: Date;
}

/** The appointment itself moves (money belongs to it, not to a time), and its credit pays for it again. */
async function takeAnotherTime(
  ctx: BookingContext,
  tx: Tx,
  scope: Scope,
  { rules, appointment, credits, clientId, choice, at }: Move,
): Promise<void> {
  if (appointment.status !== 'expired') throw new Problem('step_not_allowed', 409, 'Only a time that was lost can be replaced.');
  // lines are paid whole, so a part of it has gone back at the provider since where none is enough
  const credit = credits.find(({ amountMinor }) => BigInt(amountMinor) === appointment.dueMinor);
  if (!credit) throw new Problem('step_not_allowed', 409, 'A part of this money has gone back already.');
  const startsAt = new Date(choice.startsAt);
  const deal = await takeOtherTime(tx, scope, { rules, appointment, staffId: choice.staffId, startsAt, at });
  await spendCredit(tx, ctx, scope, {
    cause: { kind: 'another_time', id: `${appointment.appointmentId}:${at.getTime()}` },
    clientId,
    attemptId: credit.attemptId,
    purpose: { kind: 'appointment', id: appointment.appointmentId },
    amountMinor: appointment.dueMinor,
    currency: credit.currency,
    at,
  });
  await confirmPaid(tx, scope, appointment.appointmentId, appointment.dueMinor, at);
  // whoever has paid twice still decides about the other money
  await resolveAttention(tx, scope, credit.attentionId, 'another_time', at);
  await noteChange(tx, scope.chainId, appointment.appointmentId, at, 'moved', 'client', { startsAt: startsAt.toISOString(), staffId: deal.staffId });
  await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'appointment.moved', subjectId: appointment.appointmentId, payload: {}, at });
}
