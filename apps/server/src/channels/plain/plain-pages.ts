import { randomBytes } from 'node:crypto';
import { type Booking, type BookingWish, bookingWishShape, type Choice, type Quote, type WishedAppointment } from '@holdfast/contract/booking';
import type { SeenQuote } from '@holdfast/contract/cancellation';
import type { TextKey, Words } from '@holdfast/contract/client-words';
import type { FreeTimes } from '@holdfast/contract/free-times';
import type { LocationPage } from '@holdfast/contract/location-page';
import { Problem } from '../../kit/problem.ts';
import { ANY_STAFF, type Choices, choicesOf, staffFor } from './choices.ts';
import { type Asked, daysAsked, servicesPart, staffPart, timesPart } from './choose-pages.ts';
import { detailsPart, type Field, nothingTyped, type Typed } from './details-page.ts';
import { plainWords } from './plain-words.ts';

/** What the widget does over the API, done here by the same deeds. */
export interface PlainSources {
  freeTimes(at: Place, asked: { serviceIds: readonly string[]; staff: string; from: string; days: number }): Promise<FreeTimes>;
  quote(at: Place, appointments: WishedAppointment[]): Promise<Quote>;
  book(at: Place, wish: BookingWish, address: string): Promise<Booking>;
  pay(token: string): Promise<string>;
  look(token: string): Promise<void>;
  cancel(token: string, seen: SeenQuote): Promise<void>;
  choose(token: string, appointmentId: string, choice: Choice): Promise<void>;
  sign(parts: readonly string[]): string;
  read(token: string): readonly string[] | undefined;
}
export interface Place {
  readonly chain: string;
  readonly location: string;
}

/** The next question of the booking, for what the address has answered already. */
export async function plainStep(sources: PlainSources, at: Place, page: LocationPage, language: string, search: string): Promise<string> {
  const asked = askedOf(page, language, search);
  const { choices } = asked;
  if (choices.serviceIds.length === 0) return servicesPart(asked);
  if (choices.staff === null) return staffPart(asked);
  if (choices.startsAt === null) return timesOf(sources, at, asked, false);
  try {
    const quote = await sources.quote(at, [appointmentOf(choices)]);
    return detailsPart(asked, quote, draftOf(sources, choices, quote, randomBytes(18).toString('base64url')), nothingTyped, undefined);
  } catch (error) {
    if (isGone(error)) return timesOf(sources, at, { ...asked, choices: { ...choices, startsAt: null } }, true);
    throw error;
  }
}

export type Booked = { readonly kind: 'goes'; readonly to: string } | { readonly kind: 'asks'; readonly status: number; readonly part: string };

/** The filled form: a booking, and the way to its payment; or the form again, with everything that was typed. Sent twice it is one booking. */
export async function plainBooking(
  sources: PlainSources,
  at: Place,
  page: LocationPage,
  { language, search, form, address }: { language: string; search: string; form: URLSearchParams; address: string },
): Promise<Booked> {
  const asked = askedOf(page, language, search);
  const { choices } = asked;
  const [draftId, quoteId, signed] = sources.read(form.get('draft') ?? '') ?? [];
  if (!draftId || !quoteId || signed !== chosen(choices)) return { kind: 'goes', to: search || '?' };
  const typed = typedIn(form);
  const { values } = typed;
  const given = { linkVersion: page.widget.consentVersion, privacy: values.privacy === 'yes' };
  const wish = bookingWishShape.safeParse({
    draftId,
    quoteId,
    appointments: [{ ...appointmentOf(choices), payServiceIds: typed.payServiceIds }],
    link: page.widget.link,
    client: { name: values.name ?? '', phone: values.phone ?? '', email: (values.email ?? '').trim() },
    comment: (values.comment ?? '').trim(),
    language,
    consent: {
      terms: values.terms === 'yes',
      termsVersion: page.location.terms.version,
      link: { version: given.linkVersion, privacy: given.privacy },
    },
  });
  const again = async (faults: Typed['faults'], trouble?: TextKey): Promise<Booked> => {
    const quote = await sources.quote(at, [appointmentOf(choices)]);
    const part = detailsPart(asked, quote, draftOf(sources, choices, quote, draftId), { ...typed, faults }, trouble && asked.words.say(trouble));
    return { kind: 'asks', status: 422, part };
  };
  try {
    if (!wish.success) return await again(faultsOf(wish.error.issues, values));
    const booking = await sources.book(at, wish.data, address);
    const paysNow = booking.canPay && booking.dueMinor > 0;
    return { kind: 'goes', to: paysNow ? await sources.pay(booking.token).catch(() => `/b/${booking.token}`) : `/b/${booking.token}` };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (isGone(error))
      return { kind: 'asks', status: error.status, part: await timesOf(sources, at, { ...asked, choices: { ...choices, startsAt: null } }, true) };
    const { token } = error.detail;
    if (typeof token === 'string') return { kind: 'goes', to: `/b/${token}` };
    const fault = faultOf(error, given.privacy || !page.widget.privacy);
    if (fault) return again(fault);
    return again({}, troubles[error.code] ?? 'trouble.refused_title');
  }
}

