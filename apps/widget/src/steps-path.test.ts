import { expect, test } from 'vitest';
import { newDraft } from './booking-draft.ts';
import { furthestStep, reachableStep, stepOfHash } from './steps-path.ts';

const empty = newDraft('d');
const withService = { ...empty, appointments: [{ serviceIds: ['cut'], staff: null, startsAt: null }] };
const withStaff = { ...empty, appointments: [{ serviceIds: ['cut'], staff: 'any', startsAt: null }] };
const complete = { ...empty, appointments: [{ serviceIds: ['cut'], staff: 'any', startsAt: '2026-03-04T10:00:00Z' }] };

test('an address that runs ahead leads to the first thing still missing', () => {
  expect(reachableStep('payment', empty, true)).toBe('services');
  expect(reachableStep('time', withService, true)).toBe('staff');
  expect(reachableStep('details', withStaff, true)).toBe('time');
  expect(reachableStep('payment', complete, false)).toBe('details');
  expect(reachableStep('payment', complete, true)).toBe('payment');
});

test('going back is always possible', () => {
  expect(reachableStep('services', complete, true)).toBe('services');
  expect(reachableStep('staff', complete, true)).toBe('staff');
});

test('a second appointment that is only begun does not hide the details of the first', () => {
  const begun = { ...complete, appointments: [...complete.appointments, { serviceIds: [], staff: null, startsAt: null }], current: 1 };
  expect(reachableStep('details', begun, false)).toBe('details');
});

test('who comes back goes on where they were', () => {
  expect([empty, withService, withStaff, complete].map(furthestStep)).toEqual(['services', 'staff', 'time', 'details']);
});

test('only our own steps are read from an address', () => {
  expect(stepOfHash('#time')).toBe('time');
  expect(stepOfHash('#admin')).toBeNull();
  expect(stepOfHash('')).toBeNull();
});
