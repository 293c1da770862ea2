import type { WidgetSettings } from '@holdfast/contract/widget-settings';
import { expect, test } from 'vitest';
import { type BookingDraft, newDraft } from './booking-draft.ts';
import { furthestStep, reachableStep, type Step, stepOfHash, type WayFacts, wayOf } from './steps-path.ts';

const empty = newDraft('d');
const picked = (serviceIds: string[], staff: string | null, startsAt: string | null) => ({
  ...empty,
  appointments: [{ serviceIds, staff, startsAt }],
});
const withService = picked(['cut'], null, null);
const withStaff = picked(['cut'], 'any', null);
const at = '2026-03-04T10:00:00Z';
const complete = picked(['cut'], 'any', at);
const facts = (draft: BookingDraft, contactIsGood = true, first: WidgetSettings['first'] = 'service', asksStaff = true): WayFacts => ({
  widget: { first, asksStaff, phoneConfirmation: 'off' },
  draft,
  contactIsGood,
  paysOnline: true,
  memberships: 'payment',
  coverIsGood: false,
});

test('an address that runs ahead leads to the first thing still missing', () => {
  expect(reachableStep('payment', facts(empty))).toBe('services');
  expect(reachableStep('time', facts(withService))).toBe('staff');
  expect(reachableStep('details', facts(withStaff))).toBe('time');
  expect(reachableStep('payment', facts(complete, false))).toBe('details');
  expect(reachableStep('payment', facts(complete))).toBe('payment');
});

test('going back is always possible', () => {
  for (const step of ['services', 'staff', 'time', 'details'] as const) expect(reachableStep(step, facts(complete))).toBe(step);
});

test('a second appointment that is only begun does not hide the details of the first', () => {
  const begun = { ...complete, appointments: [...complete.appointments, { serviceIds: [], staff: null, startsAt: null }], current: 1 };
  expect(reachableStep('details', facts(begun, false))).toBe('details');
  expect(reachableStep('time', facts(begun))).toBe('services');
});

test('who comes back goes on where they were', () => {
  expect([empty, withService, withStaff, complete].map((draft) => furthestStep(facts(draft)))).toEqual(['services', 'staff', 'time', 'details']);
});

test('the salon decides what is asked first', () => {
  const way = (first: WidgetSettings['first'], asksStaff = true) => wayOf(facts(empty, false, first, asksStaff)).slice(0, -2);
  expect(way('service')).toEqual(['services', 'staff', 'time']);
  expect(way('staff')).toEqual(['staff', 'services', 'time']);
  expect(way('time')).toEqual(['time', 'services', 'staff']);
  expect(way('time', false)).toEqual(['time', 'services']);
});

test('in every order an address that runs ahead stops at what is missing, and what is there stays reachable', () => {
  const cases: [WidgetSettings['first'], BookingDraft, Step, Step][] = [
    ['staff', empty, 'time', 'staff'],
    ['staff', picked([], 'anna', null), 'time', 'services'],
    ['time', empty, 'services', 'time'],
    ['time', picked([], null, at), 'details', 'services'],
    ['time', picked(['cut'], null, at), 'details', 'staff'],
    ['time', withService, 'services', 'time'],
    ['time', complete, 'time', 'time'],
  ];
  for (const [first, draft, wanted, stop] of cases) expect(reachableStep(wanted, facts(draft, true, first))).toBe(stop);
});

test('a step that is not asked is not reached by an address either', () => {
  expect(reachableStep('staff', facts(withService, true, 'service', false))).toBe('time');
  expect(reachableStep('payment', { ...facts(complete), paysOnline: false })).toBe('details');
});

test('only our own steps are read from an address', () => {
  expect(stepOfHash('#time')).toBe('time');
  expect(stepOfHash('#admin')).toBeNull();
  expect(stepOfHash('')).toBeNull();
});

test('a phone is confirmed before paying where the link says so, and for every booking where it says always', () => {
  const wayWith = (phoneConfirmation: WidgetSettings['phoneConfirmation'], paysOnline: boolean) => {
    const plain = facts(complete);
    return wayOf({ ...plain, paysOnline, widget: { ...plain.widget, phoneConfirmation } }).slice(-2);
  };
  expect(wayWith('off', true)).toEqual(['details', 'payment']);
  expect(wayWith('before_payment', true)).toEqual(['phone', 'payment']);
  expect(wayWith('before_payment', false)).toEqual(['time', 'details']);
  expect(wayWith('always', false)).toEqual(['details', 'phone']);
});

test('the payment is out of reach until the phone is confirmed, and again when another number is typed', () => {
  const confirming = (draft: BookingDraft): WayFacts => ({ ...facts(draft), widget: { ...facts(draft).widget, phoneConfirmation: 'always' } });
  const contact = { ...complete.contact, phone: '912 345 678' };
  const asked = { ...complete, contact, phone: { typed: '912 345 678', shown: '+351 912 345 678', resendAt: at } };
  expect(reachableStep('payment', confirming(asked))).toBe('phone');
  const confirmed = { ...asked, phone: { ...asked.phone, proof: 'proof' } };
  expect(reachableStep('payment', confirming(confirmed))).toBe('payment');
  expect(reachableStep('payment', confirming({ ...confirmed, contact: { ...contact, phone: '912 345 679' } }))).toBe('phone');
});

test('what is for members only asks for the phone and then for the membership, whatever the link says', () => {
  const forMembers: WayFacts = { ...facts(complete), paysOnline: false, memberships: 'members' };
  expect(wayOf(forMembers).slice(-3)).toEqual(['details', 'phone', 'membership']);
  expect(reachableStep('membership', forMembers)).toBe('phone');
  const contact = { ...complete.contact, phone: '912 345 678' };
  const confirmed = { ...complete, contact, phone: { typed: '912 345 678', shown: '+351 912 345 678', resendAt: at, proof: 'proof' } };
  const known: WayFacts = { ...forMembers, draft: confirmed, paysOnline: true };
  expect(reachableStep('payment', known)).toBe('membership');
  expect(reachableStep('payment', { ...known, coverIsGood: true })).toBe('payment');
});

test('where a membership may be used and need not, nobody is sent a code who did not ask for it', () => {
  const either: WayFacts = { ...facts(complete), memberships: 'either' };
  expect(wayOf(either).slice(-3)).toEqual(['details', 'phone', 'payment']);
  expect(reachableStep('payment', either)).toBe('payment');
  const contact = { ...complete.contact, phone: '912 345 678' };
  const asked = { ...complete, contact, phone: { typed: '912 345 678', shown: '+351 912 345 678', resendAt: at } };
  expect(wayOf({ ...either, draft: asked }).slice(-3)).toEqual(['phone', 'membership', 'payment']);
  expect(reachableStep('payment', { ...either, draft: asked })).toBe('phone');
  const demanded: WayFacts = { ...either, widget: { ...either.widget, phoneConfirmation: 'always' } };
  expect(reachableStep('payment', demanded)).toBe('phone');
});
