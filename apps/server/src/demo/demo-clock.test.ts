import { afterEach, beforeEach, expect, test } from 'vitest';
import { MovableClock } from '../kit/clock.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { type DemoClock, openDemoClock } from './demo-clock.ts';

const start = new Date('2026-11-21T10:00:00Z');
let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.close());

const open = (afterMove = async () => {}): Promise<DemoClock> => openDemoClock({ db, clock: new MovableClock({ start }) }, afterMove);

test('the demo begins at the real time', async () => {
  const clock = await open();
  expect([clock.now(), clock.offsetMinutes]).toEqual([start, 0]);
});

test('a moved clock is still moved after a restart', async () => {
  const clock = await open();
  await clock.move(15);
  await clock.move(1);
  expect((await open()).now()).toEqual(new Date('2026-11-21T10:16:00Z'));
});

test('another process follows, and two moves at once add up', async () => {
  const [one, other] = await Promise.all([open(), open()]);
  await Promise.all([one.move(10), other.move(5)]);
  await Promise.all([one.refresh(), other.refresh()]);
  expect([one.offsetMinutes, other.offsetMinutes]).toEqual([15, 15]);
});

test('what has become due is done before the move is answered, at the new time', async () => {
  const seen: Date[] = [];
  const clock: DemoClock = await open(async () => void seen.push(clock.now()));
  await clock.move(16);
  expect(seen).toEqual([new Date('2026-11-21T10:16:00Z')]);
});

test('the clock never goes back', async () => {
  const clock = await open();
  for (const minutes of [0, -1, 0.5, Number.NaN]) await expect(clock.move(minutes)).rejects.toMatchObject({ code: 'invalid_request' });
  expect(clock.offsetMinutes).toBe(0);
});

test('the clock cannot be moved to where dates end', async () => {
  const clock = await open();
  let moves = 0;
  await expect(
    (async () => {
      for (; moves < 100; moves++) await clock.move(100_000);
    })(),
  ).rejects.toMatchObject({ code: 'invalid_request' });
  expect(moves).toBe(52);
  expect((await open()).offsetMinutes).toBe(5_200_000);
});
