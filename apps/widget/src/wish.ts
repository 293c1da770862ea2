import type { BookingWish, Quote, WishedAppointment, WishedEvent } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import { accountPartOf, partOf } from './balance.ts';
import { anyStaff, type BookingDraft, isComplete, isTicked, phoneAsked } from './booking-draft.ts';
import { isCovered } from './cover.ts';
import { measured } from './happenings.ts';
import type { Language } from './words.tsx';

/** The draft's finished appointments as the server wants to hear them. */
export function wishedAppointments(draft: BookingDraft): WishedAppointment[] {
  return (draft.event ? [] : draft.appointments.filter(isComplete)).map(({ serviceIds, staff, startsAt }) => ({
    serviceIds,
    staffId: staff === anyStaff ? null : staff,
    startsAt,
  }));
}

/** The draft's places as the server wants to hear them. */
export function wishedEvent({ event }: BookingDraft): WishedEvent | undefined {
  return event?.startsAt ? { eventId: event.eventId, places: event.places } : undefined;
}

/** Which boxes count: only those that this deal really offers. */
function tickedServices(quote: Quote, draft: BookingDraft, index: number): string[] {
  const offered = quote.appointments[index]?.services ?? [];
  return offered
    .filter(({ serviceId, policy }) => policy.status === 'available' && isTicked(draft, index, serviceId) && !isCovered(draft, index, serviceId))
    .map(({ serviceId }) => serviceId);
}

/** Which services a membership is to cover. */
function coveredServices(quote: Quote, draft: BookingDraft, index: number): string[] {
  return (quote.appointments[index]?.services ?? []).map(({ serviceId }) => serviceId).filter((id) => isCovered(draft, index, id));
}

/** What has to be paid now, what may be, and what is to be paid in all, without what memberships cover. */
export function askedOf(quote: Quote, draft: BookingDraft) {
  const left = quote.appointments.flatMap(({ services }, index) => services.filter(({ serviceId }) => !isCovered(draft, index, serviceId)));
  const sum = (of: (one: (typeof left)[number]) => number) => left.reduce((total, one) => total + of(one), 0);
  return {
    requiredMinor: sum(({ policy, prepayMinor }) => (policy.status === 'required' ? prepayMinor : 0)),
    availableMinor: sum(({ policy, prepayMinor }) => (policy.status === 'available' ? prepayMinor : 0)),
    priceMinMinor: sum((one) => one.priceMinMinor),
    priceMaxMinor: sum((one) => one.priceMaxMinor),
  };
}

/** Minor units that have to be paid now, from wherever. */
export function payableNow(quote: Quote, draft: BookingDraft): number {
  const ticked = quote.appointments.flatMap(({ services }, index) => {
    const chosen = tickedServices(quote, draft, index);
    return services.filter(({ serviceId }) => chosen.includes(serviceId));
  });
  return ticked.reduce((total, { prepayMinor }) => total + prepayMinor, askedOf(quote, draft).requiredMinor);
}

/** Of that, what the client goes and pays online. */
export function payableOnline(quote: Quote, draft: BookingDraft): number {
  const dueMinor = payableNow(quote, draft);
  return dueMinor - partOf(quote, draft, dueMinor);
}

export function asksForPayment(quote: Quote, draft: BookingDraft): boolean {
  const { requiredMinor, availableMinor } = askedOf(quote, draft);
  return requiredMinor > 0 || availableMinor > 0;
}

export function wishOf(draft: BookingDraft, quote: Quote, language: Language, { location, widget }: LocationPage): BookingWish {
  const event = wishedEvent(draft);
  const { name, phone, email, comment, terms, privacy } = draft.contact;
  const proof = phoneAsked(draft)?.proof;
  return {
    draftId: draft.draftId,
    quoteId: quote.quoteId,
    appointments: wishedAppointments(draft).map((appointment, index) => {
      const covered = coveredServices(quote, draft, index);
      return { ...appointment, payServiceIds: tickedServices(quote, draft, index), ...(covered.length > 0 ? { coverServiceIds: covered } : {}) };
    }),
    ...(event
      ? {
          event: {
            ...event,
            pay: tickedServices(quote, draft, 0).length > 0,
            ...(coveredServices(quote, draft, 0).length > 0 ? { cover: true } : {}),
          },
        }
      : {}),
    client: { name: name.trim(), phone: phone.trim(), email: email.trim() },
    comment: comment.trim(),
    language,
    link: widget.link,
    ...(proof ? { phoneConfirmation: proof } : {}),
    ...accountPartOf(quote, draft, payableNow(quote, draft)),
    ...(measured.by ? { analytics: measured.by } : {}),
    consent: { terms, termsVersion: location.terms.version, link: { version: widget.consentVersion, privacy } },
  };
}