const troubles: Readonly<Partial<Record<string, TextKey>>> = {
  quote_changed: 'quote.changed_title',
  too_many_holds: 'trouble.refused_title',
  too_many_requests: 'trouble.too_many_requests',
  payment_unavailable: 'trouble.payment_unavailable',
};

function faultOf({ code, detail }: Problem, agreed: boolean): Typed['faults'] | undefined {
  if (code === 'invalid_phone') return { phone: 'details.phone_wrong' };
  if (code === 'consent_needed') return agreed ? { terms: 'details.terms_needed' } : { privacy: 'details.privacy_needed' };
  if (code !== 'invalid_request') return undefined;
  if (detail['field'] === 'email') return { email: 'details.email_needed' };
  return detail['field'] === 'comment' ? { comment: 'details.comment_needed' } : undefined;
}

function faultsOf(issues: readonly { readonly path: readonly PropertyKey[] }[], values: Typed['values']): Typed['faults'] {
  const wrong = new Set(issues.map(({ path }) => path.at(-1)));
  const faults: Partial<Record<Field, TextKey>> = {};
  if (wrong.has('name')) faults.name = 'details.name_needed';
  if (wrong.has('phone')) faults.phone = values.phone?.trim() ? 'details.phone_wrong' : 'details.phone_needed';
  if (wrong.has('email')) faults.email = 'details.email_wrong';
  return faults;
}

function typedIn(form: URLSearchParams): Typed {
  const fields: readonly Field[] = ['name', 'phone', 'email', 'comment', 'terms', 'privacy'];
  const values = Object.fromEntries(fields.flatMap((name) => (form.has(name) ? [[name, (form.get(name) ?? '').slice(0, 1000)]] : [])));
  return { values, payServiceIds: form.getAll('pay').slice(0, 8), faults: {} };
}

async function timesOf(sources: PlainSources, at: Place, asked: Asked, gone: boolean): Promise<string> {
  const { serviceIds, staff } = asked.choices;
  const free = await sources.freeTimes(at, { serviceIds, staff: staff ?? ANY_STAFF, ...daysAsked(asked.page, asked.choices) });
  return timesPart(asked, free, gone);
}

function askedOf(page: LocationPage, language: string, search: string): Asked {
  const words: Words = plainWords(language, { currency: page.location.currency, timeZone: page.location.timeZone });
  const choices = choicesOf(search, page);
  const [only, more] = staffFor(page, choices.serviceIds);
  // with one person there is nothing to choose
  const staff = choices.serviceIds.length > 0 && only && !more ? only.id : choices.staff;
  return { page, words, choices: { ...choices, staff } };
}

function appointmentOf({ serviceIds, staff, startsAt }: Choices): WishedAppointment {
  return { serviceIds: [...serviceIds], staffId: staff === ANY_STAFF ? null : staff, startsAt: startsAt ?? '' };
}

/** What was shown cannot be exchanged behind the client's back: the form carries it signed. */
function draftOf(sources: PlainSources, choices: Choices, quote: Quote, draftId: string): string {
  return sources.sign([draftId, quote.quoteId, chosen(choices)]);
}

function chosen({ serviceIds, staff, startsAt }: Choices): string {
  return [serviceIds.join(','), staff, startsAt].join(' ');
}

function isGone(error: unknown): boolean {
  return error instanceof Problem && (error.code === 'time_taken' || error.code === 'time_not_offered');
}
