import { expect, test } from 'vitest';
import { type Hours, type MinuteSpan, workDay } from './hours.ts';
import { isWithinHours, leftOutside } from './outside-hours.ts';

const week = (works: readonly MinuteSpan[], breaks: readonly MinuteSpan[] = []): Hours => ({
  week: new Map([['anna', new Map([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, workDay(works, breaks)]))]]),
  days: new Map(),
});
const visit = (startsAt: string, endsAt: string) => ({ staffId: 'anna', startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
const fits = (hours: Hours, startsAt: string, endsAt: string) => isWithinHours(hours, 'Europe/Kyiv', visit(startsAt, endsAt));

test('a visit fits from opening until closing exactly, and not a minute beyond', () => {
  const hours = week([[540, 1080]]);
  expect(fits(hours, '2026-03-03T07:00:00Z', '2026-03-03T16:00:00Z')).toBe(true);
  expect(fits(hours, '2026-03-03T06:59:00Z', '2026-03-03T08:00:00Z')).toBe(false);
  expect(fits(hours, '2026-03-03T15:30:00Z', '2026-03-03T16:01:00Z')).toBe(false);
});

test('a visit does not fit over a break, and nobody fits on a day off', () => {
  const hours = week([[540, 1080]], [[780, 840]]);
  expect(fits(hours, '2026-03-03T10:00:00Z', '2026-03-03T11:00:00Z')).toBe(true);
  expect(fits(hours, '2026-03-03T10:30:00Z', '2026-03-03T11:30:00Z')).toBe(false);
  expect(
    fits({ ...hours, days: new Map([['anna', new Map([['2026-03-03', workDay([], [])]])]]) }, '2026-03-03T08:00:00Z', '2026-03-03T09:00:00Z'),
  ).toBe(false);
});

test('who works through midnight is visited through midnight', () => {
  expect(
    fits(
      week([
        [0, 120],
        [1200, 1440],
      ]),
      '2026-03-03T21:00:00Z',
      '2026-03-03T23:00:00Z',
    ),
  ).toBe(true);
});

test('hours are of the clock on the wall, also on the day that it changes', () => {
  const hours = week([[540, 600]]);
  // 09:00 in Kyiv: 07:00 UTC in winter, 06:00 UTC from 29 March 2026 on
  expect(fits(hours, '2026-03-28T07:00:00Z', '2026-03-28T08:00:00Z')).toBe(true);
  expect(fits(hours, '2026-03-29T06:00:00Z', '2026-03-29T07:00:00Z')).toBe(true);
  expect(fits(hours, '2026-03-29T07:00:00Z', '2026-03-29T08:00:00Z')).toBe(false);
});

test('only what fitted before is said to be left outside', () => {
  const [late, noon] = [visit('2026-03-03T15:00:00Z', '2026-03-03T16:00:00Z'), visit('2026-03-03T10:00:00Z', '2026-03-03T11:00:00Z')];
  const [long, short] = [week([[540, 1080]]), week([[540, 1000]])];
  expect(leftOutside(long, short, 'Europe/Kyiv', [late, noon])).toEqual([late]);
  expect(leftOutside(short, short, 'Europe/Kyiv', [late, noon])).toEqual([]);
});
