import { hash } from 'node:crypto';
import { effectivePolicy } from '@holdfast/contract/effective-policy';
import type { MembershipUse } from '@holdfast/contract/membership-use';
import type { OnlinePaymentPolicy } from '@holdfast/contract/online-payment';
import type { ServiceTax } from '@holdfast/contract/taxes';
import type { Catalog } from '../catalog/catalog.ts';
import { type TimeNeeded, timeNeeded } from '../schedule/time-needed.ts';
import type { BookingRules } from './booking-rules.ts';
import type { BookableEvent } from './read-event.ts';

/** One service as one team member would do it for this client: price, length, and what is asked for online. */
export interface DealtService {
  readonly serviceId: string;
  readonly name: string;
  readonly durationMinutes: number;
  readonly priceMinMinor: bigint;
  readonly priceMaxMinor: bigint;
  /** In the price. */
  readonly tax: ServiceTax | undefined;
  readonly policy: OnlinePaymentPolicy;
  readonly membership: MembershipUse;
  /** What paying online for it costs (A3: the minimum price); 0n where it is not offered. */
  readonly prepayMinor: bigint;
}

/** Services back to back with one team member: what it costs and how long it takes. Independent of the moment. */
export interface Deal {
  readonly staffId: string;
  readonly services: readonly DealtService[];
  readonly time: TimeNeeded;
  readonly priceMinMinor: bigint;
  readonly priceMaxMinor: bigint;
  readonly requiredMinor: bigint;
  readonly availableMinor: bigint;
  /** The same for all team members whose terms are the same. Names the deal in a quote. */
  readonly terms: string;
}

const known = new WeakMap<BookingRules, Map<string, Deal | undefined>>();
/** As many team members and services as are asked for are kept per set of rules; more than this only somebody who tries everything asks for. */
const MOST_KNOWN = 2000;

/** Undefined: this team member does not do all of that, or may not be booked online. Worked out once per set of rules. */
export function dealWith(rules: BookingRules, staffId: string, serviceIds: readonly string[]): Deal | undefined {
  let deals = known.get(rules);
  if (!deals || deals.size >= MOST_KNOWN) {
    deals = new Map();
    known.set(rules, deals);
  }
  const name = `${staffId} ${serviceIds.join(' ')}`;
  if (!deals.has(name)) deals.set(name, workOut(rules, staffId, serviceIds));
  return deals.get(name);
}

/**
 * So many places at an event: all of them are paid or none (B1), at the price of this service with this team member. Undefined: it is no longer offered to
 * clients (staff book it all the same: `online: false`).
 */
export function dealAtEvent(rules: BookingRules, event: BookableEvent, places: number, { online = true } = {}): Deal | undefined {
  const offer = rules.catalog.offers.get(event.staffId)?.get(event.serviceId);
  if (!offer || (online && !offer.online)) return undefined;
  const [start, end] = [event.startsAt.getTime(), event.endsAt.getTime()];
  const deal = dealOver(rules, event.staffId, BigInt(places), {
    offers: [{ ...offer, durationMinutes: (end - start) / 60_000 }],
    beforeMs: start - event.busyFrom.getTime(),
    lengthMs: end - start,
    afterMs: event.busyTo.getTime() - end,
  });
  const named = [event.eventId, start, event.staffId, places, deal?.terms].join('|');
  // booked under the event's own title, wherever it is named afterwards
  const services = deal?.services.map((one) => ({ ...one, name: event.title || one.name })) ?? [];
  return deal && { ...deal, services, terms: hash('sha256', named, 'base64url').slice(0, 16) };
}

function workOut(rules: BookingRules, staffId: string, serviceIds: readonly string[]): Deal | undefined {
  const time = timeNeeded(rules.catalog, staffId, serviceIds);
  return time && dealOver(rules, staffId, 1n, time);
}

function dealOver({ catalog, paying }: BookingRules, staffId: string, places: bigint, time: TimeNeeded): Deal | undefined {
  const member = catalog.staff.get(staffId);
  if (!member) return undefined;
  const services = time.offers.map((offer): DealtService => {
    const service = catalog.services.get(offer.serviceId);
    const priceMinMinor = offer.priceMinMinor * places;
    const policy = effectivePolicy(paying, {
      service: service?.onlinePayment ?? 'not_available',
      staff: member.onlinePayment,
      precedence: catalog.location.precedence,
      prepayMinor: priceMinMinor,
    });
    return {
      serviceId: offer.serviceId,
      name: service?.name ?? '',
      durationMinutes: offer.durationMinutes,
      priceMinMinor,
      priceMaxMinor: offer.priceMaxMinor * places,
      tax: service?.tax,
      policy,
      membership: service?.membership ?? 'payment',
      prepayMinor: policy.status === 'not_available' ? 0n : priceMinMinor,
    };
  });
  const sum = (of: (service: DealtService) => bigint) => services.reduce((total, service) => total + of(service), 0n);
  return {
    staffId,
    services,
    time,
    priceMinMinor: sum((one) => one.priceMinMinor),
    priceMaxMinor: sum((one) => one.priceMaxMinor),
    requiredMinor: sum((one) => (one.policy.status === 'required' ? one.prepayMinor : 0n)),
    availableMinor: sum((one) => (one.policy.status === 'available' ? one.prepayMinor : 0n)),
    terms: termsOf(services, catalog),
  };
}

/** Everybody who could do it, best terms first: the lowest price, then the least to pay in advance, then the owner's order. */
export function dealsFor(rules: BookingRules, staffId: string | null, serviceIds: readonly string[]): readonly Deal[] {
  const people = staffId === null ? [...rules.catalog.staff.keys()] : [staffId];
  const deals = people.flatMap((one) => dealWith(rules, one, serviceIds) ?? []);
  return deals.sort(
    (a, b) => compare(a.priceMinMinor, b.priceMinMinor) || compare(a.requiredMinor, b.requiredMinor) || a.time.lengthMs - b.time.lengthMs,
  );
}

/** The order in which free times name people: as {@link dealsFor}. */
export function rankByDeal(rules: BookingRules, serviceIds: readonly string[]): (one: string, other: string) => number {
  const order = new Map(dealsFor(rules, null, serviceIds).map((deal, index) => [deal.staffId, index]));
  return (one, other) => (order.get(one) ?? order.size) - (order.get(other) ?? order.size);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function termsOf(services: readonly DealtService[], { location: { currency }, services: kept }: Catalog): string {
  // buffers are the salon's affair: they are no part of what was agreed
  const text = services
    .map((one) =>
      [one.serviceId, one.durationMinutes, one.priceMinMinor, one.priceMaxMinor, one.policy.status, ownPolicy(kept, one.serviceId)].join(':'),
    )
    .join('|');
  return hash('sha256', `${currency}|${text}`, 'base64url').slice(0, 16);
}

/** The location's own is part of its terms, whose version the client agrees to. */
function ownPolicy(kept: Catalog['services'], serviceId: string): string {
  const own = kept.get(serviceId)?.cancellation;
  return own ? JSON.stringify(own) : '';
}
