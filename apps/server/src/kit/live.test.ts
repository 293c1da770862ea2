import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type Database } from './database.ts';
import { embeddedSource } from './embedded.ts';
import { createLive, type LiveNews } from './live.ts';
import { migrate } from './migrate.ts';

// The embedded database has one connection, which hears what it has said itself. Real PostgreSQL and several processes: booking/live.test.ts.
let db: Database;
beforeAll(async () => {
  const source = await embeddedSource('memory');
  await migrate(source);
  db = createDatabase(source);
});
afterAll(() => db.close());

test('the embedded database tells its own process what has changed, once, and nothing that was rolled back', async () => {
  const live = createLive({ db, log: pino({ level: 'silent' }) });
  const heard: LiveNews[] = [];
  const leave = await live.subscribe('chn_a', 'loc_a', { heard: (news) => heard.push(news), gap: () => {} });
  const change = (location: string, subject: string | null) =>
    sql`insert into live_changes (chain_id, location_id, subject_id) values ('chn_a', ${location}, ${subject})`;
  await db.transaction(async (tx) => {
    await change('loc_a', 'apt_1').execute(tx);
    await change('loc_a', 'apt_1').execute(tx);
    await change('loc_a', 'apt_2').execute(tx);
    await change('loc_b', 'apt_3').execute(tx);
    await change('loc_a', null).execute(tx);
  });
  await db
    .transaction(async (tx) => {
      await change('loc_a', 'apt_4').execute(tx);
      throw new Error('rolled back');
    })
    .catch(() => {});
  expect(await live.publish()).toBe(5);
  expect(await live.publish()).toBe(0);
  expect(heard).toEqual([
    { chain: 'chn_a', location: 'loc_a', ids: ['apt_1', 'apt_2'] },
    { chain: 'chn_a', location: 'loc_a', settings: true },
  ]);
  leave();
  await change('loc_a', 'apt_5').execute(db.read);
  await live.kick();
  expect(heard).toHaveLength(2);
  await live.close();
});
