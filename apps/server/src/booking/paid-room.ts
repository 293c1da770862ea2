import { invariant } from '../kit/problem.ts';
import type { Due, DueLine, Order, OrderWords, PaidRoom, Placement } from '../payments/purposes.ts';
import { GRACE_SECONDS, PAGE_MINUTES, stillDueMinor, whereMoneyBelongs } from './appointment-rules.ts';
import { appointmentsOf, bookingById, confirmPaid, extendHold, lessPaid, lockBooking, lockResources, noteChange, reclaimTime } from './store.ts';

/** How bookings are paid: the order is a booking, each appointment is one line. `pageOf` is the address of the client's own page. */
export function bookingAsPaidRoom({ pageOf }: { pageOf: (chainId: string, bookingId: string) => string }): PaidRoom {
  return {
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
      const wanted = lines.map((line) => {
        const appointment = appointments.get(line.purpose.id);
        invariant(appointment, `line ${line.purpose.id} belongs to order ${order.id}`);
        return { line, appointment, belongs: whereMoneyBelongs(appointment, line.amountMinor, at) };
      });
      const lost = wanted.filter(({ belongs }) => belongs.kind === 'try_restore');
      if (lost.length > 1)
        await lockResources(
          tx,
          scope.chainId,
          lost.map(({ appointment }) => appointment.staffId),
        );
      const placements: Placement[] = [];
      for (const { line, appointment, belongs } of wanted) {
        if (belongs.kind === 'credited' || belongs.kind === 'applied') {
          placements.push(belongs);
          continue;
        }
        const restored = belongs.kind === 'try_restore';
        if (restored && !(await reclaimTime(tx, scope, appointment.appointmentId, at))) {
          placements.push({ kind: 'credited', because: 'time_taken' });
          continue;
        }
        await confirmPaid(tx, scope, appointment.appointmentId, line.amountMinor, at);
        await noteChange(tx, scope.chainId, appointment.appointmentId, at, restored ? 'restored' : 'paid', 'payment', {
          amountMinor: Number(line.amountMinor),
        });
        placements.push({ kind: 'applied' });
      }
      return placements;
    },

    async checking(tx, scope, order, at): Promise<void> {
      const appointments = await appointmentsOf(tx, scope.chainId, order.id);
      for (const one of appointments) {
        if (one.status !== 'held' || one.extendedAt || one.processingExtensionMinutes === 0) continue;
        const holdExpiresAt = new Date(Math.max(at.getTime() + one.processingExtensionMinutes * 60_000, one.holdExpiresAt?.getTime() ?? 0));
        await extendHold(tx, scope, one.appointmentId, { holdExpiresAt, freesAt: new Date(holdExpiresAt.getTime() + GRACE_SECONDS * 1000) }, at);
        await noteChange(tx, scope.chainId, one.appointmentId, at, 'hold_extended', 'payment');
      }
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
