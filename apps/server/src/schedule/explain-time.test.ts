import { expect, test } from 'vitest';
import { type WishedTime, whyNotOffered } from './explain-time.ts';
import { plainSalon } from './testing/plain-salon.ts';

const salon = plainSalon({
  location: { leadMinutes: 60, horizonDays: 7 },
  services: {
    cut: { durationMinutes: 60, bufferAfterMinutes: 15 },
    secret: { online: false },
    marathon: { durationMinutes: 1440, bufferBeforeMinutes: 121 },
  },
  staff: { anna: { hours: { every: { works: [[540, 1080]], breaks: [[780, 840]] }, '2026-11-25': { works: [] } } }, bob: { does: {} } },
});
const why = (startsAt: string, other: Partial<WishedTime> = {}) =>
  whyNotOffered({
    ...salon,
    serviceIds: ['cut'],
    staffId: 'anna',
    now: new Date('2026-11-23T08:00:00+02:00'),
    ...other,
    startsAt: new Date(`2026-11-${startsAt}:00+02:00`),
  });

test('a time that is offered has nothing to explain', () => {
  expect(why('23T09:00')).toBeUndefined();
  expect(why('23T17:00')).toBeUndefined();
});
test.each([
  ['22T10:00', 'past'],
  ['23T08:30', 'lead_time'],
  ['30T17:00', undefined],
  ['23T09:10', 'off_grid'],
  ['24T08:30', 'not_working'],
  ['24T17:30', 'not_working'],
  ['25T10:00', 'not_working'],
  ['24T12:30', 'break'],
  ['24T13:00', 'break'],
])('%s → %s', (at, reason) => {
  expect(why(at)).toBe(reason);
});
test('the day after the horizon is beyond it, however good the time', () => {
  expect(
    whyNotOffered({
      ...salon,
      serviceIds: ['cut'],
      staffId: 'anna',
      now: new Date('2026-11-23T08:00:00+02:00'),
      startsAt: new Date('2026-12-01T09:00:00+02:00'),
    }),
  ).toBe('beyond_horizon');
});
test('what somebody does not do, or not online, or nobody can do in a day, is not offered', () => {
  expect(why('24T10:00', { staffId: 'bob' })).toBe('not_offered');
  expect(why('24T10:00', { staffId: 'nobody' })).toBe('not_offered');
  expect(why('24T10:00', { serviceIds: ['secret'] })).toBe('not_offered');
  expect(why('24T10:00', { serviceIds: ['marathon'] })).toBe('not_offered');
  expect(why('24T10:00', { serviceIds: [] })).toBe('not_offered');
});
test('taken is said only to those who bring what is taken', () => {
  const busy = [[Date.parse('2026-11-24T11:10:00+02:00'), Date.parse('2026-11-24T12:00:00+02:00')]] as const;
  expect(why('24T10:00', { busy })).toBe('taken'); // the buffer
  expect(why('24T09:30', { busy })).toBeUndefined();
  expect(why('24T12:00', { busy })).toBeUndefined();
  expect(why('24T10:00')).toBeUndefined();
});
