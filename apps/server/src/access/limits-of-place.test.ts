import type { Right } from '@holdfast/contract/rights';
import { expect, test } from 'vitest';
import { mayTouchRegister, withinLastDays, withinRefundLimit } from './limits-of-place.ts';

const KYIV = 'Europe/Kyiv';
const editing = (days?: number) => ({
  rights: new Set<Right>(['transactions.edit']),
  lastDays: days === undefined ? {} : { 'transactions.edit': days },
});
const may = (days: number | undefined, happened: string, now: string, timeZone = KYIV) =>
  withinLastDays(editing(days), 'transactions.edit', new Date(happened), new Date(now), timeZone);

test('who has no right has none for any day', () => {
  const place = { rights: new Set<Right>(), lastDays: {} };
  const now = new Date('2026-03-02T09:00:00Z');
  expect(withinLastDays(place, 'transactions.edit', now, now, KYIV)).toBe(false);
});

test.each<[string, number | undefined, string, string, boolean]>([
  ['without a limit years ago is fine', undefined, '2019-01-01T00:00:00Z', '2026-03-02T09:00:00Z', true],
  ['one day is today, from its first minute', 1, '2026-03-01T22:00:00Z', '2026-03-02T21:59:59Z', true],
  ['and not yesterday’s last second', 1, '2026-03-01T21:59:59Z', '2026-03-01T22:00:00Z', false],
  ['seven days: the first minute of the seventh still counts', 7, '2026-02-23T22:00:00Z', '2026-03-02T21:59:00Z', true],
  ['the second before it does not', 7, '2026-02-23T21:59:59Z', '2026-03-02T09:00:00Z', false],
  ['later today counts', 1, '2026-03-02T20:00:00Z', '2026-03-02T09:00:00Z', true],
  ['tomorrow does not', 7, '2026-03-02T22:00:00Z', '2026-03-02T09:00:00Z', false],
  // 29 March 2026 has 23 hours in Kyiv
  ['a short day is a day: its first minute, seen late the next evening', 2, '2026-03-28T22:00:00Z', '2026-03-30T20:59:59Z', true],
  ['the second before it is the third day', 2, '2026-03-28T21:59:59Z', '2026-03-30T20:59:59Z', false],
  // 25 October 2026 has 25 hours
  ['a long day is a day: its first minute is more than 24 hours ago and still today', 1, '2026-10-24T21:00:00Z', '2026-10-25T21:59:59Z', true],
  ['both of its 03:30 are today', 1, '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', true],
  ['the second before it is yesterday', 1, '2026-10-24T20:59:59Z', '2026-10-25T21:59:59Z', false],
])('%s', (_name, days, happened, now, expected) => {
  expect(may(days, happened, now)).toBe(expected);
});

test('the same instants are another day in another place', () => {
  expect(may(1, '2026-03-01T22:30:00Z', '2026-03-02T09:00:00Z', KYIV)).toBe(true);
  expect(may(1, '2026-03-01T22:30:00Z', '2026-03-02T09:00:00Z', 'Europe/Lisbon')).toBe(false);
});

test('chosen registers are the only ones; without a choice all are', () => {
  expect([undefined, new Set<string>(), new Set(['acc_main'])].map((registers) => mayTouchRegister({ registers }, 'acc_main'))).toEqual([
    true,
    false,
    true,
  ]);
  expect(mayTouchRegister({ registers: new Set(['acc_main']) }, 'acc_card')).toBe(false);
});

test('a refund of exactly the limit is allowed, a cent more is not', () => {
  expect([4999n, 5000n, 5001n].map((amount) => withinRefundLimit({ refundLimitMinor: 5000n }, amount))).toEqual([true, true, false]);
  expect(withinRefundLimit({ refundLimitMinor: 0n }, 1n)).toBe(false);
  expect(withinRefundLimit({ refundLimitMinor: undefined }, 10n ** 15n)).toBe(true);
});
