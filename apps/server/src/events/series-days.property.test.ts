import type { Repeat } from '@holdfast/contract/events';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { dayNumberOf, dayOfNumber, weekdayOf } from '../schedule/local-day.ts';
import { daysAfter, daysOf, instantOf, wallClockOf } from './series-days.ts';

const weekly = (more: Partial<Repeat> = {}): Repeat => ({ every: 'week', interval: 1, weekdays: [], until: null, count: 10, except: [], ...more });

test('a class every Tuesday at 18:00 is at 18:00 on the wall clock before and after the clocks change', () => {
  const days = daysOf('2026-03-17', weekly({ count: 3 }));
  expect(days).toEqual(['2026-03-17', '2026-03-24', '2026-03-31']);
  expect(days.map((day) => instantOf('Europe/Lisbon', day, 18 * 60).toISOString())).toEqual([
    '2026-03-17T18:00:00.000Z',
    '2026-03-24T18:00:00.000Z',
    '2026-03-31T17:00:00.000Z',
  ]);
});

test('a minute that the clocks jump over is as long after the jump, one that comes twice is the first', () => {
  expect(instantOf('Europe/Kyiv', '2026-03-29', 3 * 60 + 30).toISOString()).toBe('2026-03-29T01:30:00.000Z');
  expect(instantOf('Europe/Kyiv', '2026-10-25', 3 * 60 + 30).toISOString()).toBe('2026-10-25T00:30:00.000Z');
});

test('every second week counts from the week of the first day, also for days before it in the week', () => {
  expect(daysOf('2026-03-05', weekly({ interval: 2, weekdays: [1, 4], count: 4 }))).toEqual(['2026-03-05', '2026-03-16', '2026-03-19', '2026-03-30']);
});

test('a day that is left out counts as a date, so that ten weeks are ten weeks', () => {
  expect(daysOf('2026-03-05', weekly({ count: 3, except: ['2026-03-12'] }))).toEqual(['2026-03-05', '2026-03-19']);
});

const zones = ['Europe/Kyiv', 'Europe/Lisbon', 'America/Sao_Paulo', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu'];
const patterns = fc.record({
  every: fc.constantFrom('day' as const, 'week' as const),
  interval: fc.integer({ min: 1, max: 6 }),
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
});
const firstDays = fc.integer({ min: dayNumberOf('2024-01-01'), max: dayNumberOf('2030-12-31') }).map(dayOfNumber);

test('whatever the rule: in order, each day once, on its weekdays, and at the wall-clock minute unless the clocks jump over it', () => {
  fc.assert(
    fc.property(patterns, firstDays, fc.constantFrom(...zones), fc.integer({ min: 0, max: 1439 }), (pattern, firstDay, timeZone, atMinute) => {
      const days = daysOf(firstDay, { ...pattern, until: null, count: 40, except: [] });
      expect(days).toEqual([...new Set(days)].sort());
      const wanted = pattern.weekdays.length > 0 ? pattern.weekdays : [weekdayOf(dayNumberOf(firstDay))];
      for (const day of days) {
        if (pattern.every === 'week') expect(wanted).toContain(weekdayOf(dayNumberOf(day)));
        const at = instantOf(timeZone, day, atMinute);
        const shown = wallClockOf(timeZone, at);
        const plain = Temporal.PlainDateTime.from(`${day}T00:00`).add({ minutes: atMinute });
        const jumped =
          plain.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).epochMilliseconds !==
          plain.toZonedDateTime(timeZone, { disambiguation: 'later' }).epochMilliseconds;
        if (!jumped) expect(shown).toEqual({ day, atMinute });
      }
    }),
    { numRuns: 150 },
  );
});

test('whatever the rule: a series that is extended has the days it would have had from the beginning', () => {
  fc.assert(
    fc.property(patterns, firstDays, fc.integer({ min: 1, max: 30 }), (pattern, firstDay, count) => {
      const whole = daysOf(firstDay, { ...pattern, until: null, count: count + 20, except: [] });
      const begun = daysOf(firstDay, { ...pattern, until: null, count, except: [] });
      const last = begun.at(-1);
      const until = whole.at(-1);
      if (!last || !until) return;
      expect([...begun, ...daysAfter(firstDay, pattern, { after: last, until })]).toEqual(whole);
    }),
    { numRuns: 150 },
  );
});
