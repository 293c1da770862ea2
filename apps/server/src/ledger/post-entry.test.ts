import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintScope } from '../access/scope.ts';
import { createDatabase } from '../kit/database.ts';
import { newIdAt } from '../kit/new-id.ts';
import { postgresSource } from '../kit/postgres.ts';
import { isSqlError, type SqlSource } from '../kit/sql-source.ts';
import { PATIENCE } from '../testing/patience.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { checkBooks } from './check-books.ts';
import { type AccountName, openAccount } from './open-account.ts';
import { openLocationBooks } from './open-location-books.ts';
import { postEntry } from './post-entry.ts';
import { balanceOf, moneyOfPurpose, postingsOfCause } from './read-books.ts';
import { movedByAccount, type Posting } from './rules.ts';

const at = new Date('2026-03-02T09:00:00Z');
const deps = { now: () => at, newId: (kind: string) => newIdAt(kind, at) };
const scope = mintScope('cha_books', 'loc_books');
const cause = (id: string) => ({ kind: 'test', id });

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

function open(kind: AccountName['kind'], ownerId: string, currency = 'EUR'): Promise<string> {
  return db.transaction((tx) => openAccount(tx, deps, scope, { kind, ownerId, currency }));
}

async function balances(): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ account_id: string; balance_minor: bigint }>`select account_id, balance_minor from ledger_accounts`.execute(db.read);
  return new Map(rows.map((row) => [row.account_id, row.balance_minor]));
}

function post(id: string, postings: readonly Posting[], database: Pick<TestDatabase, 'transaction'> = db) {
  return database.transaction((tx) => postEntry(tx, deps, { scope, cause: cause(id), happenedAt: at, memo: '', postings }));
}

describe('accounts', () => {
  test('a location opens its books once, however often it is asked', async () => {
    const first = await db.transaction((tx) => openLocationBooks(tx, deps, scope, 'EUR'));
    expect(await db.transaction((tx) => openLocationBooks(tx, deps, scope, 'EUR'))).toEqual(first);
    expect(new Set(Object.values(first)).size).toBe(4);
  });

  test('32 at once open the same account: there is one', async () => {
    const ids = await Promise.all(Array.from({ length: 32 }, () => open('client', 'cli_32')));
    expect(new Set(ids).size).toBe(1);
  });

  test('the same owner has one account per currency and per location', async () => {
    const elsewhere = mintScope(scope.chainId, 'loc_other');
    const ids = [
      await open('client', 'cli_many'),
      await open('client', 'cli_many', 'USD'),
      await db.transaction((tx) => openAccount(tx, deps, elsewhere, { kind: 'client', ownerId: 'cli_many', currency: 'EUR' })),
    ];
    expect(new Set(ids).size).toBe(3);
  });
});

describe('entries', () => {
  test('one entry per cause: the second time nothing moves', async () => {
    const [clearing, prepayments] = [await open('clearing', 'con_once'), await open('prepayments', 'once')];
    const postings = [
      {
        from: prepayments,
        to: clearing,
        amountMinor: 4_500n,
        currency: 'EUR',
        operation: 'payment' as const,
        purpose: { kind: 'appointment', id: 'apt_once' },
      },
    ];
    expect(await post('once', postings)).toBe('posted');
    expect(await post('once', postings)).toBe('already_posted');
    expect(await balanceOf(db.read, scope, { kind: 'clearing', ownerId: 'con_once', currency: 'EUR' })).toBe(4_500n);
    expect(await balanceOf(db.read, scope, { kind: 'prepayments', ownerId: 'once', currency: 'EUR' })).toBe(-4_500n);
    expect(await moneyOfPurpose(db.read, scope, { kind: 'appointment', id: 'apt_once' })).toEqual([
      { kind: 'clearing', currency: 'EUR', movedMinor: 4_500n },
      { kind: 'prepayments', currency: 'EUR', movedMinor: -4_500n },
    ]);
    expect(await postingsOfCause(db.read, scope, cause('once'))).toEqual([
      {
        from: { kind: 'prepayments', ownerId: 'once', currency: 'EUR' },
        to: { kind: 'clearing', ownerId: 'con_once', currency: 'EUR' },
        amountMinor: 4_500n,
        purposeId: 'apt_once',
      },
    ]);
  });

  test('of 32 who post the same cause at once, one does', async () => {
    const [from, to] = [await open('client', 'cli_race'), await open('clearing', 'con_race')];
    const outcomes = await Promise.all(
      Array.from({ length: 32 }, () => post('race', [{ from, to, amountMinor: 7n, currency: 'EUR', operation: 'payment' }])),
    );
    expect(outcomes.filter((one) => one === 'posted')).toHaveLength(1);
    expect(await balanceOf(db.read, scope, { kind: 'clearing', ownerId: 'con_race', currency: 'EUR' })).toBe(7n);
  });

  test('an entry in another currency than the account is refused by the database, and nothing of it stays', async () => {
    const [euros, dollars] = [await open('client', 'cli_mix'), await open('clearing', 'con_mix', 'USD')];
    await expect(post('mix', [{ from: euros, to: dollars, amountMinor: 1n, currency: 'USD', operation: 'payment' }])).rejects.toMatchObject({
      code: 'HF901',
    });
    expect(await postingsOfCause(db.read, scope, cause('mix'))).toEqual([]);
  });

  test('an account of another chain cannot be posted to', async () => {
    const stranger = await db.transaction((tx) =>
      openAccount(tx, deps, mintScope('cha_other', 'loc_x'), { kind: 'clearing', ownerId: 'x', currency: 'EUR' }),
    );
    const ours = await open('client', 'cli_chain');
    await expect(post('chain', [{ from: ours, to: stranger, amountMinor: 1n, currency: 'EUR', operation: 'payment' }])).rejects.toMatchObject({
      code: '23503',
    });
  });
});

