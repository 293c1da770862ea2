import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createDatabase } from '../kit/database.ts';
import { postgresSource } from '../kit/postgres.ts';
import { card, main, owed, postMoney } from '../testing/post-money.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { checkClosings } from './check-closings.ts';
import { spanOfDay } from './span-of-day.ts';

const POSTERS = 32;

const openOne = (timeZone?: string) =>
  testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'available' } }, staff: {}, ...(timeZone ? { timeZone } : {}) },
    listen: false,
    connections: 40,
  });

/** 32 people post for today without a pause while it is closed; answers how the closed days were changed by that, and how many were dated later. */
async function closeWhilePosting(app: TestApp, rounds: number) {
  const accountant = await signInAs(app, 'accountant');
  const statuses: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const day = app.clock.now().toISOString().slice(0, 10);
    const posting = Array.from({ length: POSTERS }, async (_, n) => {
      for (let again = 0; again < 3; again++)
        await postMoney(app, {
          from: owed,
          to: n % 2 ? main : card,
          amountMinor: 100 + n,
          operation: 'payment',
          itemId: 'services',
          at: app.clock.now(),
        });
    });
    const closing = accountant.here('POST', `days/${day}/closing`, { counts: [], note: '' });
    await Promise.all(posting);
    statuses.push((await closing).status);
    app.clock.advance({ minutes: 24 * 60 });
  }
  const { rows } = await sql<{ moved: number; n: number }>`
    select count(*) filter (where happened_at > recorded_at)::int moved, count(*)::int n from ledger_entries where cause_kind = 'test'`.execute(
    app.database.read,
  );
  return { statuses, faults: await checkClosings(app.database), moved: rows[0]?.moved ?? 0, posted: rows[0]?.n ?? 0 };
}

test('a day is closed while 32 people post: what it says then, it says for ever', async () => {
  const app = await openOne();
  const seen = await closeWhilePosting(app, 3);
  expect(seen.statuses).toEqual(Array(3).fill(200));
  expect(seen.faults).toEqual([]);
  expect(seen.posted).toBe(3 * POSTERS * 3);
  // both sides of the race were there
  expect(seen.moved).toBeGreaterThan(0);
  expect(seen.moved).toBeLessThan(seen.posted);
  await app.close();
});

test('negative control: without the gate, postings slip into a day that is being closed', async () => {
  const app = await openOne();
  // the same, but nobody holds the gate; and whoever posts takes a moment, as a busy database does
  await sql`create or replace function ledger_after_closed_days() returns trigger language plpgsql as $$
    declare open_from timestamptz;
    begin
      select c.closed_until into open_from from day_closings c
        where c.chain_id = new.chain_id and c.location_id = new.location_id and c.reopened_at is null order by c.closed_until desc limit 1;
      if new.happened_at < open_from then new.happened_at := open_from; end if;
      perform pg_sleep(0.01);
      return new;
    end $$`.execute(app.database.read);
  expect((await closeWhilePosting(app, 2)).faults.length).toBeGreaterThan(0);
  await app.close();
});

test('whoever posts does not wait for whoever else posts, only for a closing', async () => {
  const app = await openOne();
  const other = createDatabase(postgresSource(app.database.url, { connections: 2 }));
  const accountant = await signInAs(app, 'accountant');
  await postMoney(app, { from: owed, to: main, amountMinor: 1, operation: 'payment', at: app.clock.now() });
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let begun = () => {};
  const inside = new Promise<void>((resolve) => {
    begun = resolve;
  });
  // somebody has posted into an account of their own and not committed
  const slow = other.transaction(async (tx) => {
    await sql`
      insert into ledger_entries (chain_id, entry_id, location_id, cause_kind, cause_id, happened_at, recorded_at)
      values (${app.scope.chainId}, 'ent_slow', ${app.scope.locationId}, 'test', 'slow', ${app.clock.now()}, ${app.clock.now()})`.execute(tx);
    begun();
    await held;
  });
  await inside;
  await postMoney(app, { from: owed, to: main, amountMinor: 2, operation: 'payment', at: app.clock.now() });
  // a closing waits for them, and gives up before it would hold up everybody
  expect(await accountant.here('POST', 'days/2026-03-02/closing', { counts: [], note: '' })).toMatchObject({
    status: 429,
    body: { code: 'too_many_requests' },
  });
  goOn();
  await slow;
  expect((await accountant.here('POST', 'days/2026-03-02/closing', { counts: [], note: '' })).status).toBe(200);
  await other.close();
  await app.close();
});

test.each([
  ['2026-03-29', 23],
  ['2026-10-25', 25],
  ['2026-03-02', 24],
])('a day is as long as it is at the place: %s has %i hours in Kyiv', (day, hours) => {
  const { from, until } = spanOfDay(day, 'Europe/Kyiv');
  expect((until.getTime() - from.getTime()) / 3_600_000).toBe(hours);
});

test('the last hour of a day of 25 hours is closed with it, the first of the next is not', async () => {
  const app = await openOne('Europe/Kyiv');
  app.clock.advance({ minutes: 240 * 24 * 60 });
  const accountant = await signInAs(app, 'accountant');
  const post = (at: string) => postMoney(app, { from: owed, to: main, amountMinor: 100, operation: 'payment', at });
  await accountant.here('POST', 'days/2026-10-25/closing', { counts: [], note: '' });
  await post('2026-10-25T21:59:59.999Z');
  await post('2026-10-25T22:00:00.000Z');
  await post('2026-10-25T22:00:00.001Z');
  const { rows } = await sql<{ at: Date }>`select happened_at at from ledger_entries order by 1`.execute(app.database.read);
  expect(rows.map(({ at }) => at.toISOString())).toEqual(['2026-10-25T22:00:00.000Z', '2026-10-25T22:00:00.000Z', '2026-10-25T22:00:00.001Z']);
  await app.close();
});
