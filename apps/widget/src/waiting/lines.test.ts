import type { PublicEvent } from '@holdfast/contract/events';
import { wishedAgain } from '@holdfast/contract/say-waiting';
import { expect, test } from 'vitest';
import { plainPage } from '../testing/plain-page.ts';
import { dayFaults, type Line, minuteOf, needsCode, promisesFor } from './lines.ts';

const lineOf = (more: Partial<PublicEvent>): Line => ({
  kind: 'event',
  places: 1,
  event: { membership: 'payment', policy: { status: 'required', reason: 'service_required' }, priceMinMinor: 1500, ...more } as PublicEvent,
});

test('only ways of paying that make sense are offered', () => {
  expect(promisesFor(plainPage, lineOf({}))).toEqual(['pay', 'account']);
  expect(promisesFor(plainPage, lineOf({ membership: 'either' }))).toEqual(['pay', 'membership', 'account']);
  expect(promisesFor(plainPage, lineOf({ membership: 'members' }))).toEqual(['pay', 'membership']);
  expect(promisesFor(plainPage, lineOf({ priceMinMinor: 0 }))).toEqual(['pay']);
  expect(promisesFor(plainPage, lineOf({ policy: { status: 'not_available', reason: 'both_not_available' } }))).toEqual(['pay']);
});

test('a promise needs a confirmed phone, and so does a link that would ask for it with the offer', () => {
  const asks = (phoneConfirmation: 'off' | 'before_payment' | 'always') => ({ ...plainPage.widget, phoneConfirmation });
  expect(needsCode(asks('off'), lineOf({}), 'pay')).toBe(false);
  expect(needsCode(asks('off'), lineOf({}), 'account')).toBe(true);
  expect(needsCode(asks('before_payment'), lineOf({}), 'pay')).toBe(true);
  expect(needsCode(asks('before_payment'), lineOf({ policy: { status: 'available', reason: 'service_available' } as never }), 'pay')).toBe(false);
  expect(needsCode(asks('always'), { kind: 'day', day: '2026-03-04', serviceIds: ['cut'], staff: 'any', from: '', to: '' }, 'pay')).toBe(true);
});

test('a day that cannot be booked and hours the wrong way round are said at once', () => {
  const wish = { day: '2026-03-04', staff: 'any', from: '', to: '' };
  expect(dayFaults(wish, plainPage.location)).toEqual([]);
  expect(dayFaults({ ...wish, day: '' }, plainPage.location)).toEqual(['day']);
  expect(dayFaults({ ...wish, day: '2026-12-31' }, plainPage.location)).toEqual(['day']);
  expect(dayFaults({ ...wish, from: '14:00', to: '10:30' }, plainPage.location)).toEqual(['hours']);
  expect([minuteOf('10:30'), minuteOf('')]).toEqual([630, null]);
});

test('for a day too, by what the services and those who do them allow', () => {
  const [first] = plainPage.services;
  if (!first) throw new Error('no service');
  const dayOf = (membership: 'payment' | 'either' | 'members', status: 'required' | 'not_available') => {
    const done = plainPage.staff.map((person) => ({
      ...person,
      services: person.services.map((one) => ({ ...one, policy: { ...one.policy, status } as never })),
    }));
    const page = { ...plainPage, staff: done, services: plainPage.services.map((one) => ({ ...one, membership })) };
    return promisesFor(page, { kind: 'day', day: '2026-03-04', serviceIds: [first.id], staff: 'any', from: '', to: '' });
  };
  expect(dayOf('payment', 'required')).toEqual(['pay', 'account']);
  expect(dayOf('payment', 'not_available')).toEqual(['pay']);
  expect(dayOf('either', 'required')).toEqual(['pay', 'membership', 'account']);
  expect(dayOf('members', 'required')).toEqual(['pay', 'membership']);
});

test('a link to join again says how many places, or which day and hours; anything else says nothing', () => {
  expect(wishedAgain('3')).toEqual({ places: 3 });
  expect(wishedAgain('2026-03-04')).toEqual({ day: '2026-03-04', from: '', to: '' });
  expect(wishedAgain('2026-03-04,600,')).toEqual({ day: '2026-03-04', from: '10:00', to: '' });
  for (const odd of ['', '0', '100', '2026-03', '2026-03-04,x,', '<script>']) expect(wishedAgain(odd)).toBe(null);
});
