import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { mintScope } from '../access/scope.ts';
import { createDatabase, type Tx } from '../kit/database.ts';
import { newIdAt } from '../kit/new-id.ts';
import { postgresSource } from '../kit/postgres.ts';
import { isSqlError, type SqlSource } from '../kit/sql-source.ts';
import { PATIENCE } from '../testing/patience.ts';
import { testDatabase } from '../testing/test-database.ts';
import { checkBooks } from './check-books.ts';
import { openAccount } from './open-account.ts';
import { postEntry } from './post-entry.ts';
import { spendClientMoney } from './spend-client-money.ts';

const at = new Date('2026-03-02T09:00:00Z');
const deps = { now: () => at, newId: (kind: string) => newIdAt(kind, at) };
const places = ['loc_a', 'loc_b', 'loc_c'].map((id) => mintScope('cha_locks', id));
const clients = places.map(({ locationId }) => `cli_of_${locationId}`);
const account = (kind: 'prepayments' | 'between' | 'client' | 'register', ownerId = '') => ({ kind, ownerId, currency: 'EUR' }) as const;

/** Clients of three locations spend at each other's, all at once; answers how many deadlocks the database reported. */
async function deadlocks({ rounds, atOnce, spend }: { rounds: number; atOnce: number; spend: typeof spendAtAnothers }): Promise<number> {
  const db = await testDatabase({ connections: 2 });
  await sql.raw(`alter database ${new URL(db.url).pathname.slice(1)} set deadlock_timeout = '50ms'`).execute(db.read);
  let seen = 0;
  const counting = (source: SqlSource): SqlSource => ({
    close: () => source.close(),
    async connect() {
      const connection = await source.connect();
      return {
        release: (broken) => connection.release(broken),
        async query(text, values, name) {
          try {
            return await connection.query(text, values, name);
          } catch (error) {
            if (isSqlError(error) && error.code === '40P01') seen++;
            throw error;
          }
        },
      };
    },
  });
  const watched = createDatabase(counting(postgresSource(db.url, { connections: atOnce, patience: PATIENCE })));
  for (const [n, scope] of places.entries())
    await db.transaction(async (tx) => {
      const [from, to] = [
        await openAccount(tx, deps, scope, account('client', clients[n])),
        await openAccount(tx, deps, scope, account('register', 'main')),
      ];
      await openAccount(tx, deps, scope, account('prepayments'));
      for (const { locationId } of places) if (locationId !== scope.locationId) await openAccount(tx, deps, scope, account('between', locationId));
      const postings = [{ from, to, amountMinor: 1_000_000n, currency: 'EUR', operation: 'top_up' as const }];
      await postEntry(tx, deps, { scope, cause: { kind: 'test', id: scope.locationId }, happenedAt: at, memo: '', postings });
    });
  for (let round = 0; round < rounds; round++)
    await Promise.allSettled(Array.from({ length: atOnce }, (_, n) => watched.transaction((tx) => spend(tx, n, `${round}/${n}`))));
  if (spend === spendAtAnothers) {
    expect(await checkBooks(db.read)).toEqual([]);
    // each of them: an entry at the place, one at the location that lends
    expect((await sql<{ n: bigint }>`select count(*) n from ledger_entries`.execute(db.read)).rows[0]?.n).toBe(BigInt(3 + rounds * atOnce * 2));
  }
  await watched.close();
  await db.close();
  return seen;
}

/** The client of one location pays at another, which differs from try to try. */
async function spendAtAnothers(tx: Tx, n: number, id: string): Promise<void> {
  const [home, place] = [n % 3, (n + 1 + (n % 2)) % 3];
  const scope = places[place];
  if (!scope) return;
  await spendClientMoney(tx, deps, scope, {
    cause: { kind: 'test_spend', id },
    ownerId: clients[home] ?? '',
    amountMinor: 7n,
    currency: 'EUR',
    purpose: { kind: 'appointment', id },
    memo: '',
    at,
  });
}

/** The same two entries, each taking its locks when it comes to it. */
async function withoutLocking(tx: Tx, n: number, id: string): Promise<void> {
  const [home, place] = [n % 3, (n + 1 + (n % 2)) % 3];
  const [lender, scope] = [places[home], places[place]];
  if (!lender || !scope) return;
  const prepayments = await openAccount(tx, deps, scope, account('prepayments'));
  const owed = await openAccount(tx, deps, scope, account('between', lender.locationId));
  const owing = await openAccount(tx, deps, lender, account('between', scope.locationId));
  const client = await openAccount(tx, deps, lender, account('client', clients[home]));
  const one = { amountMinor: 7n, currency: 'EUR' };
  const entry = { happenedAt: at, memo: '' };
  await postEntry(tx, deps, {
    ...entry,
    scope,
    cause: { kind: 'test', id },
    postings: [{ ...one, from: prepayments, to: owed, operation: 'spend' }],
  });
  await postEntry(tx, deps, {
    ...entry,
    scope: lender,
    cause: { kind: 'test.lent', id },
    postings: [{ ...one, from: owing, to: client, operation: 'settlement' }],
  });
}

test('24 clients at once spend at each other’s locations: nobody waits in a circle', async () => {
  expect(await deadlocks({ rounds: 5, atOnce: 24, spend: spendAtAnothers })).toBe(0);
});

test('negative control: with an entry’s own locks alone, they do', async () => {
  expect(await deadlocks({ rounds: 3, atOnce: 24, spend: withoutLocking })).toBeGreaterThan(0);
});
