import type { Booking, Quote } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { EventItem, WidgetEventFacts, WidgetEventName } from '@holdfast/contract/widget-events';
import { anyStaff, currentAppointment } from '../booking-draft.ts';
import type { Happening } from '../happenings.ts';
import { offerFor, servicesOf } from '../offers.ts';

export interface Told {
  readonly name: WidgetEventName;
  readonly facts: WidgetEventFacts;
  /** The same event of the same thing is told once in a tab, whatever is reloaded; left out: each time. */
  readonly once?: string;
}

/** What others are told of what has happened. */
export function eventsOf(happening: Happening): readonly Told[] {
  switch (happening.kind) {
    case 'loaded':
      return [{ name: 'widget_loaded', facts: placeOf(happening.page) }];
    case 'chose':
      return chosen(happening);
    case 'told': {
      const { name, page, facts, once } = happening;
      return [{ name, facts: { ...placeOf(page), ...facts }, ...(once ? { once } : {}) }];
    }
    case 'booked': {
      const { page, booking, quote } = happening;
      const id = idOf(booking);
      const items = itemsOfQuote(page, quote, booking);
      // what a membership covers is not paid in money, now or at the salon
      const coveredMinor = coveredOf(quote, booking).reduce((total, { priceMinMinor }) => total + priceMinMinor, 0);
      return [
        {
          name: 'booked',
          once: id,
          facts: { ...placeOf(page), valueMinor: quote.priceMinMinor - coveredMinor, items, transactionId: id },
        },
      ];
    }
    case 'paying':
      return [{ name: 'payment_started', facts: ofBooking(happening.booking, happening.booking.dueMinor) }];
    case 'cancelled':
      return [{ name: 'booking_cancelled', once: idOf(happening.booking), facts: ofBooking(happening.booking, happening.booking.paidMinor) }];
    case 'seen': {
      const { booking } = happening;
      const once = idOf(booking);
      if (booking.paidMinor > 0 && (booking.status === 'confirmed' || booking.status === 'mixed'))
        return [{ name: 'payment_completed', once, facts: ofBooking(booking, booking.paidMinor) }];
      return booking.status === 'expired' ? [{ name: 'payment_expired', once, facts: ofBooking(booking, dueOf(booking)) }] : [];
    }
  }
}

function chosen({ page, draft, action }: Happening & { kind: 'chose' }): readonly Told[] {
  const place = placeOf(page);
  const here = currentAppointment(draft);
  switch (action.type) {
    case 'services_chosen': {
      const added = action.serviceIds.filter((id) => !here.serviceIds.includes(id));
      return added.map((id) => {
        const items = itemsOf(page, [id], action.staff);
        return { name: 'service_selected', facts: { ...place, valueMinor: sum(items), items } };
      });
    }
    case 'staff_chosen': {
      const items = itemsOf(page, here.serviceIds, action.staff);
      return [
        {
          name: 'staff_selected',
          facts: { ...place, staffId: action.staff, ...(items.length > 0 ? { valueMinor: sum(items), items } : {}) },
        },
      ];
    }
    case 'time_chosen': {
      const items = itemsOf(page, here.serviceIds, here.staff);
      return [
        { name: 'datetime_selected', facts: { ...place, startsAt: action.startsAt, ...(items.length > 0 ? { valueMinor: sum(items), items } : {}) } },
      ];
    }
    default:
      return [];
  }
}

function placeOf({ chain, location, widget }: LocationPage): WidgetEventFacts {
  return { chain: chain.slug, location: location.slug, link: widget.link, currency: location.currency };
}

function itemsOf(page: LocationPage, serviceIds: readonly string[], staff: string | null): readonly EventItem[] {
  return servicesOf(page, serviceIds).map(({ id, name, categoryId }) => ({
    id,
    name,
    ...categoryOf(page, categoryId),
    priceMinor: offerFor(page, [id], staff)?.priceMinMinor ?? 0,
    quantity: 1,
    ...(staff && staff !== anyStaff ? { staffId: staff } : {}),
  }));
}

function itemsOfQuote(page: LocationPage, quote: Quote, booking: Booking): readonly EventItem[] {
  const covered = coveredOf(quote, booking);
  return quote.appointments.flatMap(({ services, staffId, places }) =>
    services.map((service) => ({
      id: service.serviceId,
      name: service.name,
      ...categoryOf(page, page.services.find(({ id }) => id === service.serviceId)?.categoryId),
      priceMinor: covered.includes(service) ? 0 : Math.round(service.priceMinMinor / places),
      quantity: places,
      ...(staffId ? { staffId } : {}),
    })),
  );
}

/** The services of a quote that a membership covers, as they were booked. */
function coveredOf(quote: Quote, { appointments }: Booking): readonly Quote['appointments'][number]['services'][number][] {
  return quote.appointments.flatMap(({ services }, n) =>
    services.filter(({ serviceId }) => appointments[n]?.services.some((made) => made.serviceId === serviceId && made.pay === 'membership')),
  );
}

function categoryOf(page: LocationPage, categoryId: string | undefined) {
  const category = page.categories.find(({ id }) => id === categoryId);
  return category ? { category: category.name } : {};
}

/** A booking as it is known afterwards: an item for each appointment, by what was asked for it. */
function ofBooking(booking: Booking, valueMinor: number): WidgetEventFacts {
  return {
    chain: booking.chain.slug,
    location: booking.location.slug,
    link: booking.link.slug,
    currency: booking.currency,
    valueMinor,
    items: booking.appointments.map(({ services, priceMinMinor, places, staffId }) => ({
      id: services.map(({ serviceId }) => serviceId).join('+'),
      name: services.map(({ name }) => name).join(' + '),
      priceMinor: Math.round(priceMinMinor / places),
      quantity: places,
      staffId,
    })),
    transactionId: idOf(booking),
  };
}

/** The token opens the booking: it is told to nobody. */
function idOf({ appointments }: Booking): string {
  return appointments[0]?.id ?? '';
}

const dueOf = ({ appointments }: Booking) => appointments.reduce((total, { dueMinor }) => total + dueMinor, 0);
const sum = (items: readonly EventItem[]) => items.reduce((total, { priceMinor, quantity }) => total + priceMinor * quantity, 0);
