import type { Booking } from '@holdfast/contract/booking';
import { toJsonAmount } from '@holdfast/contract/money';
import { occupyingStatuses } from '@holdfast/contract/steps';
import type { Scope } from '../access/scope.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { type LiveAttempt, liveAttemptOf, type WaitingCredit, waitingCredits } from '../payments/read-order.ts';
import { backIfCancelled, stillDueMinor } from './appointment-rules.ts';
import type { BookingContext } from './context.ts';
import { type AppointmentRow, appointmentsOf, bookingById } from './store.ts';

/** The booking as its client sees it: what is booked, what is due, what may be done. Every state is derived, none is stored twice. */
export async function readBooking(ctx: BookingContext, scope: Scope, bookingId: string): Promise<Booking> {
  const at = ctx.now();
  const rules = await ctx.rules.get(scope);
  const [booking, appointments, live] = await Promise.all([
    bookingById(ctx.db.read, scope.chainId, bookingId),
    appointmentsOf(ctx.db.read, scope.chainId, bookingId),
    liveAttemptOf(ctx.db.read, scope.chainId, { kind: 'booking', id: bookingId }),
  ]);
  if (!booking || !rules) throw new Problem('not_found', 404, 'There is no such booking.');
  const [first] = appointments;
  invariant(first, 'a booking has appointments');
  const credits = await waitingCredits(ctx.db.read, scope.chainId, { kind: 'appointment', ids: appointments.map((one) => one.appointmentId) });
  const { catalog, paying } = rules;
  const due = appointments.reduce((sum, one) => sum + stillDueMinor(one, at), 0n);
  const held = appointments.filter((one) => one.status === 'held' && one.holdExpiresAt);
  const checking = live?.status === 'processing';
  const cancellable = appointments.filter((one) => ['held', 'waiting', 'confirmed'].includes(one.status) && one.startsAt > at);
  return {
    token: ctx.tokens.sign(scope.chainId, bookingId),
    status: statusOf(appointments, credits, checking),
    chain: { slug: catalog.chain.slug, name: catalog.chain.name, demo: catalog.chain.demo },
    location: {
      slug: catalog.location.slug,
      name: catalog.location.name,
      address: catalog.location.address,
      phone: catalog.location.phone,
      timeZone: catalog.location.timeZone,
    },
    language: booking.language,
    client: booking.contact,
    comment: booking.comment,
    currency: booking.currency,
    appointments: appointments.map((one) => appointmentOf(one, credits, live, at)),
    dueMinor: toJsonAmount(due),
    paidMinor: toJsonAmount(appointments.reduce((sum, one) => sum + one.paidMinor, 0n)),
    holdExpiresAt: held.length === 0 ? null : new Date(Math.min(...held.map((one) => one.holdExpiresAt?.getTime() ?? 0))).toISOString(),
    payment: live ? { attemptStatus: live.status, payableUntil: live.payableUntil.toISOString(), pageUrl: live.pageUrl ?? null } : null,
    canPay: due > 0n && !checking && paying.enabled,
    canCancel: cancellable.length > 0 && !checking,
    cancellation: {
      freeHours: first.terms.cancelFreeHours,
      latePercent: first.terms.cancelLatePercent,
      backNowMinor: toJsonAmount(cancellable.reduce((sum, one) => sum + backIfCancelled(one.paidMinor, one.startsAt, one.terms, at), 0n)),
    },
    bookAgainUrl: `${ctx.publicUrl}/book/${catalog.chain.slug}/${catalog.location.slug}`,
    now: at.toISOString(),
  };
}

function appointmentOf(one: AppointmentRow, credits: readonly WaitingCredit[], live: LiveAttempt | undefined, at: Date): Booking['appointments'][number] {
  const waiting = credits.filter((credit) => credit.purposeId === one.appointmentId);
  return {
    id: one.appointmentId,
    status: one.status,
    prepayment: prepaymentOf(one, waiting, live),
    startsAt: one.startsAt.toISOString(),
    endsAt: one.endsAt.toISOString(),
    staffId: one.staffId,
    staffName: one.staffName,
    anyStaff: one.anyStaff,
    services: one.services.map(({ serviceId, name, durationMinutes, policy, pay }) => ({ serviceId, name, durationMinutes, policy, pay }) as Booking['appointments'][number]['services'][number]),
    priceMinMinor: toJsonAmount(one.priceMinMinor),
    priceMaxMinor: toJsonAmount(one.priceMaxMinor),
    dueMinor: toJsonAmount(one.dueMinor),
    paidMinor: toJsonAmount(one.paidMinor),
    creditMinor: toJsonAmount(waiting.reduce((sum, credit) => sum + credit.amountMinor, 0n)),
    choices: choicesOf(one, waiting, at),
  };
}

/** Another time is offered for what was lost; what was paid twice or for a cancelled visit can be kept or asked back. */
function choicesOf(one: AppointmentRow, waiting: readonly WaitingCredit[], _at: Date): Booking['appointments'][number]['choices'] {
  if (waiting.length === 0) return [];
  return one.status === 'expired' ? ['another_time', 'keep_credit', 'ask_refund'] : ['keep_credit', 'ask_refund'];
}

function prepaymentOf(one: AppointmentRow, waiting: readonly WaitingCredit[], live: LiveAttempt | undefined): Booking['appointments'][number]['prepayment'] {
  if (waiting.length > 0) return 'credited';
  if (one.dueMinor === 0n) return 'none';
  if (one.paidMinor >= one.dueMinor) return 'paid';
  if (one.status === 'expired' || one.status === 'cancelled') return 'released';
  return live?.status === 'processing' ? 'checking' : 'due';
}

function statusOf(appointments: readonly AppointmentRow[], credits: readonly WaitingCredit[], checking: boolean): Booking['status'] {
  if (credits.length > 0) return 'needs_choice';
  const statuses = new Set(appointments.map((one) => one.status));
  if (statuses.has('held')) return checking ? 'checking' : 'held';
  // those still to come say what the booking is; a part that was let go makes it mixed
  const gone = [...statuses].filter((one) => one === 'expired' || one === 'cancelled');
  const [only] = statuses;
  if (statuses.size === 1 && gone.length === 1) return only === 'cancelled' ? 'cancelled' : 'expired';
  if (gone.length === statuses.size) return 'cancelled';
  if (gone.length > 0) return 'mixed';
  return [...statuses].every((one) => one === 'waiting') ? 'waiting' : 'confirmed';
}

/** Whether something of it still takes a team member's time. */
export function stillStands(appointments: readonly Pick<AppointmentRow, 'status'>[]): boolean {
  return appointments.some((one) => (occupyingStatuses as readonly string[]).includes(one.status));
}
