import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import type { Due, DueLine, Order, OrderWords, PaidRoom, Placement } from '../payments/purposes.ts';
import { PAGE_MINUTES, stillDueMinor } from './appointment-rules.ts';
import { keepWhileChecked } from './keep-while-checked.ts';
import { placeMoney } from './place-money.ts';
import { restoreWhollyKept } from './restore-wholly-kept.ts';
import { spendHeld } from './spend-held.ts';
import { appointmentsOf, bookingById, endIdleBlocks, lessPaid, lockBooking, noteChange } from './store.ts';

/** How bookings are paid: the order is a booking, each appointment is one line. `pageOf` is the address of the client's own page. */
export function bookingAsPaidRoom(
  deps: Pick<Deps, 'newId' | 'now'>,
  { pageOf }: { pageOf: (chainId: string, bookingId: string) => string },
): PaidRoom {
  return {
    method: 'online_registration',
    lock: (tx, scope, order) => lockBooking(tx, scope.chainId, order.id),

    async due(tx, scope, order, at): Promise<Due> {
      const booking = await bookingById(tx, scope.chainId, order.id);
      invariant(booking, `order ${order.id} has a booking`);
      const appointments = await appointmentsOf(tx, scope.chainId, order.id);
      const payable = appointments.map((one) => ({ one, amountMinor: stillDueMinor(one, at) })).filter(({ amountMinor }) => amountMinor > 0n);
      const deadlines = payable.flatMap(({ one }) => (one.status === 'held' && one.holdExpiresAt ? [one.holdExpiresAt.getTime()] : []));
      return {
        lines: payable.map(({ one, amountMinor }) => ({ purpose: { kind: 'appointment', id: one.appointmentId }, amountMinor })),
        currency: booking.currency,
        payableUntil: new Date(deadlines.length > 0 ? Math.min(...deadlines) : at.getTime() + PAGE_MINUTES * 60_000),
        instantMethodsOnly: deadlines.length > 0,
      };
    },

    async placePaid(tx, scope, order, lines, at): Promise<readonly Placement[]> {
      const appointments = new Map((await appointmentsOf(tx, scope.chainId, order.id)).map((one) => [one.appointmentId, one]));
      const came = lines.map(({ purpose, amountMinor }) => {
        const appointment = appointments.get(purpose.id);
        invariant(appointment, `line ${purpose.id} belongs to order ${order.id}`);
        return { ...appointment, amountMinor, takes: 'whole' as const };
      });
      const placed = await placeMoney(tx, deps, scope, came, at);
      const others = [...appointments.values()].filter((one) => !lines.some(({ purpose }) => purpose.id === one.appointmentId));
      if (placed.some(({ kind }) => kind === 'applied')) await restoreWhollyKept(tx, deps, scope, others, at);
      return placed;
    },

    async afterPaid(tx, scope, order, at) {
      const appointments = await appointmentsOf(tx, scope.chainId, order.id);
      return spendHeld(
        tx,
        deps,
        scope,
        appointments.map(({ appointmentId }) => appointmentId),
        at,
      );
    },

    async leavesToPay() {},
    cameToNothing: (tx, scope, order) => endIdleBlocks(tx, scope.chainId, order.id),

    async checking(tx, scope, order, at): Promise<void> {
      for (const one of await appointmentsOf(tx, scope.chainId, order.id)) await keepWhileChecked(tx, scope, one, at);
    },

    async refunded(tx, scope, _order: Order, line: DueLine, at): Promise<void> {
      await lessPaid(tx, scope.chainId, line.purpose.id, line.amountMinor, at);
      await noteChange(tx, scope.chainId, line.purpose.id, at, 'refunded', 'payment', { amountMinor: Number(line.amountMinor) });
    },

    async clientOf(tx, scope, order): Promise<string> {
      const booking = await bookingById(tx, scope.chainId, order.id);
      invariant(booking, `order ${order.id} has a booking`);
      return booking.clientId;
    },

    async describe(q, scope, order): Promise<OrderWords> {
      const booking = await bookingById(q, scope.chainId, order.id);
      invariant(booking, `order ${order.id} has a booking`);
      const appointments = await appointmentsOf(q, scope.chainId, order.id);
      const page = pageOf(scope.chainId, order.id);
      return {
        lineTexts: new Map(appointments.map((one) => [one.appointmentId, one.services.map((service) => service.name).join(', ')])),
        language: booking.language,
        clientEmail: booking.contact.email || undefined,
        returnUrl: `${page}?from=payment`,
        cancelUrl: `${page}?from=payment-cancelled`,
      };
    },
  };
}
