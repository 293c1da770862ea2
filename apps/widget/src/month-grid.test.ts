import { expect, test } from 'vitest';
import { addMonths, clampDay, dayAfterKey, daysBetween, lastDayOf, monthGrid, weekdayOf } from './month-grid.ts';

const monday = 1;
const sunday = 7;

test('March 2026 begins on a Sunday: a lone first day where weeks start on Monday', () => {
  const grid = monthGrid('2026-03', monday);
  expect(grid).toHaveLength(6);
  expect(grid[0]).toEqual([null, null, null, null, null, null, '2026-03-01']);
  expect(grid[5]).toEqual(['2026-03-30', '2026-03-31', null, null, null, null, null]);
  expect(monthGrid('2026-03', sunday)[0]?.[0]).toBe('2026-03-01');
});

test('every day of every month is there once, in order, under its weekday', () => {
  for (let month = '2024-01'; month < '2029-01'; month = addMonths(month, 1)) {
    for (const start of [monday, sunday]) {
      const grid = monthGrid(month, start);
      const days = grid.flat().filter((day) => day !== null);
      expect(days).toHaveLength(Number(lastDayOf(month).slice(8)));
      expect([...days].sort()).toEqual(days);
      const columns = grid.flatMap((week) => week.map((day, column) => ({ day, weekday: ((start - 1 + column) % 7) + 1 })));
      for (const { day, weekday } of columns) if (day) expect(weekdayOf(day)).toBe(weekday);
    }
  }
});

test('February has 29 days in a leap year', () => {
  expect(lastDayOf('2028-02')).toBe('2028-02-29');
  expect(lastDayOf('2026-02')).toBe('2026-02-28');
  expect(lastDayOf('2026-12')).toBe('2026-12-31');
  expect(addMonths('2026-12', 1)).toBe('2027-01');
  expect(addMonths('2026-01', -1)).toBe('2025-12');
});

test('the clocks changing does not add or lose a day', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
});

test('arrows move by day and week, Home and End inside the week, Page keys by month', () => {
  const from = (key: string, rightToLeft = false) => dayAfterKey(key, '2026-03-31', monday, rightToLeft);
  expect(from('ArrowRight')).toBe('2026-04-01');
  expect(from('ArrowLeft')).toBe('2026-03-30');
  expect(from('ArrowLeft', true)).toBe('2026-04-01');
  expect(from('ArrowUp')).toBe('2026-03-24');
  expect(from('ArrowDown')).toBe('2026-04-07');
  expect(from('Home')).toBe('2026-03-30');
  expect(from('End')).toBe('2026-04-05');
  expect(from('PageDown')).toBe('2026-04-30');
  expect(from('PageUp')).toBe('2026-02-28');
  expect(from('Tab')).toBeNull();
});

test('the focus stays inside what can be booked', () => {
  expect(clampDay('2026-02-28', '2026-03-02', '2026-05-01')).toBe('2026-03-02');
  expect(clampDay('2026-05-02', '2026-03-02', '2026-05-01')).toBe('2026-05-01');
});
