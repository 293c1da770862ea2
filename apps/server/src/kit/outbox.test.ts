import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { MovableClock } from './clock.ts';
import { createDatabase } from './database.ts';
import type { Deps } from './deps.ts';
import { newIdAt } from './new-id.ts';
import { deliverOutbox, type OutboxEvent, tell } from './outbox.ts';
import { postgresSource } from './postgres.ts';
import { outboxPruningChore } from './prune-outbox.ts';

let db: TestDatabase;
let clock: MovableClock;
let deps: Deps;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await sql`delete from outbox`.execute(db.read);
  clock = new MovableClock({ start: new Date('2026-05-01T10:00:00Z') });
  deps = { db, now: () => clock.now(), newId: (kind) => newIdAt(kind, clock.now()), log: pino({ level: 'silent' }) };
});

const tellAll = (topic: string, count: number) =>
  db.transaction(async (tx) => {
    for (let no = 0; no < count; no++)
      await tell(tx, 'chain', {
        id: `out_${String(no).padStart(3, '0')}`,
        topic,
        subjectId: `s${no}`,
        payload: { no, text: 'é"\\' },
        at: clock.now(),
      });
  });

async function rows() {
  return (
    await sql<{ outbox_id: string; due_at: Date | null; tries: number; last_error: string | null }>`select * from outbox order by outbox_id`.execute(
      db.read,
    )
  ).rows;
}

test('what is told is delivered once, as it was told, in the order it was told', async () => {
  await tellAll('booked', 3);
  const heard: OutboxEvent[] = [];
  const booked = async (_deps: Deps, event: OutboxEvent) => {
    heard.push(event);
  };
  expect(await deliverOutbox(deps, { booked }, { limit: 10 })).toBe(3);
  expect(await deliverOutbox(deps, { booked }, { limit: 10 })).toBe(0);
  clock.advance({ minutes: 600 });
  expect(await deliverOutbox(deps, { booked }, { limit: 10 })).toBe(0);
  expect(heard.map((event) => event.id)).toEqual(['out_000', 'out_001', 'out_002']);
  expect(heard[1]).toMatchObject({
    chainId: 'chain',
    topic: 'booked',
    subjectId: 's1',
    payload: { no: 1, text: 'é"\\' },
    toldAt: new Date('2026-05-01T10:00:00Z'),
  });
});

