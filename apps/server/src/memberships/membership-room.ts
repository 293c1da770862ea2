import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { tell } from '../kit/outbox.ts';
import { invariant } from '../kit/problem.ts';
import type { Due, Order, OrderWords, PaidRoom, Placement } from '../payments/purposes.ts';
import { lockMembership, type MembershipRow, membershipById, noteRefunded, noteSold } from './membership-rows.ts';

/** Minutes its page at the provider may be paid. The link itself never runs out. */
const PAGE_MINUTES = 60;

/** A membership that is bought through a provider, as an order: it is its own one line. */
export function membershipOrder(membershipId: string): Order {
  return { kind: 'membership', id: membershipId };
}

/** How memberships are bought through a provider. `linkOf` is the address of its page. */
export function membershipAsPaidRoom(deps: Pick<Deps, 'newId'>, { linkOf }: { linkOf: (chainId: string, membershipId: string) => string }): PaidRoom {
  return {
    method: 'visit_link',
    itemId: 'memberships',
    lock: (tx, scope, order) => lockMembership(tx, scope, order.id),

    async due(tx, scope, order, at): Promise<Due> {
      const membership = await read(tx, scope, order);
      const open = membership.soldAt === null && membership.cancelledAt === null;
      return {
        lines: open ? [{ purpose: order, amountMinor: membership.priceMinor }] : [],
        currency: membership.currency,
        payableUntil: new Date(at.getTime() + PAGE_MINUTES * 60_000),
        instantMethodsOnly: false,
      };
    },

    async placePaid(tx, scope, order, lines, at, attemptId): Promise<readonly Placement[]> {
      const membership = await read(tx, scope, order);
      if (membership.soldAt !== null) return lines.map(() => ({ kind: 'credited', because: 'already_paid' }));
      if (membership.cancelledAt !== null) return lines.map(() => ({ kind: 'credited', because: 'cancelled' }));
      await noteSold(tx, scope, order.id, { attemptId, at });
      const payload = { membershipId: order.id, name: membership.name, amountMinor: Number(membership.priceMinor), currency: membership.currency };
      await tell(tx, scope.chainId, { id: deps.newId('out'), topic: 'membership.sold', subjectId: membership.clientId, payload, at });
      return lines.map(() => ({ kind: 'applied' }));
    },

    leavesToPay: async () => {},
    cameToNothing: async () => {},
    checking: async () => {},

    async refunded(tx, scope, order, line, at) {
      const { refundingSince, priceMinor, refundedMinor } = await read(tx, scope, order);
      // what the provider gave back by itself ends it only when nothing of the price is left
      const ended = refundingSince !== null || refundedMinor + line.amountMinor >= priceMinor;
      await noteRefunded(tx, scope, order.id, { amountMinor: line.amountMinor, ended, at });
    },

    clientOf: async (tx, scope, order) => (await read(tx, scope, order)).clientId,

    async describe(q, scope, order): Promise<OrderWords> {
      const { clientId, name } = await read(q, scope, order);
      const { rows } = await sql<{ language: string; email: string | null }>`
        select language, email from clients where chain_id = ${scope.chainId} and client_id = ${clientId}`.execute(q);
      const link = linkOf(scope.chainId, order.id);
      return {
        lineTexts: new Map([[order.id, name]]),
        language: rows[0]?.language ?? 'en',
        clientEmail: rows[0]?.email || undefined,
        returnUrl: `${link}?from=payment`,
        cancelUrl: `${link}?from=payment-cancelled`,
      };
    },
  };
}

async function read(q: Queryable, scope: Scope, order: Order): Promise<MembershipRow> {
  const membership = await membershipById(q, scope, order.id);
  invariant(membership, `order ${order.id} is a membership`);
  return membership;
}