describe('what is written stays written', () => {
  test.each([
    ['change an entry', sql`update ledger_entries set memo = 'x'`],
    ['erase an entry', sql`delete from ledger_entries`],
    ['change a posting', sql`update ledger_postings set amount_minor = 1`],
    ['erase a posting', sql`delete from ledger_postings`],
    ['empty the ledger', sql`truncate ledger_entries, ledger_postings, ledger_seals cascade`],
    ['make an account another one', sql`update ledger_accounts set owner_id = 'me'`],
  ])('nobody can %s', async (_, statement) => {
    await expect(statement.execute(db.read)).rejects.toMatchObject({ code: 'HF900' });
  });

  test('nobody can move a balance without a posting', async () => {
    await expect(sql`update ledger_accounts set balance_minor = balance_minor + 1`.execute(db.read)).rejects.toMatchObject({ code: 'HF902' });
  });
});

test('whatever is posted, the books add up to zero and the kept balances are the postings', async () => {
  const accounts = await Promise.all((['clearing', 'prepayments', 'item', 'unplaced', 'register'] as const).map((kind) => open(kind, 'property')));
  const posting = fc
    .record({ from: fc.nat(4), to: fc.nat(4), amountMinor: fc.bigInt(1n, 10n ** 12n) })
    .filter(({ from, to }) => from !== to)
    .map(
      ({ from, to, amountMinor }): Posting => ({
        from: accounts[from] ?? '',
        to: accounts[to] ?? '',
        amountMinor,
        currency: 'EUR',
        operation: 'payment',
      }),
    );
  const before = await balances();
  const all: Posting[] = [];
  let number = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(posting, { minLength: 1, maxLength: 6 }), async (postings) => {
      expect(await post(`property ${number++}`, postings)).toBe('posted');
      all.push(...postings);
      const moved = movedByAccount(all);
      const now = await balances();
      for (const id of accounts) expect((now.get(id) ?? 0n) - (before.get(id) ?? 0n)).toBe(moved.get(id) ?? 0n);
    }),
    { numRuns: 60 },
  );
  expect(await checkBooks(db.read)).toEqual([]);
});

test('a balance that was tampered with is found', async () => {
  const fresh = await testDatabase();
  await fresh.transaction((tx) => openLocationBooks(tx, deps, scope, 'EUR'));
  await sql`alter table ledger_accounts disable trigger ledger_accounts_guard_balance`.execute(fresh.read);
  await sql`update ledger_accounts set balance_minor = 5 where kind = 'prepayments'`.execute(fresh.read);
  expect((await checkBooks(fresh.read)).map((fault) => fault.kind)).toEqual(['balance', 'not_zero']);
  await fresh.close();
});

describe('32 entries at once on the same few accounts', () => {
  /** Posts rounds of entries over three accounts in every order; answers how many deadlocks the database reported. */
  async function deadlocks({ rounds, atOnce, prepare }: { rounds: number; atOnce: number; prepare?: string }): Promise<number> {
    const busy = await testDatabase({ connections: 32 });
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
    if (prepare) await sql.raw(prepare).execute(busy.read);
    await sql.raw(`alter database ${new URL(busy.url).pathname.slice(1)} set deadlock_timeout = '50ms'`).execute(busy.read);
    const watched = createDatabase(counting(postgresSource(busy.url, { connections: 32, patience: PATIENCE })));
    const ids = await watched.transaction(async (tx) => {
      const opened = [];
      for (const ownerId of ['a', 'b', 'c']) opened.push(await openAccount(tx, deps, scope, { kind: 'item', ownerId, currency: 'EUR' }));
      return opened;
    });
    for (let round = 0; round < rounds; round++) {
      await Promise.allSettled(
        Array.from({ length: atOnce }, (_, n) => {
          const [x, y, z] = [ids[n % 3] ?? '', ids[(n + 1) % 3] ?? '', ids[(n + 2) % 3] ?? ''];
          return post(
            `${round}/${n}`,
            [
              { from: x, to: y, amountMinor: 5n, currency: 'EUR', operation: 'payment' },
              { from: y, to: z, amountMinor: 3n, currency: 'EUR', operation: 'payment' },
            ],
            watched,
          );
        }),
      );
    }
    if (!prepare) {
      expect(await checkBooks(busy.read)).toEqual([]);
      expect((await sql<{ n: bigint }>`select count(*) n from ledger_entries`.execute(busy.read)).rows[0]?.n).toBe(BigInt(rounds * atOnce));
    }
    await watched.close();
    await busy.close();
    return seen;
  }

  test('never wait for each other in a circle', async () => {
    expect(await deadlocks({ rounds: 10, atOnce: 32 })).toBe(0);
  });

  test('negative control: with a lock that minds the foreign keys, they do', async () => {
    const { rows } = await sql<{ source: string }>`select pg_get_functiondef('ledger_keep_balances'::regproc) source`.execute(db.read);
    const prepare = rows[0]?.source.replaceAll('for no key update', 'for update');
    expect(prepare).toContain('for update');
    expect(await deadlocks({ rounds: 2, atOnce: 6, ...(prepare ? { prepare } : {}) })).toBeGreaterThan(0);
  });
});
