import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintScope } from '../access/scope.ts';
import { newIdAt } from '../kit/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { balanceAsKnown, balancesAsKnown } from './balance-as-known.ts';
import { openAccount } from './open-account.ts';
import { postEntry } from './post-entry.ts';

const scope = mintScope('cha_known', 'loc_known');
const elsewhere = mintScope('cha_known', 'loc_elsewhere');
const hour = (n: number) => new Date(Date.UTC(2026, 2, 2, n));
let number = 0;

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

/** Money came into a register; it was written down when it was. */
function pay(amountMinor: bigint, happenedAt: Date, recordedAt: Date, { place = scope, register = 'main', currency = 'EUR' } = {}) {
  const deps = { now: () => recordedAt, newId: (kind: string) => newIdAt(kind, recordedAt) };
  return db.transaction(async (tx) => {
    const from = await openAccount(tx, deps, place, { kind: 'prepayments', ownerId: '', currency });
    const to = await openAccount(tx, deps, place, { kind: 'register', ownerId: register, currency });
    const postings = [{ from, to, amountMinor, currency, operation: 'payment' as const }];
    await postEntry(tx, deps, { scope: place, cause: { kind: 'test', id: `${++number}` }, happenedAt, memo: '', postings });
  });
}

const inTill = (until: Date, knownAt: Date, ownerId = 'main') =>
  balanceAsKnown(db.read, scope, { kind: 'register', ownerId, currency: 'EUR' }, { happenedUntil: until, knownAt });

test('a day’s end does not belong to it, the moment of knowing does', async () => {
  await pay(10n, hour(9), hour(9), { register: 'edges' });
  expect(await inTill(hour(9), hour(9), 'edges')).toBe(0n);
  expect(await inTill(new Date(hour(9).getTime() + 1), hour(9), 'edges')).toBe(10n);
  expect(await inTill(hour(10), new Date(hour(9).getTime() - 1), 'edges')).toBe(0n);
  expect(await inTill(hour(10), hour(10), 'nobody’s')).toBe(0n);
});

test('what was written down on Wednesday about Monday is Monday’s money, but was not known on Tuesday', async () => {
  await pay(300n, hour(12), hour(60), { register: 'late' });
  expect(await inTill(hour(24), hour(40), 'late')).toBe(0n);
  expect(await inTill(hour(24), hour(60), 'late')).toBe(300n);
  expect(await inTill(hour(12), hour(60), 'late')).toBe(0n);
});

test('whatever happened whenever, and was written down whenever: one account and all of them say what adding up says', async () => {
  const written: { amountMinor: bigint; happened: number; recorded: number; register: string; currency: string }[] = [];
  const one = fc.record({
    amountMinor: fc.bigInt(1n, 10n ** 10n),
    happened: fc.nat(9),
    recorded: fc.nat(9),
    register: fc.constantFrom('a', 'b'),
    currency: fc.constantFrom('JPY', 'KWD'),
  });
  await fc.assert(
    fc.asyncProperty(one, fc.nat(10), fc.nat(10), async (next, until, known) => {
      await pay(next.amountMinor, hour(next.happened), hour(next.recorded), next);
      await pay(1n, hour(next.happened), hour(next.recorded), { ...next, place: elsewhere });
      written.push(next);
      const asked = { happenedUntil: hour(until), knownAt: hour(known) };
      const all = await balancesAsKnown(db.read, scope, asked);
      const sums = new Map<string, bigint>();
      for (const { currency, balanceMinor } of all) sums.set(currency, (sums.get(currency) ?? 0n) + balanceMinor);
      expect([...sums.values()].every((sum) => sum === 0n)).toBe(true);
      for (const ownerId of ['a', 'b'])
        for (const currency of ['JPY', 'KWD']) {
          const expected = written
            .filter((w) => w.register === ownerId && w.currency === currency && w.happened < until && w.recorded <= known)
            .reduce((sum, w) => sum + w.amountMinor, 0n);
          expect(await balanceAsKnown(db.read, scope, { kind: 'register', ownerId, currency }, asked)).toBe(expected);
          const among = all.find((account) => account.kind === 'register' && account.ownerId === ownerId && account.currency === currency);
          expect(among?.balanceMinor ?? 0n).toBe(expected);
        }
    }),
    { numRuns: 40 },
  );
});
