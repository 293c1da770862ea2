import type { Booking, BookingWish, Choice, PaymentAsked, PaymentStarted, Quote, WishedAppointment, WishedEvent } from '@holdfast/contract/booking';
import type { Balance, BalanceAsked, OwnAccounts, OwnPart, OwnTopUp } from '@holdfast/contract/deposits';
import type { PublicEvents } from '@holdfast/contract/events';
import type { Fitting, FreeTimes } from '@holdfast/contract/free-times';
import type { LocationPage } from '@holdfast/contract/location-page';
import type {
  MembershipBought,
  MembershipCover,
  MembershipCoverAsked,
  MembershipPurchase,
  MembershipsOnSale,
  OwnMemberships,
} from '@holdfast/contract/memberships';
import type { MoveByClient, MoveQuote } from '@holdfast/contract/moving';
import type { PhoneCode, PhoneCodeTry, PhoneCodeWish, PhoneConfirmed } from '@holdfast/contract/phone-codes';
import type { ProblemAnswer, ProblemCode } from '@holdfast/contract/problem';
import { fetchOnce } from './embed/asked-early.ts';

/**
 * Why an answer could not be had. A refusal is expected and has a code; `broken` is a fault of the server; `offline` and `timeout` say nothing
 * about what the server did, so whoever gets them repeats the same request instead of making a new one.
 */
export type Trouble =
  | { kind: 'refused'; status: number; code: ProblemCode; detail: Record<string, unknown>; requestId: string }
  | { kind: 'offline' }
  | { kind: 'timeout' }
  | { kind: 'broken'; requestId: string };
export type Answer<T> = { ok: true; value: T } | { ok: false; trouble: Trouble };

const readTimeoutMs = 12_000;
const writeTimeoutMs = 30_000; // a booking that pays waits for the provider's answer

let origin = '';

/** The house whose widget stands on somebody else's page. */
export function comeFrom(house: string): void {
  origin = house;
}

/** An address of ours, wherever the widget stands. */
export const ours = (path: string) => origin + path;

