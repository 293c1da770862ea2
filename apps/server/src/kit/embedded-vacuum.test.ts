import { pino } from 'pino';
import { expect, test } from 'vitest';
import { embeddedSource } from './embedded.ts';
import { createVacuuming } from './embedded-vacuum.ts';

const log = pino({ level: 'silent' });

test('the embedded database is cleaned after many writes and when it was idle for long, and its files stop growing', async () => {
  const source = await embeddedSource('memory');
  const connection = async (text: string) => {
    const one = await source.connect();
    try {
      return (await one.query(text)).rows[0] as Record<string, unknown>;
    } finally {
      one.release();
    }
  };
  await connection(
    'create table busy (id int primary key, note text); insert into busy select n, repeat($$x$$, 100) from generate_series(1, 1000) n',
  );
  let ms = 0;
  const vacuuming = createVacuuming(source, { log, everyMinutes: 10, afterBytes: 1_000_000n, elapsed: () => ms });

  expect(await vacuuming.look()).toBe(false);
  await connection("update busy set note = 'a few' where id < 10");
  expect(await vacuuming.look()).toBe(false);
  ms += 10 * 60_000 - 1;
  expect(await vacuuming.look()).toBe(false);
  ms += 1;
  expect(await vacuuming.look(), 'ten minutes, and something was written').toBe(true);
  ms += 60 * 60_000;
  expect(await vacuuming.look(), 'nothing was written since').toBe(false);

  const size = async () => Number((await connection("select pg_relation_size('busy') as bytes"))['bytes']);
  const sizes: number[] = [];
  for (let round = 0; round < 8; round++) {
    for (let times = 0; times < 5; times++) await connection("update busy set note = repeat('y', 200)");
    sizes.push(await size());
    expect(await vacuuming.look(), 'many writes').toBe(true);
  }
  expect(sizes.at(-1)).toBeLessThanOrEqual((sizes[1] ?? 0) * 1.1);
  expect(await connection("select reltuples::int as rows from pg_class where relname = 'busy'")).toEqual({ rows: 1000 });

  // negative control: without it the table grows with every round
  await vacuuming.stop();
  for (let times = 0; times < 20; times++) await connection("update busy set note = repeat('y', 200)");
  expect(await size()).toBeGreaterThan((sizes.at(-1) ?? 0) * 2);
  expect(await vacuuming.look(), 'stopped').toBe(false);
  await source.close();
});
