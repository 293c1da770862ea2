import { expect, test } from 'vitest';
import { addDays, clockOf, minutesOf, weekStart } from './hours-text.ts';

test('midnight is the beginning of a day and, as an end, its end', () => {
  expect([minutesOf('00:00'), minutesOf('00:00', true), minutesOf('09:05'), minutesOf('')]).toEqual([0, 1440, 545, undefined]);
  expect([clockOf(0), clockOf(545), clockOf(1440)]).toEqual(['00:00', '09:05', '24:00']);
});

test('a week begins where the user’s weeks begin', () => {
  expect([weekStart('2026-11-21', 1), weekStart('2026-11-21', 7), weekStart('2026-11-22', 7), weekStart('2026-11-23', 1)]).toEqual([
    '2026-11-16',
    '2026-11-15',
    '2026-11-22',
    '2026-11-23',
  ]);
});

test('days are counted over months and clock changes', () => {
  expect([addDays('2026-03-28', 2), addDays('2026-12-31', 1), addDays('2026-03-01', -1)]).toEqual(['2026-03-30', '2027-01-01', '2026-02-28']);
});
