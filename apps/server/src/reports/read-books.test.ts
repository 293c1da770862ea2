import type { Books } from '@holdfast/contract/books';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { account, card, item, main, owed, postMoney } from '../testing/post-money.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

// Lisbon, Monday 2 March 2026, 09:00.
let app: TestApp;
let accountant: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'available' } }, staff: { anna: { status: 'available' } } },
    listen: false,
  });
  accountant = await signInAs(app, 'accountant');
});
afterAll(() => app.close());

const books = async (query = '') => (await accountant.here<Books>('GET', `books${query}`)).body;
const euros = (all: Books) => all.currencies.find(({ currency }) => currency === 'EUR');
const till = (all: Books) => euros(all)?.registers.find(({ ownerId }) => ownerId === 'main')?.balanceMinor;

test('the books of a day say where every cent was, and make zero together', async () => {
  await postMoney(app, { from: owed, to: main, amountMinor: 4000, operation: 'payment', itemId: 'services', at: '2026-03-01T23:59:59.999Z' });
  await postMoney(app, { from: account('cli_1'), to: card, amountMinor: 1500, operation: 'top_up', itemId: 'top_ups', at: '2026-03-02T00:00:00Z' });
  await postMoney(app, { from: main, to: item('rent'), amountMinor: 1000, operation: 'manual', itemId: 'rent', at: '2026-03-02T08:00:00Z' });
  expect(euros(await books('?on=2026-02-28'))).toMatchObject({ sumMinor: 0, clients: { accounts: 0, balanceMinor: 0 } });
  expect(till(await books('?on=2026-03-01'))).toBe(4000);
  const today = await books();
  expect(today).toMatchObject({ on: '2026-03-02', knownAt: '2026-03-02T09:00:00.000Z' });
  expect(euros(today)).toMatchObject({
    items: [{ ownerId: 'rent', balanceMinor: 1000 }],
    prepayments: [{ balanceMinor: -4000 }],
    clients: { accounts: 1, balanceMinor: -1500 },
    sumMinor: 0,
  });
  expect(till(today)).toBe(3000);
});

test('what was written down later was not known before', async () => {
  app.clock.advance({ minutes: 60 });
  await postMoney(app, { from: owed, to: main, amountMinor: 700, operation: 'payment', itemId: 'services', at: '2026-02-20T10:00:00Z' });
  expect(till(await books('?on=2026-02-20'))).toBe(700);
  expect(till(await books('?on=2026-02-20&knownAt=2026-03-02T09:59:59Z'))).toBe(0);
  expect(till(await books('?on=2026-03-02&knownAt=2026-03-02T10:00:00Z'))).toBe(3700);
});

test('a day that is none is refused, and who may not see reports sees no books', async () => {
  expect((await accountant.here('GET', 'books?on=2026-02-30')).status).toBe(400);
  expect((await accountant.here('GET', 'books?knownAt=yesterday')).status).toBe(400);
  expect((await (await signInAs(app, 'reception')).here('GET', 'books')).status).toBe(403);
});
