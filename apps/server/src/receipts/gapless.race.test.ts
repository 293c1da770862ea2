import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tx } from '../kit/database.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { nextNumber } from './store.ts';

const ISSUERS = 64;
const EACH = 12;

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ salon: { services: {}, staff: {} }, connections: 70, listen: false });
  await sql`create table written (series text not null, number integer not null)`.execute(app.database.read);
  await sql`create sequence plain_numbers`.execute(app.database.read);
});
afterAll(() => app.close());

class ChangedTheirMind extends Error {}

/** Everybody writes documents at once; some change their mind, some are killed on the way. Answers the numbers that were really written, in order. */
async function writeAll(series: string, take: (tx: Tx) => Promise<number>): Promise<{ numbers: readonly number[]; undone: number; killed: number }> {
  let [undone, killed] = [0, 0];
  const issuer = async (who: number) => {
    for (let n = 0; n < EACH; n++) {
      try {
        await app.database.transaction(async (tx) => {
          const number = await take(tx);
          await sql`insert into written values (${series}, ${number})`.execute(tx);
          if ((who + n) % 7 === 3) throw new ChangedTheirMind();
          if ((who * EACH + n) % 97 === 5) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
        });
      } catch (error) {
        if (error instanceof ChangedTheirMind) undone++;
        else killed++;
      }
    }
  };
  await Promise.all(Array.from({ length: ISSUERS }, (_, who) => issuer(who)));
  const { rows } = await sql<{ number: number }>`select number from written where series = ${series} order by number`.execute(app.database.read);
  return { numbers: rows.map(({ number }) => number), undone, killed };
}

const without = (numbers: readonly number[]) => (numbers.at(-1) ?? 0) - new Set(numbers).size;

test('64 who issue at once, change their minds and are killed leave no gap and give no number twice', async () => {
  const { numbers, undone, killed } = await writeAll('R', (tx) => nextNumber(tx, app.scope, 'R', 2026));
  expect(undone).toBeGreaterThan(50);
  expect(killed).toBeGreaterThan(2);
  expect(numbers).toEqual(Array.from({ length: ISSUERS * EACH - undone - killed }, (_, n) => n + 1));
});

test('a sequence of the database would leave gaps: this is how the proof would notice', async () => {
  const { numbers } = await writeAll('plain', async (tx) => {
    const { rows } = await sql<{ n: number }>`select nextval('plain_numbers')::int n`.execute(tx);
    return rows[0]?.n ?? 0;
  });
  expect(without(numbers)).toBeGreaterThan(50);
});
