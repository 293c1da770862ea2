import type { PublicEvent } from '@holdfast/contract/events';
import { expect, test } from 'vitest';
import { plainPage } from '../testing/plain-page.ts';
import { dayFaults, type Line, minuteOf, needsCode, promisesFor } from './lines.ts';

const lineOf = (more: Partial<PublicEvent>): Line => ({
  kind: 'event',
  places: 1,
  event: { membership: 'payment', policy: { status: 'required', reason: 'service_required' }, priceMinMinor: 1500, ...more } as PublicEvent,
});

test('only ways of paying that make sense are offered', () => {
  expect(promisesFor(lineOf({}))).toEqual(['pay', 'account']);
  expect(promisesFor(lineOf({ membership: 'either' }))).toEqual(['pay', 'membership', 'account']);
  expect(promisesFor(lineOf({ membership: 'members' }))).toEqual(['pay', 'membership']);
  expect(promisesFor(lineOf({ priceMinMinor: 0 }))).toEqual(['pay']);
  expect(promisesFor(lineOf({ policy: { status: 'not_available', reason: 'both_not_available' } }))).toEqual(['pay']);
  expect(promisesFor({ kind: 'day', day: '2026-03-04', serviceIds: ['cut'], staff: 'any' })).toEqual(['pay']);
});

test('a promise needs a confirmed phone, and so does a link that would ask for it with the offer', () => {
  const asks = (phoneConfirmation: 'off' | 'before_payment' | 'always') => ({ ...plainPage.widget, phoneConfirmation });
  expect(needsCode(asks('off'), lineOf({}), 'pay')).toBe(false);
  expect(needsCode(asks('off'), lineOf({}), 'account')).toBe(true);
  expect(needsCode(asks('before_payment'), lineOf({}), 'pay')).toBe(true);
  expect(needsCode(asks('before_payment'), lineOf({ policy: { status: 'available', reason: 'service_available' } as never }), 'pay')).toBe(false);
  expect(needsCode(asks('always'), { kind: 'day', day: '2026-03-04', serviceIds: ['cut'], staff: 'any' }, 'pay')).toBe(true);
});

test('a day that cannot be booked and hours the wrong way round are said at once', () => {
  const wish = { day: '2026-03-04', staff: 'any', from: '', to: '' };
  expect(dayFaults(wish, plainPage.location)).toEqual([]);
  expect(dayFaults({ ...wish, day: '' }, plainPage.location)).toEqual(['day']);
  expect(dayFaults({ ...wish, day: '2026-12-31' }, plainPage.location)).toEqual(['day']);
  expect(dayFaults({ ...wish, from: '14:00', to: '10:30' }, plainPage.location)).toEqual(['hours']);
  expect([minuteOf('10:30'), minuteOf('')]).toEqual([630, null]);
});
