import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintScope, type Scope } from '../access/scope.ts';
import { newIdAt } from '../kit/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { checkBooks } from './check-books.ts';
import { type AccountName, openAccount } from './open-account.ts';
import { postEntry } from './post-entry.ts';
import { balanceOf, moneyOfPurpose } from './read-books.ts';
import { shareOut } from './share-out.ts';
import { spendClientMoney, unspendClientMoney } from './spend-client-money.ts';

const at = new Date('2026-03-02T09:00:00Z');
const deps = { now: () => at, newId: (kind: string) => newIdAt(kind, at) };
const [kyiv, lviv, odesa] = ['loc_kyiv', 'loc_lviv', 'loc_odesa'].map((id) => mintScope('cha_spend', id)) as [Scope, Scope, Scope];
let number = 0;

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ connections: 32 });
});
afterAll(async () => {
  expect(await checkBooks(db.read)).toEqual([]);
  await db.close();
});

/** A client with money at these locations. */
async function clientWith(money: readonly (readonly [Scope, bigint])[], { currency = 'EUR', creditLimitMinor = 0n } = {}): Promise<string> {
  const client = `cli_${++number}`;
  for (const [scope, amountMinor] of money)
    await db.transaction(async (tx) => {
      const from = await openAccount(tx, deps, scope, { kind: 'client', ownerId: client, currency });
      const to = await openAccount(tx, deps, scope, { kind: 'register', ownerId: 'main', currency });
      const postings = [{ from, to, amountMinor, currency, operation: 'top_up' as const, itemId: 'top_ups' }];
      await postEntry(tx, deps, { scope, cause: { kind: 'test_top_up', id: `${++number}` }, happenedAt: at, memo: '', postings });
    });
  await sql`update client_accounts set credit_limit_minor = ${creditLimitMinor} where chain_id = ${kyiv.chainId} and owner_id = ${client}`.execute(
    db.read,
  );
  return client;
}

function spend(
  place: Scope,
  ownerId: string,
  amountMinor: bigint,
  { currency = 'EUR', id = `apt_${++number}`, database = db as Pick<TestDatabase, 'transaction'> } = {},
) {
  return database.transaction((tx) =>
    spendClientMoney(tx, deps, place, {
      cause: { kind: 'test_spend', id },
      ownerId,
      amountMinor,
      currency,
      purpose: { kind: 'appointment', id },
      memo: '',
      at,
    }),
  );
}

const balance = (scope: Scope, kind: AccountName['kind'], ownerId: string, currency = 'EUR') =>
  balanceOf(db.read, scope, { kind, ownerId, currency });

