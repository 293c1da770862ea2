import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintScope, type Scope } from '../access/scope.ts';
import { newIdAt } from '../kit/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { checkBooks } from './check-books.ts';
import { type AccountName, openAccount } from './open-account.ts';
import { postEntry } from './post-entry.ts';
import { balanceOf } from './read-books.ts';
import { settleBetween } from './settle-between.ts';
import { spendClientMoney } from './spend-client-money.ts';

const at = new Date('2026-03-02T09:00:00Z');
const deps = { now: () => at, newId: (kind: string) => newIdAt(kind, at) };
const [kyiv, lviv] = ['loc_kyiv', 'loc_lviv'].map((id) => mintScope('cha_settle', id)) as [Scope, Scope];
const register = (scope: Scope, currency = 'KWD') =>
  db.transaction((tx) => openAccount(tx, deps, scope, { kind: 'register', ownerId: 'main', currency }));
const balance = (scope: Scope, kind: AccountName['kind'], ownerId: string) => balanceOf(db.read, scope, { kind, ownerId, currency: 'KWD' });

let db: TestDatabase;
// a client filled their account in Lviv with 5.000, and spent 3.000 of it in Kyiv
beforeAll(async () => {
  db = await testDatabase();
  const words = { memo: '', happenedAt: at };
  await db.transaction(async (tx) => {
    const from = await openAccount(tx, deps, lviv, { kind: 'client', ownerId: 'cli', currency: 'KWD' });
    const to = await openAccount(tx, deps, lviv, { kind: 'register', ownerId: 'main', currency: 'KWD' });
    const postings = [{ from, to, amountMinor: 5000n, currency: 'KWD', operation: 'top_up' as const }];
    await postEntry(tx, deps, { ...words, scope: lviv, cause: { kind: 'top_up', id: '1' }, postings });
    const purpose = { kind: 'appointment', id: 'apt' };
    await spendClientMoney(tx, deps, kyiv, {
      cause: { kind: 'spend', id: '1' },
      ownerId: 'cli',
      amountMinor: 3000n,
      currency: 'KWD',
      purpose,
      memo: '',
      at,
    });
  });
});
afterAll(async () => {
  expect(await checkBooks(db.read)).toEqual([]);
  await db.close();
});

async function settle(amountMinor: bigint, { key = `${amountMinor}`, from = lviv, to = kyiv, registerId = '' } = {}): Promise<bigint> {
  const sides = { from: { scope: from, registerId: registerId || (await register(from)) }, to: { scope: to, registerId: await register(to) } };
  const { owedMinor } = await db.transaction((tx) =>
    settleBetween(tx, deps, { ...sides, key, amountMinor, currency: 'KWD', memo: '', by: { id: 'usr', name: 'Olha' }, at }),
  );
  return owedMinor;
}

test('Lviv pays Kyiv what it owes, not more, and once', async () => {
  await expect(settle(3001n)).rejects.toMatchObject({ code: 'more_than_left', detail: { leftMinor: 3000 } });
  await expect(settle(1n, { from: kyiv, to: lviv })).rejects.toMatchObject({ code: 'more_than_left', detail: { leftMinor: 0 } });
  expect(await settle(1000n)).toBe(2000n);
  expect(await settle(1000n)).toBe(2000n);
  expect([await balance(kyiv, 'between', 'loc_lviv'), await balance(lviv, 'between', 'loc_kyiv')]).toEqual([2000n, -2000n]);
  expect([await balance(kyiv, 'register', 'main'), await balance(lviv, 'register', 'main')]).toEqual([1000n, 4000n]);
});

test('a register of another place or currency is none', async () => {
  await expect(settle(1n, { registerId: await register(kyiv) })).rejects.toMatchObject({ code: 'not_found' });
  await expect(settle(1n, { registerId: await register(lviv, 'JPY') })).rejects.toMatchObject({ code: 'not_found' });
});

test('of ten who pay the rest at once, one does', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => settle(2000n, { key: `at once ${n}` })));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
