import type { Quote } from '@holdfast/contract/booking';
import { expect, test } from 'vitest';
import { draftAfter, newDraft } from './booking-draft.ts';
import { plainPage } from './testing/plain-page.ts';
import { asksForPayment, payableNow, wishOf } from './wish.ts';

const service = (serviceId: string, status: string, prepayMinor: number) => ({ serviceId, policy: { status }, prepayMinor });
const quote = {
  quoteId: 'q1',
  requiredMinor: 5000,
  availableMinor: 3000,
  appointments: [{ services: [service('cut', 'required', 5000), service('care', 'available', 3000), service('advice', 'not_available', 0)] }],
} as Quote;
const draft = {
  ...newDraft('draft-1'),
  appointments: [
    { serviceIds: ['cut', 'care', 'advice'], staff: 'any', startsAt: '2026-03-04T10:00:00Z' },
    { serviceIds: ['nails'], staff: null, startsAt: null },
  ],
  contact: { name: ' Marta ', phone: ' 912 345 678 ', email: '', comment: ' Hi ', terms: true, privacy: false },
};
const tick = (serviceId: string) => draftAfter(draft, { type: 'box_ticked', index: 0, serviceId, on: true });

test('required is always paid, available only when its box is ticked', () => {
  expect(payableNow(quote, draft)).toBe(5000);
  expect(payableNow(quote, tick('care'))).toBe(8000);
});

test('a box that this deal does not offer counts for nothing', () => {
  expect(payableNow(quote, tick('advice'))).toBe(5000);
  expect(wishOf(tick('cut'), quote, 'en', plainPage).appointments[0]?.payServiceIds).toEqual([]);
});

test('only finished appointments are wished for, "any" is nobody in particular', () => {
  const wish = wishOf(tick('care'), quote, 'uk', { ...plainPage, widget: { ...plainPage.widget, link: 'advert', consentVersion: 7 } });
  expect(wish.appointments).toEqual([
    { serviceIds: ['cut', 'care', 'advice'], staffId: null, startsAt: '2026-03-04T10:00:00Z', payServiceIds: ['care'] },
  ]);
  expect(wish).toMatchObject({ draftId: 'draft-1', quoteId: 'q1', language: 'uk', comment: 'Hi', link: 'advert' });
  expect(wish.consent).toEqual({ terms: true, termsVersion: 1, link: { version: 7, privacy: false } });
  expect(wish.client).toEqual({ name: 'Marta', phone: '912 345 678', email: '' });
});

test('there is a payment step only where something can be paid online', () => {
  expect(asksForPayment(quote, draft)).toBe(true);
  const unpaid = { ...quote, appointments: [{ services: [service('advice', 'not_available', 0)] }] } as Quote;
  expect(asksForPayment(unpaid, draft)).toBe(false);
});
