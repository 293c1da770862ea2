import { appointmentStatuses } from '@holdfast/contract/steps';
import { expect, test } from 'vitest';
import { linkState } from './link-state.ts';

const at = new Date('2026-03-02T09:00:00Z');
const visit = {
  status: 'confirmed' as const,
  costMinor: 5000n,
  paidMinor: 0n,
  holdExpiresAt: undefined,
  enabled: true,
  checking: false,
};

test('a link says one thing at a time, and what has become of the visit before what is switched off', () => {
  expect(linkState(visit, at)).toBe('ready');
  expect(linkState({ ...visit, enabled: false }, at)).toBe('off');
  expect(linkState({ ...visit, enabled: false, paidMinor: 5000n }, at)).toBe('paid');
  expect(linkState({ ...visit, paidMinor: 4999n }, at)).toBe('ready');
  expect(linkState({ ...visit, costMinor: 0n }, at)).toBe('nothing_due');
  expect(linkState({ ...visit, status: 'cancelled', paidMinor: 5000n }, at)).toBe('cancelled');
  expect(linkState({ ...visit, status: 'expired' }, at)).toBe('expired');
});

test('a held time can be paid until its last millisecond', () => {
  expect(linkState({ ...visit, status: 'held', holdExpiresAt: new Date(at.getTime() + 1) }, at)).toBe('ready');
  expect(linkState({ ...visit, status: 'held', holdExpiresAt: at }, at)).toBe('expired');
});

test('while money is being checked nobody is asked for more, whatever the visit is', () => {
  for (const status of appointmentStatuses) expect(linkState({ ...visit, status, checking: true }, at)).toBe('checking');
});
