import { hash } from 'node:crypto';
import type { BookingWish } from '@holdfast/contract/booking';
import { toJsonAmount } from '@holdfast/contract/money';
import type { Scope } from '../access/scope.ts';
import { chooseLink } from '../catalog/choose-link.ts';
import { readPhone } from '../clients/read-phone.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { paymentWish } from '../payments/wish-payment.ts';
import { divideDue } from './account-part.ts';
import { holdDeadlines, PAGE_MINUTES } from './appointment-rules.ts';
import type { BookingRules } from './booking-rules.ts';
import { policyFor } from './cancellation-terms.ts';
import type { BookingContext } from './context.ts';
import { coveredServices } from './covered-services.ts';
import type { Deal } from './deal.ts';
import { followLink } from './follow-link.ts';
import { dayLimits } from './hold-limits.ts';
import type { Option } from './quote-wish.ts';
import type { BookingFacts } from './read-booking.ts';
import { inLanguage } from './settings-of-link.ts';

/** The one argument of `claim_booking` (db/migrations). */
export type ClaimStatement = ReturnType<typeof claimStatement>;

/** What was set aside for somebody who waited (D6), and is claimed now. */
export interface OfferInHand {
  readonly entryId: string;
  /** When they joined, they proved that the phone is theirs. */
  readonly phoneConfirmed: boolean;
}

/**
 * Everything a claim writes down, decided. Refuses with `consent_needed`, `invalid_phone`, `invalid_request`, and as {@link coveredServices} and
 * {@link divideDue} do, what the rules alone can refuse.
 */
export function claimStatement(
  ctx: BookingContext,
  scope: Scope,
  rules: BookingRules,
  wish: BookingWish,
  {
    options,
    choices,
    at,
    address,
    offer,
  }: { options: readonly Option[]; choices: readonly (readonly Deal[])[]; at: Date; address: string; offer?: OfferInHand | undefined },
) {
  const { location } = rules.catalog;
  if (!wish.consent.terms || wish.consent.termsVersion !== location.termsVersion) {
    throw new Problem('consent_needed', 422, 'The terms have to be agreed to, in their present version.', { termsVersion: location.termsVersion });
  }
  const link = chooseLink(rules.catalog, wish.link);
  const agreed = followLink(link, location, wish);
  const phone = readPhone(wish.client.phone, location.country);
  const bookingId = ctx.newId('bkg');
  const deadlines = holdDeadlines(at);
  const addressHash = ctx.hashAddress(address);
  const heldSpans: (readonly [number, number])[] = [];
  const covering: Parameters<typeof coveredServices>[1][number][] = [];
  const appointments = options.map(({ event, startsAt: start }, line) => {
    const wished = wishedOn(wish, line, event);
    const deals = choices[line] ?? [];
    const [deal] = deals;
    invariant(deal, 'every appointment has a deal');
    const services = deal.services.map((one) => ({
      ...one,
      pay: wished.coverServiceIds.includes(one.serviceId)
        ? ('membership' as const)
        : payFor(one.policy.status, wished.payServiceIds.includes(one.serviceId)),
    }));
    const unknown = wished.payServiceIds.filter(
      (id) => !services.some((one) => one.serviceId === id && one.pay !== 'later' && one.pay !== 'membership'),
    );
    if (unknown.length > 0) throw new Problem('invalid_request', 422, 'These services cannot be paid for online.', { line, payServiceIds: unknown });
    const startsAt = start.getTime();
    const held = services.some((one) => one.pay === 'required');
    const busy = [startsAt - deal.time.beforeMs, startsAt + deal.time.lengthMs + deal.time.afterMs] as const;
    // a place at an event takes nobody's time
    if (held && !event) heldSpans.push(busy);
    const id = ctx.newId('apt');
    covering.push({ id, ...(event && { eventId: event.eventId, places: event.places }), services });
    return {
      id,
      line,
      staffIds: deals.map(({ staffId }) => staffId),
      ...(event && { eventId: event.eventId, places: event.places, eventVersion: event.version }),
      anyStaff: wished.staffId === null,
      status: held ? ('held' as const) : ('waiting' as const),
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + deal.time.lengthMs).toISOString(),
      busyFrom: new Date(busy[0]).toISOString(),
      busyTo: new Date(busy[1]).toISOString(),
      priceMin: toJsonAmount(deal.priceMinMinor),
      priceMax: toJsonAmount(deal.priceMaxMinor),
      due: toJsonAmount(services.reduce((sum, one) => sum + (one.pay === 'required' || one.pay === 'ticked' ? one.prepayMinor : 0n), 0n)),
      required: held,
      holdExpiresAt: held ? deadlines.holdExpiresAt.toISOString() : null,
      freesAt: held ? deadlines.freesAt.toISOString() : null,
      terms: {
        version: location.termsVersion,
        cancellation: policyFor(
          rules.catalog,
          services.map(({ serviceId }) => serviceId),
          link,
        ),
        text: inLanguage(location.terms, wish.language, location.defaultLanguage),
      },
      consent: { terms: true, version: wish.consent.termsVersion, at: at.toISOString(), addressHash, link: agreed },
      services: services.map((one) => ({
        serviceId: one.serviceId,
        name: one.name,
        minutes: one.durationMinutes,
        priceMin: toJsonAmount(one.priceMinMinor),
        priceMax: toJsonAmount(one.priceMaxMinor),
        tax: one.tax ?? null,
        policy: one.policy,
        pay: one.pay,
      })),
    };
  });
  const known = offer?.phoneConfirmed === true;
  const memberships = coveredServices({ phoneConfirmed: known || wish.phoneConfirmation !== undefined }, covering);
  const due = appointments.filter((one) => one.due > 0);
  const anyHeld = appointments.some((one) => one.status === 'held');
  const payableUntil = anyHeld ? deadlines.holdExpiresAt : new Date(at.getTime() + PAGE_MINUTES * 60_000);
  const { currency } = location;
  const { part, online } = divideDue(due, wish.accountPart, {
    newId: ctx.newId,
    currency,
    at,
    payableUntil,
    leastOnlineMinor: rules.paying.minimumChargeMinor,
  });
  const { phoneConfirmation } = link.settings;
  const needed = phoneConfirmation === 'always' || (phoneConfirmation === 'before_payment' && due.length > 0) || wish.accountPart !== undefined;
  return {
    chain: scope.chainId,
    location: scope.locationId,
    now: at.toISOString(),
    rulesVersion: rules.catalog.version.toString(),
    outboxId: ctx.newId('out'),
    booking: {
      id: bookingId,
      draft: wish.draftId,
      wish: wishHash(scope, wish),
      language: wish.language,
      contact: { name: wish.client.name, phone: wish.client.phone, email: wish.client.email },
      addressHash,
      comment: wish.comment,
      link: link.linkId,
      analytics: wish.analytics ?? null,
      currency: location.currency,
    },
    client: { id: ctx.newId('cli'), name: wish.client.name, phone, email: wish.client.email || null, language: wish.language },
    // a link that demands it and a booking without it: the database finds no proof and refuses
    ...((needed && !known) || wish.phoneConfirmation !== undefined ? { phoneConfirmation: wish.phoneConfirmation ?? '' } : {}),
    appointments,
    ...(memberships && { memberships }),
    ...(part && { accountPart: part }),
    limits: {
      perPhone: location.holdsPerPhone,
      perAddress: location.holdsPerAddressPerHour,
      // what was set aside is theirs: it is no fresh hold
      holds: anyHeld && !offer,
      days: anyHeld ? dayLimits(rules, heldSpans) : [],
    },
    payment:
      online.length === 0 || rules.paying.connectionId === undefined
        ? null
        : paymentWish(ctx.payments, scope, {
            connectionId: rules.paying.connectionId,
            order: { kind: 'booking', id: bookingId },
            due: {
              lines: online.map((one) => ({ purpose: { kind: 'appointment', id: one.id }, amountMinor: BigInt(one.due) })),
              currency,
              payableUntil,
            },
            at,
          }),
  };
}

