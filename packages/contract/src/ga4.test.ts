import { expect, test } from 'vitest';
import { ga4Events, majorOf } from './ga4.ts';
import type { WidgetEventFacts } from './widget-events.ts';

const facts: WidgetEventFacts = { chain: 'salon', location: 'centre', link: 'main', currency: 'EUR' };

test('amounts are in major units, with as many digits as the currency has', () => {
  expect(majorOf(1234, 'EUR')).toBe(12.34);
  expect(majorOf(1234, 'JPY')).toBe(1234);
  expect(majorOf(1234, 'KWD')).toBe(1.234);
  expect(majorOf(0, 'EUR')).toBe(0);
  expect(majorOf(110, 'UAH')).toBe(1.1);
  // what a division would make of it
  expect(majorOf(123_456_789_01, 'HUF')).toBe(123_456_789.01);
});

test('an event has GA4’s own parameters, and nothing that is not known', () => {
  const item = { id: 'cut', name: 'Cut', category: 'Hair', priceMinor: 4050, quantity: 2, staffId: 'anna' };
  expect(ga4Events('booked', { ...facts, valueMinor: 8100, items: [item], transactionId: 'bkg_1' })).toEqual([
    {
      name: 'booked',
      params: {
        value: 81,
        currency: 'EUR',
        items: [{ item_id: 'cut', item_name: 'Cut', item_category: 'Hair', item_variant: 'anna', price: 40.5, quantity: 2 }],
        transaction_id: 'bkg_1',
        location_id: 'centre',
        booking_link: 'main',
      },
    },
  ]);
  expect(ga4Events('widget_loaded', facts)).toEqual([{ name: 'widget_loaded', params: { location_id: 'centre', booking_link: 'main' } }]);
});

test('only a payment that is through is a purchase, once, with the payment’s number', () => {
  const completed = ga4Events('payment_completed', { ...facts, valueMinor: 4000, transactionId: 'pay_1' });
  expect(completed.map(({ name, params }) => [name, params['transaction_id'], params['value']])).toEqual([
    ['payment_completed', 'pay_1', 40],
    ['purchase', 'pay_1', 40],
  ]);
  expect(ga4Events('payment_started', facts).map(({ name }) => name)).toEqual(['payment_started']);
});
