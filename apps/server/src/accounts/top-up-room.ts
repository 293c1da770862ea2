import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';
import type { Due, Order, OrderWords, PaidRoom, Placement } from '../payments/purposes.ts';
import { lockTopUp, noteTopUpPaid, type TopUpRow, topUpById } from './top-up-rows.ts';

/** Minutes its page at the provider may be paid. The link itself never runs out. */
const PAGE_MINUTES = 60;

/** A top-up by a link as an order: it is its own one line. */
export function topUpOrder(topUpId: string): Order {
  return { kind: 'account_top_up', id: topUpId };
}

const words = { en: 'Top-up of your account', uk: 'Поповнення вашого рахунку', pt: 'Carregamento da sua conta' } as const;

/**
 * How accounts are filled by a link. The money is the client's in any case, and lies on the account: what was asked for fills it, and what comes a second
 * time, late or in another amount lies there as well, before a person's eyes. `linkOf` is the link's address; `bookingPageOf`: of the booking from
 * whose page a client has begun it.
 */
export function topUpAsPaidRoom({
  linkOf,
  bookingPageOf,
}: {
  linkOf: (chainId: string, topUpId: string) => string;
  bookingPageOf: (chainId: string, bookingId: string) => string;
}): PaidRoom {
  return {
    method: 'visit_link',
    lock: (tx, scope, order) => lockTopUp(tx, scope, order.id),

    async due(tx, scope, order, at): Promise<Due> {
      const topUp = await read(tx, scope, order);
      const open = topUp.doneAt === null && topUp.cancelledAt === null;
      return {
        lines: open ? [{ purpose: order, amountMinor: topUp.amountMinor }] : [],
        currency: topUp.currency,
        payableUntil: new Date(at.getTime() + PAGE_MINUTES * 60_000),
        instantMethodsOnly: false,
      };
    },

    async placePaid(tx, scope, order, lines, at, attemptId): Promise<readonly Placement[]> {
      const topUp = await read(tx, scope, order);
      if (topUp.doneAt !== null) return lines.map(() => ({ kind: 'credited', because: 'already_paid' }));
      if (topUp.cancelledAt !== null) return lines.map(() => ({ kind: 'credited', because: 'cancelled' }));
      await noteTopUpPaid(tx, scope.chainId, order.id, attemptId, at);
      return lines.map(() => ({ kind: 'deposited' }));
    },

    leavesToPay: async () => {},
    cameToNothing: async () => {},
    checking: async () => {},
    refunded: async () => {},
    // that very account, of whatever type it is
    clientOf: async (tx, scope, order) => (await read(tx, scope, order)).ownerId,

    async describe(q, scope, order): Promise<OrderWords> {
      const { clientId, bookingId } = await read(q, scope, order);
      const { rows } = await sql<{ language: string; email: string | null }>`
        select coalesce((select b.language from bookings b where b.chain_id = c.chain_id and b.booking_id = ${bookingId}), c.language) language, c.email
          from clients c where c.chain_id = ${scope.chainId} and c.client_id = ${clientId}`.execute(q);
      const language = rows[0]?.language ?? 'en';
      const link = linkOf(scope.chainId, order.id);
      return {
        lineTexts: new Map([[order.id, Object.hasOwn(words, language) ? words[language as keyof typeof words] : words.en]]),
        language,
        clientEmail: rows[0]?.email || undefined,
        returnUrl: bookingId ? `${bookingPageOf(scope.chainId, bookingId)}?from=top-up` : `${link}?from=payment`,
        cancelUrl: bookingId ? `${bookingPageOf(scope.chainId, bookingId)}?from=top-up` : `${link}?from=payment-cancelled`,
      };
    },
  };
}

async function read(q: Queryable, scope: Scope, order: Order): Promise<TopUpRow> {
  const topUp = await topUpById(q, scope, order.id);
  invariant(topUp, `order ${order.id} is a top-up`);
  return topUp;
}
