import { beforeEach, expect, it } from 'vitest';
import { followLive, type Live } from './follow-live.ts';

class Line {
  readyState = 0;
  onmessage: ((event: MessageEvent<string>) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  closed = false;
  close() {
    this.closed = true;
  }
  say(message: unknown) {
    this.readyState = 1;
    this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
  break(readyState: 0 | 2) {
    this.readyState = readyState;
    this.onerror?.(new Event('error'));
  }
}

let lines: Line[];
let lives: Live[];
let waits: { run: () => void; ms: number }[];
let [changes, backs] = [0, 0];
let may = true;
let nowMs = 1000;
const hello = { kind: 'hello', now: '2026-11-21T10:00:00Z' };
const settle = () => new Promise((resolve) => setTimeout(resolve));

function follow() {
  return followLive({
    open: () => {
      const line = new Line();
      lines.push(line);
      return line;
    },
    now: () => nowMs,
    later: (run, ms) => {
      const wait = { run, ms };
      waits.push(wait);
      return () => {
        waits = waits.filter((one) => one !== wait);
      };
    },
    mayStillListen: async () => may,
    onLive: (live) => lives.push(live),
    onChange: () => changes++,
    onBack: () => backs++,
  });
}

beforeEach(() => {
  [lines, lives, waits] = [[], [], []];
  [changes, backs, may, nowMs] = [0, 0, true, 1000];
});

it('says what has changed, and hello is no change', () => {
  follow();
  lines[0]?.say(hello);
  lines[0]?.say({ kind: 'appointments', ids: ['apt_1'] });
  expect([lives.at(-1), changes, backs]).toEqual([{ kind: 'live' }, 1, 0]);
});

it('remembers since when the connection has been lost, and reads anew when it is back', () => {
  follow();
  lines[0]?.say(hello);
  nowMs = 5000;
  lines[0]?.break(0);
  nowMs = 9000;
  lines[0]?.break(0);
  expect(lives.at(-1)).toEqual({ kind: 'lost', sinceMs: 5000 });
  expect(lines).toHaveLength(1); // the browser tries by itself
  lines[0]?.say(hello);
  expect([lives.at(-1), backs]).toEqual([{ kind: 'live' }, 1]);
});

it('tries a line that the server closed again, less and less often', async () => {
  follow();
  for (const expected of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    lines.at(-1)?.break(2);
    await settle();
    expect(waits.at(-1)?.ms).toBe(expected);
    waits.at(-1)?.run();
  }
  lines.at(-1)?.say(hello);
  lines.at(-1)?.break(2);
  await settle();
  expect(waits.at(-1)?.ms).toBe(1000);
});

it('does not go on asking where it is refused', async () => {
  follow();
  may = false;
  lines[0]?.break(2);
  await settle();
  expect([lives.at(-1), waits, lines.length]).toEqual([{ kind: 'refused' }, [], 1]);
});

it('begins a new line after a sleep, and the old one says nothing any more', () => {
  const { wake } = follow();
  lines[0]?.say(hello);
  wake();
  expect(lines[0]?.closed).toBe(true);
  lines[0]?.say({ kind: 'settings' });
  lines[0]?.break(2);
  expect(changes).toBe(0);
  lines[1]?.say(hello);
  expect(backs).toBe(1);
});

it('is quiet once it is stopped, also when an answer comes afterwards', async () => {
  const { stop } = follow();
  lines[0]?.break(2);
  stop();
  await settle();
  expect([waits, lines.length, lines[0]?.closed]).toEqual([[], 1, false]);
});
