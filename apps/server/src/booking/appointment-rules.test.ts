import { appointmentStatuses } from '@holdfast/contract/steps';
import { expect, test } from 'vitest';
import { whereMoneyBelongs } from './appointment-rules.ts';

const at = new Date('2026-03-02T09:00:00Z');
const startsAt = new Date('2026-03-03T09:00:00Z');

test('money in whatever state never makes an appointment paid with more than it asks for: what would be too much is the client’s', () => {
  for (const status of appointmentStatuses) {
    for (const paidMinor of [1n, 4000n, 5000n]) {
      expect(whereMoneyBelongs({ status, startsAt, dueMinor: 5000n, paidMinor }, 5000n, at)).toEqual({ kind: 'credited', because: 'already_paid' });
    }
    expect(whereMoneyBelongs({ status, startsAt, dueMinor: 0n, paidMinor: 0n }, 1n, at)).toEqual({ kind: 'credited', because: 'not_due' });
  }
});

test('the rest after a part has gone back confirms again', () => {
  expect(whereMoneyBelongs({ status: 'confirmed', startsAt, dueMinor: 5000n, paidMinor: 4000n }, 1000n, at)).toEqual({
    kind: 'confirm',
    appliedMinor: 1000n,
  });
});

test('a lost time is tried again until it has begun', () => {
  const lost = { status: 'expired' as const, dueMinor: 5000n, paidMinor: 0n };
  expect(whereMoneyBelongs({ ...lost, startsAt }, 5000n, at)).toEqual({ kind: 'try_restore', appliedMinor: 5000n });
  expect(whereMoneyBelongs({ ...lost, startsAt: at }, 5000n, at)).toEqual({ kind: 'credited', because: 'time_past' });
});
