import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../testing/test-database.ts';

test('money comes back as bigint, instants as Date, days as text', async () => {
  const db = await testDatabase();
  const { rows } = await sql<
    Record<string, unknown>
  >`select 9007199254740993::int8 money, '2026-03-29T01:00Z'::timestamptz at, '2026-03-29'::date as day`.execute(db.read);
  expect(rows[0]).toEqual({ money: 9007199254740993n, at: new Date('2026-03-29T01:00:00Z'), day: '2026-03-29' });
  await db.close();
});
