import { expect, test } from 'vitest';
import { secondsToWait, type TryLimit } from './try-rules.ts';

const limit: TryLimit = { free: 5, firstWaitSeconds: 30, longestWaitSeconds: 900 };
const at = new Date('2026-03-02T09:00:00Z');
const wait = (tried: number, secondsAgo: number) => secondsToWait(limit, tried, new Date(at.getTime() - secondsAgo * 1000), at);

test.each<[string, number, number, number]>([
  ['the first five are free', 4, 0, 0],
  ['the sixth waits half a minute', 5, 0, 30],
  ['one second before it may', 5, 29, 1],
  ['exactly then it may', 5, 30, 0],
  ['then a minute', 6, 0, 60],
  ['then two', 7, 0, 120],
  ['never more than a quarter of an hour', 10, 0, 900],
  ['nor after a thousand tries', 1000, 0, 900],
  ['half a second is not a second', 5, 29.5, 1],
  ['a clock that was set back makes nobody wait longer', 5, -3600, 30],
])('%s', (_name, tried, secondsAgo, expected) => {
  expect(wait(tried, secondsAgo)).toBe(expected);
});

test('who has not tried does not wait', () => {
  expect(secondsToWait({ ...limit, free: 0 }, 0, null, at)).toBe(0);
});
