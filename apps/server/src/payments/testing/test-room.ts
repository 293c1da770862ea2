import { sql } from 'kysely';
import type { Queryable } from '../../kit/database.ts';
import type { DueLine, PaidRoom, Placement } from '../purposes.ts';

/** A room that wants to be paid, as small as can be: orders of things that are on the shelf, or gone. */
export async function openTestRoom(q: Queryable): Promise<void> {
  await sql`create table test_orders (chain_id text, order_id text, client_id text, payable_until timestamptz, instant boolean, checks int default 0,
              primary key (chain_id, order_id))`.execute(q);
  await sql`create table test_things (chain_id text, order_id text, thing_id text, due_minor bigint, paid_minor bigint default 0, gone boolean default false,
              primary key (chain_id, thing_id))`.execute(q);
}

export const testRoom: PaidRoom = {
  method: 'online_registration',
  async lock(tx, { chainId }, order) {
    await sql`select 1 from test_orders where chain_id = ${chainId} and order_id = ${order.id} for update`.execute(tx);
  },
  async due(tx, { chainId }, order) {
    const { rows } = await sql<{ thing_id: string; due_minor: bigint; payable_until: Date; instant: boolean }>`
      select t.thing_id, t.due_minor, o.payable_until, o.instant from test_orders o left join test_things t
          on t.chain_id = o.chain_id and t.order_id = o.order_id and t.paid_minor = 0 and not t.gone
       where o.chain_id = ${chainId} and o.order_id = ${order.id} order by t.thing_id`.execute(tx);
    const lines = rows.flatMap((row): DueLine[] =>
      row.thing_id ? [{ purpose: { kind: 'thing', id: row.thing_id }, amountMinor: row.due_minor }] : [],
    );
    return { lines, currency: 'EUR', payableUntil: rows[0]?.payable_until ?? new Date(0), instantMethodsOnly: rows[0]?.instant ?? false };
  },
  async placePaid(tx, { chainId }, _order, lines) {
    const placements: Placement[] = [];
    for (const { purpose, amountMinor } of lines) {
      const { rows } = await sql<{ gone: boolean; paid_minor: bigint }>`
        select gone, paid_minor from test_things where chain_id = ${chainId} and thing_id = ${purpose.id}`.execute(tx);
      if (rows[0]?.gone) placements.push({ kind: 'credited', because: 'time_taken' });
      else if (rows[0]?.paid_minor !== 0n) placements.push({ kind: 'credited', because: 'already_paid' });
      else {
        await sql`update test_things set paid_minor = ${amountMinor} where chain_id = ${chainId} and thing_id = ${purpose.id}`.execute(tx);
        placements.push({ kind: 'applied' });
      }
    }
    return placements;
  },
  async leavesToPay() {},
  async cameToNothing() {},
  async checking(tx, { chainId }, order) {
    await sql`update test_orders set checks = checks + 1 where chain_id = ${chainId} and order_id = ${order.id}`.execute(tx);
  },
  async refunded(tx, { chainId }, _order, { purpose, amountMinor }) {
    await sql`update test_things set paid_minor = paid_minor - ${amountMinor} where chain_id = ${chainId} and thing_id = ${purpose.id}`.execute(tx);
  },
  async clientOf(tx, { chainId }, order) {
    const { rows } = await sql<{
      client_id: string;
    }>`select client_id from test_orders where chain_id = ${chainId} and order_id = ${order.id}`.execute(tx);
    return rows[0]?.client_id ?? '';
  },
  async describe(q, { chainId }, order) {
    const { rows } = await sql<{ thing_id: string }>`select thing_id from test_things where chain_id = ${chainId} and order_id = ${order.id}`.execute(
      q,
    );
    return {
      lineTexts: new Map(rows.map((row) => [row.thing_id, `Thing ${row.thing_id}`])),
      language: 'en',
      clientEmail: 'mia@example.org',
      returnUrl: 'https://salon.test/back',
      cancelUrl: 'https://salon.test/left',
    };
  },
};
