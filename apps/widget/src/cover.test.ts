import type { Quote } from '@holdfast/contract/booking';
import type { MembershipCover } from '@holdfast/contract/memberships';
import { expect, test } from 'vitest';
import { type BookingDraft, draftAfter, newDraft, someEvent } from './booking-draft.ts';
import { coverIsGood, coverKey, isCovered, membershipUseOf } from './cover.ts';
import { plainPage } from './testing/plain-page.ts';
import { askedOf, asksForPayment, payableNow, wishOf } from './wish.ts';

const uses = { cut: 'payment', yoga: 'members', massage: 'either' } as const;
const page = { services: Object.entries(uses).map(([id, membership]) => ({ id, membership })) };
const service = (serviceId: string, status: string, price: number) => ({
  serviceId,
  policy: { status },
  prepayMinor: status === 'not_available' ? 0 : price,
  priceMinMinor: price,
  priceMaxMinor: price,
});
const quote = {
  quoteId: 'q1',
  appointments: [{ services: [service('yoga', 'required', 2000), service('massage', 'required', 5000), service('cut', 'available', 3000)] }],
} as Quote;
const chosen: BookingDraft = {
  ...newDraft('draft-1'),
  appointments: [{ serviceIds: ['yoga', 'massage', 'cut'], staff: 'any', startsAt: '2026-03-04T10:00:00Z' }],
  contact: { name: 'Marta', phone: '912', email: '', comment: '', terms: true, privacy: false },
  phone: { typed: '912', shown: '+351 912', resendAt: '', proof: 'proof' },
};
const membership = { id: 'mem_1', name: 'Ten visits', visits: 10, left: 3, endsAt: null };
const said = (...services: [serviceId: string, covered: boolean][]): MembershipCover['services'] =>
  services.map(([serviceId, covered]) => ({ line: 0, serviceId, membership: covered ? membership : null, reason: covered ? null : 'used_up' }));
const known = (services: MembershipCover['services'], draft = chosen) =>
  draftAfter(draft, { type: 'cover_known', cover: { key: coverKey(draft), services } });

test('one service for members makes a membership needed, one that takes them makes it a question', () => {
  const of = (...serviceIds: string[]) => membershipUseOf(page, { ...chosen, appointments: [{ serviceIds, staff: null, startsAt: null }] });
  expect([of('cut'), of('cut', 'massage'), of('massage', 'yoga')]).toEqual(['payment', 'either', 'members']);
  expect(membershipUseOf(page, { ...chosen, event: { ...someEvent('e'), membership: 'either' } })).toBe('either');
});

test('what a membership covers is neither paid now nor later, and is said so in the wish', () => {
  const draft = known(said(['yoga', true], ['massage', true]));
  expect(askedOf(quote, draft)).toEqual({ requiredMinor: 0, availableMinor: 3000, priceMinMinor: 3000, priceMaxMinor: 3000 });
  expect(payableNow(quote, draft)).toBe(0);
  expect(wishOf(draft, quote, 'en', plainPage)).toMatchObject({
    phoneConfirmation: 'proof',
    appointments: [{ coverServiceIds: ['yoga', 'massage'], payServiceIds: [] }],
  });
});

test('who would rather pay keeps the visit for another time', () => {
  const draft = draftAfter(known(said(['yoga', true], ['massage', true])), { type: 'cover_chosen', index: 0, serviceId: 'massage', on: false });
  expect(isCovered(draft, 0, 'massage')).toBe(false);
  expect(payableNow(quote, draft)).toBe(5000);
  expect(asksForPayment(quote, draft)).toBe(true);
  expect(isCovered(draftAfter(draft, { type: 'cover_chosen', index: 0, serviceId: 'massage', on: true }), 0, 'massage')).toBe(true);
});

test('only what is for members has to be covered', () => {
  expect(coverIsGood(page, chosen)).toBe(false);
  expect(coverIsGood(page, known(said(['yoga', true], ['massage', false])))).toBe(true);
  expect(coverIsGood(page, known(said(['yoga', false], ['massage', true])))).toBe(false);
});

test('what was said of another time or another phone does not count', () => {
  const draft = known(said(['yoga', true]));
  const later = draftAfter(draft, { type: 'time_chosen', startsAt: '2026-03-05T10:00:00Z' });
  expect([coverIsGood(page, later), isCovered(later, 0, 'yoga')]).toEqual([false, false]);
  const other = draftAfter(draft, { type: 'contact_typed', change: { phone: '913' } });
  expect(isCovered(other, 0, 'yoga')).toBe(false);
});

test('places at an event are covered together', () => {
  const event = { ...someEvent('evt_1'), serviceId: 'yoga', startsAt: '2026-03-04T10:00:00Z', places: 2, membership: 'members' as const };
  const draft = known(said(['yoga', true]), { ...chosen, event });
  const ofEvent = { quoteId: 'q2', appointments: [{ services: [service('yoga', 'required', 4000)] }] } as Quote;
  expect(coverIsGood(page, draft)).toBe(true);
  expect(wishOf(draft, ofEvent, 'en', plainPage).event).toEqual({ eventId: 'evt_1', places: 2, pay: false, cover: true });
});
