import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import type { Due, Order, OrderWords, PaidRoom, Placement } from '../payments/purposes.ts';
import { BLOCK_MINUTES, PAGE_MINUTES, visitDueMinor } from './appointment-rules.ts';
import { keepWhileChecked } from './keep-while-checked.ts';
import { placeMoney } from './place-money.ts';
import { spendHeld } from './spend-held.ts';
import { appointmentsOf, blockForPayment, bookingById, bookingIdOf, endIdleBlocks, lessPaid, lockBooking, noteChange } from './store.ts';

/** An appointment as an order of its own: what the whole visit still costs, paid by its link (A11). */
export function visitOrder(appointmentId: string): Order {
  return { kind: 'visit', id: appointmentId };
}

/** How visits are paid by their link: the order is the appointment, and it is its one line. `linkOf` is the link's address. */
export function visitAsPaidRoom(
  deps: Pick<Deps, 'newId' | 'now'>,
  { linkOf }: { linkOf: (chainId: string, appointmentId: string) => string },
): PaidRoom {
  return {
    method: 'visit_link',
    // the whole booking: its own payment may want the same appointment's money, and whoever settles it takes this lock
    lock: async (tx, scope, order) => lockBooking(tx, scope.chainId, await bookingOf(tx, scope, order)),

    async due(tx, scope, order, at): Promise<Due> {
      const { visit, currency } = await read(tx, scope, order);
      const amountMinor = visitDueMinor(visit, at);
      const held = visit.status === 'held' ? visit.holdExpiresAt : undefined;
      return {
        lines: amountMinor > 0n ? [{ purpose: { kind: 'appointment', id: order.id }, amountMinor }] : [],
        currency,
        payableUntil: held ?? new Date(at.getTime() + PAGE_MINUTES * 60_000),
        instantMethodsOnly: held !== undefined,
      };
    },

    async placePaid(tx, scope, order, lines, at): Promise<readonly Placement[]> {
      const { visit } = await read(tx, scope, order);
      return placeMoney(
        tx,
        deps,
        scope,
        lines.map(({ amountMinor }) => ({ ...visit, dueMinor: visit.costMinor, amountMinor, takes: 'part' as const })),
        at,
      );
    },

    afterPaid: (tx, scope, order, at) => spendHeld(tx, deps, scope, [order.id], at),
    leavesToPay: (tx, scope, order, at) => blockForPayment(tx, scope.chainId, order.id, new Date(at.getTime() + BLOCK_MINUTES * 60_000)),
    cameToNothing: async (tx, scope, order) => endIdleBlocks(tx, scope.chainId, await bookingOf(tx, scope, order)),

    async checking(tx, scope, order, at): Promise<void> {
      await keepWhileChecked(tx, scope, (await read(tx, scope, order)).visit, at);
    },

    async refunded(tx, scope, order, line, at): Promise<void> {
      await lessPaid(tx, scope.chainId, order.id, line.amountMinor, at);
      await noteChange(tx, scope.chainId, order.id, at, 'refunded', 'payment', { amountMinor: Number(line.amountMinor) });
    },

    clientOf: async (tx, scope, order) => (await read(tx, scope, order)).clientId,

    async describe(q, scope, order): Promise<OrderWords> {
      const { visit, language, email } = await read(q, scope, order);
      const link = linkOf(scope.chainId, order.id);
      return {
        lineTexts: new Map([[order.id, visit.services.map((service) => service.name).join(', ')]]),
        language,
        clientEmail: email || undefined,
        returnUrl: `${link}?from=payment`,
        cancelUrl: `${link}?from=payment-cancelled`,
      };
    },
  };
}

async function bookingOf(q: Queryable, scope: Scope, order: Order): Promise<string> {
  const bookingId = await bookingIdOf(q, scope, order.id);
  invariant(bookingId, `visit ${order.id} belongs to a booking`);
  return bookingId;
}

async function read(q: Queryable, scope: Scope, order: Order) {
  const bookingId = await bookingOf(q, scope, order);
  const booking = await bookingById(q, scope.chainId, bookingId);
  const visit = (await appointmentsOf(q, scope.chainId, bookingId)).find((one) => one.appointmentId === order.id);
  invariant(booking && visit, `order ${order.id} is an appointment`);
  const { clientId, currency, language, contact } = booking;
  return { visit, clientId, currency, language, email: contact.email };
}
