import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';
import type { Due, Order, OrderWords, PaidRoom, Placement } from './purposes.ts';

/** A test payment as an order: it is its own one line. */
export function connectionTestOrder(testId: string): Order {
  return { kind: 'connection_test', id: testId };
}

const words = { en: 'Test payment', uk: 'Тестова оплата', pt: 'Pagamento de teste' } as const;

/**
 * How a connection's test is paid: through that connection, whatever the switches say. It buys nothing and is nobody's: the money stands unplaced, before a
 * person's eyes, until it has gone back. `pageOf`: the connection's page in the admin app, by the location's slug.
 */
export function connectionTestRoom({ pageOf }: { pageOf: (slug: string, connectionId: string) => string }): PaidRoom {
  return {
    method: async (tx, scope, order) => (await read(tx, scope, order)).connection_id,

    async lock(tx, { chainId }, order) {
      await sql`select 1 from connection_tests where chain_id = ${chainId} and test_id = ${order.id} for update`.execute(tx);
    },

    async due(tx, scope, order): Promise<Due> {
      const test = await read(tx, scope, order);
      return {
        lines: test.ended_at ? [] : [{ purpose: order, amountMinor: test.amount_minor }],
        currency: test.currency,
        payableUntil: test.payable_until,
        instantMethodsOnly: true,
      };
    },

    async placePaid(tx, scope, order, lines, at): Promise<readonly Placement[]> {
      await end(tx, scope, order, at);
      return lines.map(() => ({ kind: 'unplaced', because: 'test_payment' }));
    },

    cameToNothing: (tx, scope, order, at) => end(tx, scope, order, at),
    leavesToPay: async () => {},
    checking: async () => {},
    refunded: async () => {},
    clientOf: async () => undefined,

    async allGone(tx, { chainId }, _order, attemptId, at) {
      await sql`
        update attention set resolved_at = ${at}, resolution = 'given_back'
         where chain_id = ${chainId} and attempt_id = ${attemptId} and resolved_at is null`.execute(tx);
    },

    async describe(q, scope, order): Promise<OrderWords> {
      const { connection_id, slug, language } = await read(q, scope, order);
      const page = pageOf(slug, connection_id);
      return {
        lineTexts: new Map([[order.id, Object.hasOwn(words, language) ? words[language as keyof typeof words] : words.en]]),
        language,
        clientEmail: undefined,
        returnUrl: page,
        cancelUrl: page,
      };
    },
  };
}

async function end(q: Queryable, { chainId }: Scope, order: Order, at: Date): Promise<void> {
  await sql`update connection_tests set ended_at = ${at} where chain_id = ${chainId} and test_id = ${order.id} and ended_at is null`.execute(q);
}

async function read(q: Queryable, { chainId }: Scope, order: Order) {
  const { rows } = await sql<{
    connection_id: string;
    amount_minor: bigint;
    currency: string;
    payable_until: Date;
    ended_at: Date | null;
    slug: string;
    language: string;
  }>`
    select t.connection_id, t.amount_minor, t.currency, t.payable_until, t.ended_at, l.slug, l.default_language language
      from connection_tests t join locations l on l.chain_id = t.chain_id and l.location_id = t.location_id
     where t.chain_id = ${chainId} and t.test_id = ${order.id}`.execute(q);
  invariant(rows[0], `order ${order.id} is a connection's test`);
  return rows[0];
}
