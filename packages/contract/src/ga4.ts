import { currencyExponent } from './currency-exponent.ts';
import type { WidgetEventFacts, WidgetEventName } from './widget-events.ts';

/** An event as Google Analytics 4 takes it, by gtag or by the Measurement Protocol. */
export interface Ga4Event {
  readonly name: WidgetEventName | 'purchase';
  readonly params: Readonly<Record<string, unknown>>;
}

/** Longer values GA4 drops. */
const LONGEST = 100;

/** GA4's own parameters: `value` in major units of `currency`, `items`, `transaction_id`. A payment that is through is a `purchase` besides. */
export function ga4Events(name: WidgetEventName, facts: WidgetEventFacts): readonly Ga4Event[] {
  const { currency, valueMinor, items, transactionId, staffId, startsAt, eventId, location, link } = facts;
  const params = {
    // GA4 drops a value without a currency
    ...(valueMinor === undefined ? {} : { value: majorOf(valueMinor, currency), currency }),
    ...(items && items.length > 0
      ? {
          items: items.map((item) => ({
            item_id: item.id,
            item_name: item.name.slice(0, LONGEST),
            ...(item.category === undefined ? {} : { item_category: item.category.slice(0, LONGEST) }),
            ...(item.staffId === undefined ? {} : { item_variant: item.staffId }),
            price: majorOf(item.priceMinor, currency),
            quantity: item.quantity,
          })),
        }
      : {}),
    ...(transactionId === undefined ? {} : { transaction_id: transactionId }),
    ...(staffId === undefined ? {} : { staff_id: staffId }),
    ...(startsAt === undefined ? {} : { starts_at: startsAt }),
    ...(eventId === undefined ? {} : { event_id: eventId }),
    location_id: location,
    booking_link: link,
  };
  return name === 'payment_completed'
    ? [
        { name, params },
        { name: 'purchase', params },
      ]
    : [{ name, params }];
}

/** 12.34 of 1234 cents, 1234 of 1234 yen, 1.234 of 1234 fils: exactly, digit by digit. */
export function majorOf(minor: number, currency: string): number {
  return Number(`${minor}e-${currencyExponent(currency)}`);
}