describe('money of a chain is spent', () => {
  test('first at the place itself, then at the other locations, and the rest is credit', () => {
    const lying = [
      { locationId: 'a', owedMinor: 30n },
      { locationId: 'b', owedMinor: -5n },
      { locationId: 'c', owedMinor: 20n },
      { locationId: 'd', owedMinor: 50n },
    ];
    const parts = (amount: bigint) => {
      const { shares, creditMinor } = shareOut(amount, 'c', lying);
      return [shares.map(({ locationId, amountMinor }) => `${locationId}${amountMinor}`).join(' '), creditMinor];
    };
    expect(parts(20n)).toEqual(['c20', 0n]);
    expect(parts(21n)).toEqual(['c20 a1', 0n]);
    expect(parts(50n)).toEqual(['c20 a30', 0n]);
    expect(parts(100n)).toEqual(['c20 a30 d50', 0n]);
    expect(parts(101n)).toEqual(['c20 a30 d50', 1n]);
  });

  test('what Lviv lends Kyiv stands in both books, and the visit in Kyiv is paid', async () => {
    const client = await clientWith([
      [kyiv, 1_000n],
      [lviv, 5_000n],
    ]);
    expect(await spend(kyiv, client, 3_000n, { id: 'apt_lent' })).toEqual({
      shares: [
        { locationId: 'loc_kyiv', amountMinor: 1_000n },
        { locationId: 'loc_lviv', amountMinor: 2_000n },
      ],
      creditMinor: 0n,
    });
    expect([await balance(kyiv, 'client', client), await balance(lviv, 'client', client)]).toEqual([0n, -3_000n]);
    expect([await balance(kyiv, 'between', 'loc_lviv'), await balance(lviv, 'between', 'loc_kyiv')]).toEqual([2_000n, -2_000n]);
    expect(await moneyOfPurpose(db.read, kyiv, { kind: 'appointment', id: 'apt_lent' })).toEqual([
      { kind: 'between', currency: 'EUR', movedMinor: 0n },
      { kind: 'client', currency: 'EUR', movedMinor: 3_000n },
      { kind: 'prepayments', currency: 'EUR', movedMinor: -3_000n },
    ]);
  });

  test.each([
    ['JPY', 7_000n],
    ['KWD', 12_345n],
  ])('in %s too, to the smallest unit', async (currency, amount) => {
    const client = await clientWith([[odesa, amount]], { currency });
    await spend(kyiv, client, amount, { currency });
    expect(await balance(odesa, 'client', client, currency)).toBe(0n);
    await expect(spend(kyiv, client, 1n, { currency })).rejects.toMatchObject({ code: 'not_enough_on_account', detail: { spendableMinor: 0 } });
  });

  test('exactly what is there can be spent, and one cent more cannot', async () => {
    const client = await clientWith([
      [kyiv, 10n],
      [lviv, 20n],
    ]);
    await expect(spend(odesa, client, 31n)).rejects.toMatchObject({ code: 'not_enough_on_account', detail: { spendableMinor: 30 } });
    expect(await spend(odesa, client, 30n)).toMatchObject({ creditMinor: 0n });
  });

  test('the rest is credit of the place, up to the limit', async () => {
    const client = await clientWith([[lviv, 10n]], { creditLimitMinor: 5n });
    await expect(spend(kyiv, client, 16n)).rejects.toMatchObject({ code: 'not_enough_on_account' });
    expect(await spend(kyiv, client, 15n)).toEqual({ shares: [{ locationId: 'loc_lviv', amountMinor: 10n }], creditMinor: 5n });
    expect(await balance(kyiv, 'client', client)).toBe(5n);
  });

  test('what is held for a running payment cannot be spent for anything else', async () => {
    const client = await clientWith([[kyiv, 100n]]);
    await sql`update client_accounts set held_minor = 60 where owner_id = ${client}`.execute(db.read);
    await expect(spend(kyiv, client, 41n)).rejects.toMatchObject({ code: 'not_enough_on_account', detail: { spendableMinor: 40 } });
    expect(await spend(kyiv, client, 40n)).toMatchObject({ creditMinor: 0n });
  });

  test('a client nobody has seen has nothing to spend', async () => {
    await expect(spend(kyiv, 'cli_unseen', 1n)).rejects.toMatchObject({ code: 'not_enough_on_account' });
  });

  test('undone, everything lies where it lay before; a second time is refused', async () => {
    const client = await clientWith(
      [
        [kyiv, 10n],
        [lviv, 20n],
        [odesa, 30n],
      ],
      { creditLimitMinor: 50n },
    );
    const before = [await balance(kyiv, 'between', 'loc_lviv'), await balance(odesa, 'between', 'loc_kyiv')];
    await spend(kyiv, client, 100n, { id: 'apt_undone' });
    const undo = () =>
      db.transaction((tx) =>
        unspendClientMoney(tx, deps, kyiv, {
          of: { kind: 'test_spend', id: 'apt_undone' },
          cause: { kind: 'test_undo', id: 'apt_undone' },
          memo: '',
          at,
        }),
      );
    await undo();
    expect([await balance(kyiv, 'client', client), await balance(lviv, 'client', client), await balance(odesa, 'client', client)]).toEqual([
      -10n,
      -20n,
      -30n,
    ]);
    expect([await balance(kyiv, 'between', 'loc_lviv'), await balance(odesa, 'between', 'loc_kyiv')]).toEqual(before);
    await expect(undo()).rejects.toThrow();
  });

  test('of 20 who spend the same money at three places at once, as many succeed as there is money for', async () => {
    const client = await clientWith([
      [kyiv, 400n],
      [lviv, 300n],
      [odesa, 300n],
    ]);
    const tries = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => spend([kyiv, lviv, odesa][n % 3] ?? kyiv, client, 100n)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    for (const one of tries) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'not_enough_on_account' });
  });
});
