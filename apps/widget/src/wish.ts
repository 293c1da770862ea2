import type { BookingWish, Quote, WishedAppointment, WishedEvent } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import { anyStaff, type BookingDraft, isComplete, isTicked, phoneAsked } from './booking-draft.ts';
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
    .filter(({ serviceId, policy }) => policy.status === 'available' && isTicked(draft, index, serviceId))
    .map(({ serviceId }) => serviceId);
}

/** Minor units that the client goes and pays online now. */
export function payableNow(quote: Quote, draft: BookingDraft): number {
  const ticked = quote.appointments.flatMap(({ services }, index) => {
    const chosen = tickedServices(quote, draft, index);
    return services.filter(({ serviceId }) => chosen.includes(serviceId));
  });
  return ticked.reduce((total, { prepayMinor }) => total + prepayMinor, quote.requiredMinor);
}

export function asksForPayment(quote: Quote): boolean {
  return quote.requiredMinor > 0 || quote.availableMinor > 0;
}

export function wishOf(draft: BookingDraft, quote: Quote, language: Language, { location, widget }: LocationPage): BookingWish {
  const event = wishedEvent(draft);
  const { name, phone, email, comment, terms, privacy } = draft.contact;
  const proof = phoneAsked(draft)?.proof;
  return {
    draftId: draft.draftId,
    quoteId: quote.quoteId,
    appointments: wishedAppointments(draft).map((appointment, index) => ({ ...appointment, payServiceIds: tickedServices(quote, draft, index) })),
    ...(event ? { event: { ...event, pay: tickedServices(quote, draft, 0).length > 0 } } : {}),
    client: { name: name.trim(), phone: phone.trim(), email: email.trim() },
    comment: comment.trim(),
    language,
    link: widget.link,
    ...(proof && widget.phoneConfirmation !== 'off' ? { phoneConfirmation: proof } : {}),
    ...(measured.by ? { analytics: measured.by } : {}),
    consent: { terms, termsVersion: location.terms.version, link: { version: widget.consentVersion, privacy } },
  };
}
