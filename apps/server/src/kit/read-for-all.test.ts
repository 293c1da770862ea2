import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LiveListener } from './live.ts';
import { createReadForAll } from './read-for-all.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const news = { chain: 'chn_a', location: 'loc_a', settings: true };
const at = { chainId: 'chn_a', locationId: 'loc_a' };

function world({ fails = 0 } = {}) {
  const listeners: LiveListener[] = [];
  let left = 50;
  let readings = 0;
  const board = createReadForAll<typeof at, number>({
    live: {
      async subscribe(_chain, _location, listener) {
        listeners.push(listener);
        return () => void listeners.splice(listeners.indexOf(listener), 1);
      },
    },
    log: pino({ level: 'silent' }),
    async read() {
      readings += 1;
      if (readings <= fails) throw new Error('no line');
      return left;
    },
    concerns: ({ settings }) => settings === true,
  });
  return {
    listeners,
    board,
    readings: () => readings,
    books(many: number) {
      for (let n = 0; n < many; n++) {
        left -= 1;
        for (const listener of listeners) listener.heard(news);
      }
    },
  };
}

test('fifty places that go in one moment are told a hundred people in two lines each, and read twice', async () => {
  const { board, books, listeners, readings } = world();
  const told: number[][] = Array.from({ length: 100 }, () => []);
  await Promise.all(told.map((mine) => board.follow(at, { id: '', told: (now) => mine.push(now) })));
  await vi.advanceTimersByTimeAsync(1000);
  expect(listeners).toHaveLength(1);
  for (const mine of told) mine.splice(0);
  const before = readings();
  books(10);
  books(40);
  await vi.advanceTimersByTimeAsync(0);
  await vi.advanceTimersByTimeAsync(399);
  expect(readings() - before).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(readings() - before).toBe(2);
  expect(new Set(told.map(String))).toEqual(new Set(['49,0']));
});

test('whoever comes later is told what there is; when the last one goes nothing is heard or read any more', async () => {
  const { board, books, listeners, readings } = world();
  const told: (readonly [number, number | undefined])[] = [];
  const leaveFirst = await board.follow(at, { id: '', told: () => {} });
  await vi.advanceTimersByTimeAsync(400);
  const leaveSecond = await board.follow(at, { id: '', told: (now, before) => told.push([now, before]) });
  await vi.advanceTimersByTimeAsync(400);
  books(1);
  await vi.advanceTimersByTimeAsync(400);
  expect(told).toEqual([
    [50, undefined],
    [49, 50],
  ]);
  leaveFirst();
  leaveFirst();
  expect(listeners).toHaveLength(1);
  leaveSecond();
  expect(listeners).toHaveLength(0);
  const before = readings();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(readings()).toBe(before);
});

test('what time alone changes is found, and what could not be read is read again', async () => {
  const { board } = world({ fails: 1 });
  const told: number[] = [];
  await board.follow(at, { id: '', told: (now) => told.push(now) });
  await vi.advanceTimersByTimeAsync(400);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(told).toEqual([50]);
});