test('what is told in a transaction that fails is never heard', async () => {
  await expect(
    db.transaction(async (tx) => {
      await tell(tx, 'chain', { id: 'out_x', topic: 'booked', subjectId: 's', at: clock.now() });
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect(await rows()).toEqual([]);
});

test('a topic that nobody listens to is done at once, also when it is named like something every object has', async () => {
  await tellAll('toString', 2);
  expect(await deliverOutbox(deps, {}, { limit: 10 })).toBe(2);
  expect((await rows()).map((row) => row.due_at)).toEqual([null, null]);
});

test('nothing is delivered a millisecond before it is due', async () => {
  await tellAll('booked', 1);
  clock.setOffset(-1);
  expect(await deliverOutbox(deps, {}, { limit: 10 })).toBe(0);
  clock.setOffset(0);
  expect(await deliverOutbox(deps, {}, { limit: 10 })).toBe(1);
});

test('a listener that fails is asked again later and later, at most an hour apart, and the others are not kept waiting', async () => {
  await tellAll('booked', 2);
  let fails = true;
  const heard: string[] = [];
  const booked = async (_deps: Deps, event: OutboxEvent) => {
    if (fails && event.id === 'out_000') throw new Error('the line is dead');
    heard.push(event.id);
  };
  await deliverOutbox(deps, { booked }, { limit: 10 });
  expect(heard).toEqual(['out_001']);
  const waits: number[] = [];
  for (let times = 0; times < 14; times++) {
    const [row] = await rows();
    expect(row).toMatchObject({ tries: times + 1, last_error: 'the line is dead' });
    const wait = Number(row?.due_at) - clock.now().getTime();
    waits.push(wait / 1000);
    clock.setOffset(clock.offsetMs + wait - 1);
    expect(await deliverOutbox(deps, { booked }, { limit: 10 })).toBe(0);
    clock.setOffset(clock.offsetMs + 1);
    expect(await deliverOutbox(deps, { booked }, { limit: 10 })).toBe(1);
  }
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600, 3600]);
  fails = false;
  clock.advance({ minutes: 60 });
  await deliverOutbox(deps, { booked }, { limit: 10 });
  expect(heard).toEqual(['out_001', 'out_000']);
  expect((await rows())[0]).toMatchObject({ due_at: null, last_error: null });
});

test('two processes that deliver at once never tell the same thing twice within the lease', async () => {
  const other = createDatabase(postgresSource(db.url, { connections: 4 }));
  const heard: string[] = [];
  const booked = async (mine: Deps, event: OutboxEvent) => {
    heard.push(event.id);
    await sql`select 1`.execute(mine.db.read);
  };
  await tellAll('booked', 200);
  const work = async (mine: Deps) => {
    while ((await deliverOutbox(mine, { booked }, { limit: 7 })) > 0);
  };
  await Promise.all([deps, { ...deps, db: other }, deps, { ...deps, db: other }].map(work));
  await other.close();
  expect(heard.length).toBe(200);
  expect(new Set(heard).size).toBe(200);
});

test('what a process took and did not finish because it died comes again after a minute', async () => {
  await tellAll('booked', 1);
  const heard: string[] = [];
  const dies = () => new Promise<void>(() => {});
  void deliverOutbox(deps, { booked: dies }, { limit: 10 });
  for (let asked = 0; (await rows())[0]?.tries === 0; asked++) expect(asked).toBeLessThan(1000);
  const booked = async (_deps: Deps, event: OutboxEvent) => {
    heard.push(event.id);
  };
  clock.advance({ seconds: 59 });
  expect(await deliverOutbox(deps, { booked }, { limit: 10 })).toBe(0);
  clock.advance({ seconds: 1 });
  expect(await deliverOutbox(deps, { booked }, { limit: 10 })).toBe(1);
  expect(heard).toEqual(['out_000']);
});

test('who finishes after the lease has run out does not take it back from whoever has it now', async () => {
  await tellAll('booked', 1);
  const slow = Promise.withResolvers<void>();
  const first = deliverOutbox(deps, { booked: () => slow.promise }, { limit: 10 });
  for (let asked = 0; (await rows())[0]?.tries === 0; asked++) expect(asked).toBeLessThan(1000);
  clock.advance({ minutes: 2 });
  const failing = async () => {
    throw new Error('not now');
  };
  expect(await deliverOutbox(deps, { booked: failing }, { limit: 10 })).toBe(1);
  slow.resolve();
  await first;
  expect((await rows())[0]).toMatchObject({ tries: 2, last_error: 'not now', due_at: new Date('2026-05-01T10:02:10Z') });
});

test('what was told a month ago and is done is forgotten, in batches; what still waits is kept, however old', async () => {
  await tellAll('booked', 2500);
  await sql`update outbox set due_at = null where outbox_id > 'out_1'`.execute(db.read);
  const waiting = (await rows()).filter(({ due_at }) => due_at !== null).length;
  expect(waiting).toBeGreaterThan(0);
  const { run } = outboxPruningChore(deps);
  const day = 24 * 60;
  clock.advance({ minutes: 30 * day });
  expect(await run(), 'a month to the second is not over').toBe(0);
  clock.advance({ minutes: 10 });
  const taken = [await run(), await run(), await run()];
  expect(taken[0]).toBe(1000);
  expect(taken.reduce((sum, n) => sum + n, 0)).toBe(2500 - waiting);
  expect((await rows()).every(({ due_at }) => due_at !== null)).toBe(true);
  expect(await rows()).toHaveLength(waiting);
});
