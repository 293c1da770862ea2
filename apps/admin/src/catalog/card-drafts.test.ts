import type { ServiceCard } from '@holdfast/contract/catalog';
import { expect, test } from 'vitest';
import { pairOf, type ServiceDraft, serviceChange, serviceDraft, serviceTroubles } from './card-drafts.ts';

const policy = { status: 'not_available', reason: 'both_not_available' } as const;
const member = { color: '#000000', archived: false, onlineBooking: true, onlinePayment: 'not_available' } as const;
const own = { priceMinMinor: 5000, priceMaxMinor: 6000, durationMinutes: null };
const card: ServiceCard = {
  id: 'cut',
  version: 3,
  archived: false,
  fields: {
    categoryId: 'cat',
    name: 'Cut',
    description: '',
    priceMinMinor: 4000,
    priceMaxMinor: 4000,
    durationMinutes: 60,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    onlineBooking: true,
    onlinePayment: 'required',
    membership: 'payment',
    cancellation: null,
    tax: 'default',
    kind: 'appointment',
    places: null,
  },
  team: [
    { ...member, staffId: 'anna', name: 'Anna', own, policies: { not_available: policy, available: policy, required: policy } },
    { ...member, staffId: 'boris', name: 'Boris', own: null, policies: { not_available: policy, available: policy, required: policy } },
  ],
  warnings: [],
  appointmentsAhead: 0,
  everBooked: false,
};
const typed = (part: Partial<ServiceDraft>) => {
  const base = serviceDraft(card);
  const value = { ...base, ...part };
  const nothing = () => {};
  return { base, value, dirty: true, theirs: undefined, change: nothing, reset: nothing, saved: nothing, keepMine: nothing };
};
const none = { priceMinMinor: null, priceMaxMinor: null, durationMinutes: null };

test('only the team members that were changed are sent, with what the change is based on', () => {
  expect(serviceChange(card, typed({ name: ' Haircut ' }))).toMatchObject({ version: 3, fields: { name: 'Haircut' }, team: [] });
  const { team } = serviceChange(card, typed({ [pairOf('anna')]: undefined, [pairOf('boris')]: none })) ?? {};
  expect(team).toEqual([
    { staffId: 'anna', was: own, becomes: null },
    { staffId: 'boris', was: null, becomes: none },
  ]);
});

test('one price is enough: the highest is the lowest then', () => {
  const draft = typed({ priceMinMinor: 4500, priceMaxMinor: null, 'with boris': { ...none, priceMinMinor: 100 } });
  expect(serviceTroubles(draft.value)).toEqual({});
  expect(serviceChange(card, draft)).toMatchObject({
    fields: { priceMaxMinor: 4500 },
    team: [{ becomes: { priceMinMinor: 100, priceMaxMinor: 100 } }],
  });
});

test('what is missing or the wrong way round is said beside its field', () => {
  expect(serviceTroubles(typed({ name: ' ', priceMinMinor: null }).value)).toEqual({ name: 'frame.required', priceMinMinor: 'frame.required' });
  expect(serviceTroubles(typed({ priceMaxMinor: 10 }).value)).toEqual({ priceMaxMinor: 'catalog.trouble.price_order' });
  expect(serviceTroubles(typed({ [pairOf('boris')]: { ...none, priceMaxMinor: 10 } }).value)).toEqual({ pairs: 'catalog.trouble.pairs' });
  expect(serviceChange(card, typed({ priceMinMinor: null }))).toBeUndefined();
});
