import type { Booking, Quote } from '@holdfast/contract/booking';
import { expect, test } from 'vitest';
import { newDraft } from '../booking-draft.ts';
import { plainPage } from '../testing/plain-page.ts';
import { eventsOf } from './events-of.ts';

const place = { chain: 'salon', location: 'centre', link: 'main', currency: 'EUR' };
const draft = { ...newDraft('d'), appointments: [{ serviceIds: ['cut'], staff: 'bea', startsAt: null }] };
const cutByBea = { id: 'cut', name: 'cut', category: 'Hair', priceMinor: 3000, quantity: 1, staffId: 'bea' };

test('opening the page is told with the place, and nothing of the client', () => {
  expect(eventsOf({ kind: 'loaded', page: plainPage })).toEqual([{ name: 'widget_loaded', facts: place }]);
});

test('choosing a service tells of that service, taking it away again of nothing', () => {
  const chose = (serviceIds: string[]) =>
    eventsOf({ kind: 'chose', page: plainPage, draft, action: { type: 'services_chosen', serviceIds, staff: null } });
  expect(chose(['cut', 'colour']).map(({ name, facts }) => [name, facts.valueMinor, facts.items?.map(({ id }) => id)])).toEqual([
    ['service_selected', 8000, ['colour']],
  ]);
  expect(chose([])).toEqual([]);
});

test('choosing whom and when tells what it would cost', () => {
  const chose = (action: Parameters<typeof eventsOf>[0] & { kind: 'chose' }) => eventsOf(action);
  expect(chose({ kind: 'chose', page: plainPage, draft, action: { type: 'staff_chosen', staff: 'bea' } })).toEqual([
    { name: 'staff_selected', facts: { ...place, staffId: 'bea', valueMinor: 3000, items: [cutByBea] } },
  ]);
  const startsAt = '2026-03-04T10:00:00.000Z';
  expect(chose({ kind: 'chose', page: plainPage, draft, action: { type: 'time_chosen', startsAt } })).toEqual([
    { name: 'datetime_selected', facts: { ...place, startsAt, valueMinor: 3000, items: [cutByBea] } },
  ]);
});

test('typing is nobody’s business', () => {
  expect(eventsOf({ kind: 'chose', page: plainPage, draft, action: { type: 'contact_typed', change: { name: 'Marta' } } })).toEqual([]);
});

const booking = {
  token: 'secret',
  status: 'held',
  chain: { slug: 'salon' },
  location: { slug: 'centre' },
  link: { slug: 'main' },
  currency: 'EUR',
  paidMinor: 0,
  dueMinor: 3000,
  client: { name: 'Marta', phone: '+351', email: 'marta@example.com' },
  appointments: [{ id: 'apt_1', services: [{ serviceId: 'cut', name: 'cut' }], priceMinMinor: 3000, dueMinor: 3000, places: 1, staffId: 'bea' }],
} as unknown as Booking;
const quote = {
  priceMinMinor: 9000,
  appointments: [{ staffId: 'bea', places: 3, services: [{ serviceId: 'cut', name: 'cut', priceMinMinor: 9000 }] }],
} as unknown as Quote;

test('a booking is told once, with what it costs, and by a number that opens nothing', () => {
  const [told] = eventsOf({ kind: 'booked', page: plainPage, booking, quote });
  expect(told).toEqual({
    name: 'booked',
    once: 'apt_1',
    facts: { ...place, valueMinor: 9000, items: [{ ...cutByBea, quantity: 3 }], transactionId: 'apt_1' },
  });
});

test('what a membership covers is worth nothing more in money', () => {
  const wash = { serviceId: 'wash', name: 'wash', priceMinMinor: 1000 };
  const [first] = quote.appointments;
  const wished = { ...quote, priceMinMinor: 10_000, appointments: [{ ...first, services: [...(first?.services ?? []), wash] }] } as unknown as Quote;
  const services = [
    { serviceId: 'cut', pay: 'membership' },
    { serviceId: 'wash', pay: 'later' },
  ];
  const made = { ...booking, appointments: [{ ...booking.appointments[0], services }] } as unknown as Booking;
  const [told] = eventsOf({ kind: 'booked', page: plainPage, booking: made, quote: wished });
  expect([told?.facts.valueMinor, told?.facts.items?.map(({ id, priceMinor }) => [id, priceMinor])]).toEqual([
    1000,
    [
      ['cut', 0],
      ['wash', 333],
    ],
  ]);
});

test('what became of the payment is told when it is seen, once', () => {
  const seen = (change: Partial<Booking>) =>
    eventsOf({ kind: 'seen', booking: { ...booking, ...change } }).map(({ name, once, facts }) => [name, once, facts.valueMinor]);
  expect(seen({})).toEqual([]);
  expect(seen({ status: 'confirmed', paidMinor: 3000 })).toEqual([['payment_completed', 'apt_1', 3000]]);
  expect(seen({ status: 'confirmed' })).toEqual([]);
  expect(seen({ status: 'expired' })).toEqual([['payment_expired', 'apt_1', 3000]]);
  expect(eventsOf({ kind: 'cancelled', booking }).map(({ name, once }) => [name, once])).toEqual([['booking_cancelled', 'apt_1']]);
});

test('no event ever carries the client’s name, number, address or the booking’s key', () => {
  const all = [
    eventsOf({ kind: 'booked', page: plainPage, booking, quote }),
    eventsOf({ kind: 'paying', booking }),
    eventsOf({ kind: 'cancelled', booking }),
  ];
  for (const secret of ['Marta', '+351', 'example.com', 'secret']) expect(JSON.stringify(all)).not.toContain(secret);
});
