import type { LocationPage, ServiceOffer, StaffOffer } from '@holdfast/contract/location-page';
import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { anyStaff } from './booking-draft.ts';

/** What several services cost and how long they take: a range while the team member is open. */
export interface Offer {
  priceMinMinor: number;
  priceMaxMinor: number;
  minMinutes: number;
  maxMinutes: number;
  /** The strongest mark among them: one required service makes the whole visit one that is paid for ahead. */
  mark: OnlinePaymentStatus;
}

export function servicesOf(page: LocationPage, serviceIds: readonly string[]): ServiceOffer[] {
  return serviceIds.flatMap((id) => page.services.find((service) => service.id === id) ?? []);
}

/** Which taxes are in the price of these, as they stand behind a price: `VAT 23%`. */
export function taxesIn(page: LocationPage, serviceIds: readonly string[]): string {
  return [...new Set(servicesOf(page, serviceIds).flatMap(({ tax }) => (tax?.basisPoints ? `${tax.name} ${tax.basisPoints / 100}%` : [])))].join(
    ', ',
  );
}

/** The team members who do all of these services: back to back means one pair of hands. */
export function staffForAll(page: LocationPage, serviceIds: readonly string[]): StaffOffer[] {
  return page.staff.filter((person) => serviceIds.every((id) => person.services.some((done) => done.serviceId === id)));
}

export function canBeAdded(page: LocationPage, chosen: readonly string[], serviceId: string): boolean {
  return staffForAll(page, [...chosen, serviceId]).length > 0;
}

export function offerOf(person: StaffOffer, serviceIds: readonly string[]): Offer {
  const done = serviceIds.flatMap((id) => person.services.find((service) => service.serviceId === id) ?? []);
  const minutes = sum(done.map((service) => service.durationMinutes));
  return {
    priceMinMinor: sum(done.map((service) => service.priceMinMinor)),
    priceMaxMinor: sum(done.map((service) => service.priceMaxMinor)),
    minMinutes: minutes,
    maxMinutes: minutes,
    mark: strongest(done.map((service) => service.policy.status)),
  };
}

/** The same over everybody who could do it, or for the one person chosen. Null: nobody does all of this. */
export function offerFor(page: LocationPage, serviceIds: readonly string[], staff: string | null): Offer | null {
  const offers = staffForAll(page, serviceIds)
    .filter((person) => staff === null || staff === anyStaff || person.id === staff)
    .map((person) => offerOf(person, serviceIds));
  const [first] = offers;
  if (!first || serviceIds.length === 0) return null;
  return {
    priceMinMinor: Math.min(...offers.map((offer) => offer.priceMinMinor)),
    priceMaxMinor: Math.max(...offers.map((offer) => offer.priceMaxMinor)),
    minMinutes: Math.min(...offers.map((offer) => offer.minMinutes)),
    maxMinutes: Math.max(...offers.map((offer) => offer.maxMinutes)),
    mark: strongest(offers.map((offer) => offer.mark)),
  };
}

export function strongest(marks: readonly OnlinePaymentStatus[]): OnlinePaymentStatus {
  if (marks.includes('required')) return 'required';
  return marks.includes('available') ? 'available' : 'not_available';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
