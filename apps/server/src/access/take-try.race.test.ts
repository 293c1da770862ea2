import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import type { SqlSource } from '../kit/sql-source.ts';
import { browserOf, PASSWORD, userWithPassword } from '../testing/browser-of.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
afterEach(() => app.close());

const open = async (wrap?: (source: SqlSource) => SqlSource) => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } },
    listen: false,
    connections: 30,
    ...(wrap ? { wrap } : {}),
  });
  await userWithPassword(app);
};
/** How many of fifty guesses at the same moment, each from another network, were told that the password is wrong. */
const guessesThatGotThrough = async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      browserOf(app, `198.51.100.${n + 1}`).call('POST', 'sign-in', { email: 'ana@salon.example', password: `guess number ${n}` }),
    ),
  );
  const count = (status: number) => answers.filter((one) => one.status === status).length;
  expect(count(401) + count(429)).toBe(50);
  return count(401);
};

test('fifty guesses at once do not get more tries than one after the other', async () => {
  await open();
  expect(await guessesThatGotThrough()).toBe(5);
});

test('without the lock they would', async () => {
  await open((source) => ({
    async connect() {
      const connection = await source.connect();
      return {
        query: (text, values, name) => connection.query(text.replace(/select pg_advisory_xact_lock\(.*/, 'select $1::text'), values, name),
        release: (broken) => connection.release(broken),
      };
    },
    close: () => source.close(),
  }));
  expect(await guessesThatGotThrough()).toBeGreaterThan(5);
});

test('one network that guesses at many addresses waits too, and everybody else does not', async () => {
  await open();
  const guess = (n: number, address: string) =>
    browserOf(app, address).call<{ detail: { retryAfterSeconds: number } }>('POST', 'sign-in', {
      email: `user${n}@salon.example`,
      password: 'wrong wrong wrong',
    });
  const statuses = [];
  for (let n = 0; n < 31; n++) statuses.push((await guess(n, '198.51.100.9')).status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(30);
  const refused = await guess(99, '198.51.100.9');
  expect([refused.status, refused.body.detail.retryAfterSeconds]).toEqual([429, 10]);
  expect((await guess(99, '198.51.100.10')).status).toBe(401);
});

test('guessing at an address from elsewhere does not lock its owner out of the browser they use', async () => {
  await open();
  const ana = { email: 'ana@salon.example', password: PASSWORD };
  const own = browserOf(app, '192.0.2.1');
  expect((await own.call('POST', 'sign-in', ana)).status).toBe(200);
  await guessesThatGotThrough();
  expect((await browserOf(app, '192.0.2.1').call('POST', 'sign-in', ana)).status).toBe(429);
  expect((await own.call('POST', 'sign-in', ana)).status).toBe(200);
  // and nobody waits longer than a quarter of an hour
  app.clock.advance({ minutes: 15 });
  expect((await browserOf(app, '192.0.2.1').call('POST', 'sign-in', ana)).status).toBe(200);
  // which clears what was counted for the address
  const { rows } = await sql<{ n: number }>`select count(*)::int n from sign_in_tries group by counted_for having count(*) > 1`.execute(
    app.database.read,
  );
  expect(rows).toEqual([]);
});