/** What was wished of one appointment; places at an event are one appointment. */
function wishedOn({ appointments, event: wished }: BookingWish, line: number, event: Option['event']) {
  if (!event) {
    const one = appointments[line];
    invariant(one, 'every option has its wish');
    return { staffId: one.staffId, payServiceIds: one.payServiceIds, coverServiceIds: one.coverServiceIds ?? [] };
  }
  const its = (wanted: boolean | undefined) => (wanted ? [event.serviceId] : []);
  return { staffId: event.staffId, payServiceIds: its(wished?.pay), coverServiceIds: its(wished?.cover) };
}

function payFor(status: 'not_available' | 'available' | 'required', ticked: boolean): 'required' | 'ticked' | 'later' {
  if (status === 'required') return 'required';
  return status === 'available' && ticked ? 'ticked' : 'later';
}

/** Two requests with the same wish are the same request. The quote is left out: it may be renewed for the same deal. */
export function wishHash(scope: Scope, { appointments, event, accountPart, client, comment, language }: BookingWish): string {
  const wish = [
    scope.locationId,
    appointments.map((one) => [
      one.serviceIds,
      one.staffId,
      new Date(one.startsAt).getTime(),
      [...one.payServiceIds].sort(),
      ...(one.coverServiceIds?.length ? [[...one.coverServiceIds].sort()] : []),
    ]),
    client,
    comment,
    language,
    ...(event ? [event] : []),
    ...(accountPart ? [accountPart] : []),
  ];
  return hash('sha256', JSON.stringify(wish), 'base64url');
}

/** The facts of the booking a statement has just made, as `booking_facts` would answer them now: it is all there but who does it. */
export function factsOfClaim(
  { booking, appointments, payment }: ClaimStatement,
  staffIds: readonly string[],
  { catalog }: BookingRules,
): BookingFacts {
  const { language, contact, comment, currency } = booking;
  return {
    linkId: booking.link,
    booking: { bookingId: booking.id, locationId: catalog.location.locationId, language, contact, comment, currency },
    appointments: appointments.map((one, line) => {
      const staffId = staffIds[line];
      invariant(staffId !== undefined, 'every claimed appointment is somebody’s');
      return {
        appointmentId: one.id,
        staffId,
        staffName: catalog.staff.get(staffId)?.name ?? '',
        anyStaff: one.anyStaff,
        status: one.status,
        startsAt: one.startsAt,
        endsAt: one.endsAt,
        priceMinMinor: one.priceMin,
        priceMaxMinor: one.priceMax,
        dueMinor: one.due,
        paidMinor: 0,
        terms: one.terms,
        holdExpiresAt: one.holdExpiresAt,
        eventId: one.eventId ?? null,
        places: one.places ?? 1,
        services: one.services.map(({ serviceId, name, minutes, policy, pay }) => ({ serviceId, name, durationMinutes: minutes, policy, pay })),
      };
    }),
    payment: payment && { attemptId: payment.attempt, status: 'intended', payableUntil: payment.payableUntil, pageUrl: null },
    strayMoney: false,
    credits: [],
  };
}
