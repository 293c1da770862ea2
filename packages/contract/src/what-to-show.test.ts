import { expect, test } from 'vitest';
import type { Booking } from './booking.ts';
import { whatToShow } from './what-to-show.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const booking = (change: Partial<Booking>) => ({ status: 'held', dueMinor: 5200, holdExpiresAt: '2026-03-02T09:15:00Z', ...change }) as Booking;

test('a hold is shown as over at its last second, although the server keeps it a little longer', () => {
  expect(whatToShow(booking({}), now, false)).toBe('held');
  expect(whatToShow(booking({}), Date.parse('2026-03-02T09:14:59.999Z'), false)).toBe('held');
  expect(whatToShow(booking({}), Date.parse('2026-03-02T09:15:00Z'), false)).toBe('run_out');
});

test('who has just come back from paying sees that we are asking, not that nothing has come', () => {
  expect(whatToShow(booking({}), now, true)).toBe('checking');
  expect(whatToShow(booking({ status: 'waiting' }), now, true)).toBe('checking');
  // perhaps paid late: until the provider has been asked nobody may say that nothing was charged
  expect(whatToShow(booking({ status: 'expired' }), now, true)).toBe('checking');
  expect(whatToShow(booking({ status: 'expired' }), now, false)).toBe('expired');
  expect(whatToShow(booking({ status: 'confirmed', dueMinor: 0 }), now, true)).toBe('confirmed');
  expect(whatToShow(booking({ status: 'needs_choice' }), now, true)).toBe('needs_choice');
});
