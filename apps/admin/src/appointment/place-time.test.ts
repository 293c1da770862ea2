import { expect, test } from 'vitest';
import { instantOfPlaceTime, placeTimeOf } from './place-time.ts';

test('a time is the clock’s at the place, wherever one looks from', () => {
  expect(instantOfPlaceTime({ day: '2026-11-21', time: '14:30' }, 'Europe/Kyiv')).toBe('2026-11-21T12:30:00.000Z');
  expect(instantOfPlaceTime({ day: '2026-07-01', time: '00:15' }, 'America/Sao_Paulo')).toBe('2026-07-01T03:15:00.000Z');
  expect(placeTimeOf('2026-11-21T23:30:00Z', 'Europe/Kyiv')).toEqual({ day: '2026-11-22', time: '01:30' });
});

test('the hour that the clocks jump over is no time', () => {
  expect(instantOfPlaceTime({ day: '2026-03-29', time: '01:30' }, 'Europe/Lisbon')).toBeUndefined();
  expect(instantOfPlaceTime({ day: '2026-03-29', time: '02:00' }, 'Europe/Lisbon')).toBe('2026-03-29T01:00:00.000Z');
  expect(instantOfPlaceTime({ day: '2026-03-29', time: '00:45' }, 'Europe/Lisbon')).toBe('2026-03-29T00:45:00.000Z');
});

test('of the hour that comes twice the first one is meant', () => {
  expect(instantOfPlaceTime({ day: '2026-10-25', time: '01:30' }, 'Europe/Lisbon')).toBe('2026-10-25T00:30:00.000Z');
});

test('half a date is no time yet', () => {
  for (const typed of [
    { day: '', time: '10:00' },
    { day: '2026-11-21', time: '' },
    { day: '2026-13-45', time: '10:00' },
    { day: '2026-11-21', time: '25:00' },
  ])
    expect(instantOfPlaceTime(typed, 'Europe/Kyiv')).toBeUndefined();
});

test('what is shown is read back as the same moment, over a whole year', () => {
  for (const zone of ['Europe/Kyiv', 'Europe/Lisbon', 'Australia/Lord_Howe'])
    for (let hour = 0; hour < 366 * 24; hour += 7) {
      const instant = new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000).toISOString();
      const back = instantOfPlaceTime(placeTimeOf(instant, zone), zone);
      // within the doubled hour the second one is read as the first
      expect(Date.parse(instant) - Date.parse(back ?? '')).toSatisfy((apart: number) => apart === 0 || apart === 3_600_000 || apart === 1_800_000);
    }
});
