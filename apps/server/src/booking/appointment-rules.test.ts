import { appointmentStatuses } from '@holdfast/contract/steps';
import { expect, test } from 'vitest';
import { visitDueMinor, whereMoneyBelongs } from './appointment-rules.ts';

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

test('of money by the link the visit takes what it still costs, and the rest is the client’s, in whatever state it is', () => {
  const takes = (status: (typeof appointmentStatuses)[number], paidMinor: bigint, amountMinor: bigint, dueMinor = 6000n) =>
    whereMoneyBelongs({ status, startsAt, dueMinor, paidMinor }, amountMinor, at, 'part');
  for (const status of ['held', 'waiting', 'confirmed', 'arrived', 'no_show'] as const) {
    expect(takes(status, 0n, 6000n)).toEqual({ kind: 'confirm', appliedMinor: 6000n });
    expect(takes(status, 5000n, 6000n)).toEqual({ kind: 'confirm', appliedMinor: 1000n });
    expect(takes(status, 0n, 1000n)).toEqual({ kind: 'confirm', appliedMinor: 1000n });
  }
  expect(takes('expired', 0n, 7000n)).toEqual({ kind: 'try_restore', appliedMinor: 6000n });
  expect(takes('cancelled', 0n, 6000n)).toEqual({ kind: 'credited', because: 'cancelled' });
  for (const status of appointmentStatuses) {
    expect(takes(status, 6000n, 1n)).toEqual({ kind: 'credited', because: 'already_paid' });
    // it became cheaper after more had been paid
    expect(takes(status, 7000n, 1n)).toEqual({ kind: 'credited', because: 'already_paid' });
    expect(takes(status, 0n, 1n, 0n)).toEqual({ kind: 'credited', because: 'not_due' });
  }
});

test('a link asks for what the visit still costs, also afterwards, and for nothing where there is no visit', () => {
  const due = (status: (typeof appointmentStatuses)[number], paidMinor = 0n, holdExpiresAt?: Date) =>
    visitDueMinor({ status, costMinor: 6000n, paidMinor, holdExpiresAt }, at);
  expect((['waiting', 'confirmed', 'arrived', 'no_show'] as const).map((status) => due(status, 1000n))).toEqual([5000n, 5000n, 5000n, 5000n]);
  expect((['expired', 'cancelled'] as const).map((status) => due(status))).toEqual([0n, 0n]);
  expect(due('held', 0n, new Date(at.getTime() + 1))).toBe(6000n);
  expect(due('held', 0n, at)).toBe(0n);
  expect([due('confirmed', 6000n), due('confirmed', 9000n)]).toEqual([0n, 0n]);
});