/** One request; `body` is sent as JSON. Never throws. */
export async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown, signal?: AbortSignal): Promise<Answer<T>> {
  const timeout = AbortSignal.timeout(method === 'GET' ? readTimeoutMs : writeTimeoutMs);
  try {
    const answer = await fetchOnce(ours(path), {
      credentials: origin ? 'omit' : 'same-origin',
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const value: unknown = await answer.json().catch(() => null);
    if (answer.ok && value !== null) return { ok: true, value: value as T };
    return { ok: false, trouble: troubleOf(answer.status, value as Partial<ProblemAnswer> | null) };
  } catch {
    return { ok: false, trouble: { kind: timeout.aborted ? 'timeout' : 'offline' } };
  }
}

function troubleOf(status: number, problem: Partial<ProblemAnswer> | null): Trouble {
  const requestId = problem?.requestId ?? '';
  if (!problem?.code || problem.code === 'internal') return { kind: 'broken', requestId };
  return { kind: 'refused', status, code: problem.code, detail: problem.detail ?? {}, requestId };
}

export function refusalCode(trouble: Trouble): ProblemCode | null {
  return trouble.kind === 'refused' ? trouble.code : null;
}

export interface LocationAddress {
  chain: string;
  location: string;
}

const locationPath = ({ chain, location }: LocationAddress) => `/api/v1/locations/${encodeURIComponent(chain)}/${encodeURIComponent(location)}`;
const bookingPath = (token: string) => `/api/v1/bookings/${encodeURIComponent(token)}`;

export const calendarFile = (token: string) => ours(`${bookingPath(token)}/calendar.ics`);

/** `link`: the booking link's slug. */
export function askLocationPage(at: LocationAddress, language: string, link = ''): Promise<Answer<LocationPage>> {
  return ask('GET', `${locationPath(at)}?${new URLSearchParams({ language, ...(link && { link }) })}`);
}

/** Free times of `days` days from `from` (YYYY-MM-DD at the location). `staff`: an id, "any" or "all". No services: whenever anything can be done. */
export function askFreeTimes(
  at: LocationAddress,
  wanted: { serviceIds: string[]; staff: string; from: string; days: number },
  signal?: AbortSignal,
): Promise<Answer<FreeTimes>> {
  const query = new URLSearchParams({ staff: wanted.staff, from: wanted.from, days: String(wanted.days) });
  if (wanted.serviceIds.length > 0) query.set('services', wanted.serviceIds.join(','));
  return ask('GET', `${locationPath(at)}/free-times?${query}`, undefined, signal);
}

/** Who could do what at a time that is chosen first. */
export function askWhatFits(at: LocationAddress, startsAt: string, serviceIds: string[], signal?: AbortSignal): Promise<Answer<Fitting>> {
  const query = new URLSearchParams({ at: startsAt });
  if (serviceIds.length > 0) query.set('services', serviceIds.join(','));
  return ask('GET', `${locationPath(at)}/fitting?${query}`, undefined, signal);
}

export function askEvents(at: LocationAddress, signal?: AbortSignal): Promise<Answer<PublicEvents>> {
  return ask('GET', `${locationPath(at)}/events`, undefined, signal);
}

/** For `follow`. */
export const eventsStream = (at: LocationAddress) => `${locationPath(at)}/events/live`;

export function askQuote(
  at: LocationAddress,
  wanted: { appointments: WishedAppointment[]; event?: WishedEvent | undefined },
  signal?: AbortSignal,
): Promise<Answer<Quote>> {
  return ask('POST', `${locationPath(at)}/quotes`, wanted, signal);
}

export function makeBooking(at: LocationAddress, wish: BookingWish): Promise<Answer<Booking>> {
  return ask('POST', `${locationPath(at)}/bookings`, wish);
}

export function askPhoneCode(at: LocationAddress, wish: PhoneCodeWish): Promise<Answer<PhoneCode>> {
  return ask('POST', `${locationPath(at)}/phone-codes`, wish);
}

export function tryPhoneCode(at: LocationAddress, tried: PhoneCodeTry): Promise<Answer<PhoneConfirmed>> {
  return ask('POST', `${locationPath(at)}/phone-codes/confirmation`, tried);
}

/** What the memberships on a confirmed phone cover of this. */
export function askCover(at: LocationAddress, asked: MembershipCoverAsked): Promise<Answer<MembershipCover>> {
  return ask('POST', `${locationPath(at)}/membership-cover`, asked);
}

/** The memberships of whoever made this booking; none before its phone was confirmed. */
export function askOwnMemberships(token: string): Promise<Answer<OwnMemberships>> {
  return ask('GET', `${bookingPath(token)}/memberships`);
}

export function askMemberships(at: LocationAddress): Promise<Answer<MembershipsOnSale>> {
  return ask('GET', `${locationPath(at)}/memberships`);
}

export function buyMembership(at: LocationAddress, wish: MembershipPurchase): Promise<Answer<MembershipBought>> {
  return ask('POST', `${locationPath(at)}/memberships`, wish);
}

/** What lies on the accounts of whoever has a confirmed phone. */
export function askBalance(at: LocationAddress, asked: BalanceAsked): Promise<Answer<Balance>> {
  return ask('POST', `${locationPath(at)}/balance`, asked);
}

export function askBooking(token: string): Promise<Answer<Booking>> {
  return ask('GET', bookingPath(token));
}

/** `returnTo`: the page where the client is, where that is not one of ours. */
export function startPayment(token: string, returnTo?: PaymentAsked['returnTo']): Promise<Answer<PaymentStarted>> {
  return ask('POST', `${bookingPath(token)}/payments`, returnTo ? { returnTo } : {});
}

/** What a booking's client has with the salon; `back`: they come from filling it. */
export function askOwnAccounts(token: string, back: boolean): Promise<Answer<OwnAccounts>> {
  return back ? ask('POST', `${bookingPath(token)}/top-up-checks`, {}) : ask('GET', `${bookingPath(token)}/accounts`);
}

export function payPart(token: string, part: OwnPart): Promise<Answer<Booking>> {
  return ask('POST', `${bookingPath(token)}/account-parts`, part);
}

export function topUpOwn(token: string, wish: OwnTopUp): Promise<Answer<PaymentStarted>> {
  return ask('POST', `${bookingPath(token)}/top-ups`, wish);
}

/** Has the provider asked now, and answers what became of the booking. */
export function checkPayment(token: string): Promise<Answer<Booking>> {
  return ask('POST', `${bookingPath(token)}/payment-checks`, {});
}

/** `seen`: what the client was shown that it means. */
export function cancelBooking(token: string, { at, backMinor, visitsLost }: Booking['cancellation']): Promise<Answer<Booking>> {
  return ask('POST', `${bookingPath(token)}/cancellation`, { seen: { at, backMinor, visitsLost } });
}

/** What moving a visit there would mean. */
export function quoteMove(token: string, appointmentId: string, wish: { startsAt: string; staffId: string | null }): Promise<Answer<MoveQuote>> {
  return ask('POST', `${bookingPath(token)}/appointments/${encodeURIComponent(appointmentId)}/move-quotes`, wish);
}

export function moveVisit(token: string, appointmentId: string, wish: MoveByClient): Promise<Answer<Booking>> {
  return ask('POST', `${bookingPath(token)}/appointments/${encodeURIComponent(appointmentId)}/moves`, wish);
}

export function choose(token: string, appointmentId: string, choice: Choice): Promise<Answer<Booking>> {
  return ask('POST', `${bookingPath(token)}/appointments/${encodeURIComponent(appointmentId)}/choice`, choice);
}
