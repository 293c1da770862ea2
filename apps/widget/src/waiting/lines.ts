import type { PublicEvent } from '@holdfast/contract/events';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { WaitingWish } from '@holdfast/contract/waiting';
import type { WaitingPromise } from '@holdfast/contract/waiting-words';
import { anyStaff, type BookingDraft } from '../booking-draft.ts';
import { offerOf, servicesOf, staffForAll } from '../offers.ts';
import type { Language } from '../words.tsx';

/** What somebody asks to wait for. */
export type Line =
  | { readonly kind: 'event'; readonly event: PublicEvent; readonly places: number }
  | ({ readonly kind: 'day'; readonly serviceIds: readonly string[] } & DayWish);

/** What is typed of a day's wish; hours as a clock field has them. */
export interface DayWish {
  readonly day: string;
  /** A team member's id, or `any`. */
  readonly staff: string;
  readonly from: string;
  readonly to: string;
}

export type DayFault = 'day' | 'hours';

export function dayFaults({ day, from, to }: DayWish, { firstDay, lastDay }: LocationPage['location']): readonly DayFault[] {
  const faults: DayFault[] = [];
  if (day < firstDay || day > lastDay) faults.push('day');
  if (from !== '' && to !== '' && from > to) faults.push('hours');
  return faults;
}

/** Minutes after midnight; null: left empty. */
export function minuteOf(clock: string): number | null {
  const [hours, minutes] = clock.split(':').map(Number);
  return clock === '' || hours === undefined || minutes === undefined ? null : hours * 60 + minutes;
}

/** By what an offer can become a booking: only what makes sense for this line. */
export function promisesFor(page: LocationPage, line: Line): readonly WaitingPromise[] {
  const { byMembership, byAccount } = line.kind === 'event' ? waysOfEvent(line.event) : waysOfDay(page, line);
  return ['pay', ...(byMembership ? (['membership'] as const) : []), ...(byAccount ? (['account'] as const) : [])];
}

function waysOfEvent({ membership, policy, priceMinMinor }: PublicEvent) {
  return { byMembership: membership !== 'payment', byAccount: membership !== 'members' && policy.status !== 'not_available' && priceMinMinor > 0 };
}

/** Of several services all are covered or none. */
function waysOfDay(page: LocationPage, line: Extract<Line, { kind: 'day' }>) {
  const uses = servicesOf(page, line.serviceIds).map(({ membership }) => membership);
  return { byMembership: uses.every((use) => use !== 'payment'), byAccount: !uses.includes('members') && payableFor(page, line) > 0 };
}

/** What would be paid online for a day's wish, by the best terms of those whom it would be with: an account pays that much. */
export function payableFor(page: LocationPage, { serviceIds, staff }: Pick<Extract<Line, { kind: 'day' }>, 'serviceIds' | 'staff'>): number {
  const [best] = staffForAll(page, serviceIds)
    .filter(({ id }) => staff === anyStaff || staff === id)
    .map((person) => ({
      price: offerOf(person, serviceIds).priceMinMinor,
      payable: person.services
        .filter(({ serviceId, policy }) => serviceIds.includes(serviceId) && policy.status !== 'not_available')
        .reduce((sum, { priceMinMinor }) => sum + priceMinMinor, 0),
    }))
    .sort((one, other) => one.price - other.price || one.payable - other.payable);
  return best?.payable ?? 0;
}

/** Whether the phone is confirmed before joining. Where it would be asked for with the offer, it is better done now: then there is time. */
export function needsCode({ phoneConfirmation }: LocationPage['widget'], line: Line, promise: WaitingPromise): boolean {
  if (promise !== 'pay' || phoneConfirmation === 'always') return true;
  return phoneConfirmation === 'before_payment' && line.kind === 'event' && line.event.policy.status === 'required';
}

/** What every entry says of who waits. */
export function joiningOf(
  { location, widget }: LocationPage,
  { contact }: BookingDraft,
  { draftId, language, proof }: { draftId: string; language: Language; proof: string | undefined },
): Omit<WaitingWish, 'places' | 'promise'> {
  const { name, phone, email, comment, terms, privacy } = contact;
  return {
    draftId,
    client: { name: name.trim(), phone: phone.trim(), email: email.trim() },
    comment: comment.trim(),
    language,
    link: widget.link,
    consent: { terms, termsVersion: location.terms.version, link: { version: widget.consentVersion, privacy } },
    ...(proof ? { phoneConfirmation: proof } : {}),
  };
}
