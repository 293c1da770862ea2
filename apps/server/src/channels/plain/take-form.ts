import { type BookingWish, bookingWishShape } from '@holdfast/contract/booking';
import type { TextKey } from '@holdfast/contract/client-words';
import { digitsOf } from '@holdfast/contract/code-digits';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { WrongCode } from '@holdfast/contract/phone-codes';
import { Problem } from '../../kit/problem.ts';
import { chosen, wishesOf } from './choices.ts';
import type { Asked } from './choose-pages.ts';
import { detailsPart, type Field, type Typed } from './details-page.ts';
import { type CodeSent, type CodeStands, phonePart } from './phone-page.ts';
import { askedOf, chooseAgain, draftOf, isGone } from './plain-pages.ts';
import type { Place, PlainSources } from './plain-sources.ts';

export type Booked = { readonly kind: 'goes'; readonly to: string } | { readonly kind: 'asks'; readonly status: number; readonly part: string };

/** A form as it came, for a draft that was signed. */
interface Sent {
  readonly sources: PlainSources;
  readonly at: Place;
  readonly asked: Asked;
  readonly address: string;
  readonly draftId: string;
  readonly quoteId: string;
  readonly typed: Typed;
  /** Which code is on its way, as the page before knew it. */
  readonly code: CodeSent | undefined;
}

/**
 * The filled form: a booking, and the way to its payment; where the link demands it, the code that was sent to the telephone; or the form again, with everything
 * that was typed. Sent twice it is one booking.
 */
export async function plainBooking(
  sources: PlainSources,
  at: Place,
  page: LocationPage,
  { language, search, form, address }: { language: string; search: string; form: URLSearchParams; address: string },
): Promise<Booked> {
  const asked = askedOf(page, language, search);
  const [draftId, quoteId, signed, phone, resendAt] = sources.read(form.get('draft') ?? '') ?? [];
  if (!draftId || !quoteId || signed !== chosen(asked.choices)) return { kind: 'goes', to: search || '?' };
  const code = phone && resendAt ? { phone, resendAt } : undefined;
  const sent: Sent = { sources, at, asked, address, draftId, quoteId, typed: typedIn(form), code };
  if (form.get('step') !== 'code') return book(sent);
  if (form.get('do') === 'change') return detailsAgain(sent, {});
  if (form.get('do') === 'resend') return askForCode(sent);
  return withCode(sent, digitsOf(form.get('code') ?? ''));
}

async function book(sent: Sent, proof?: string): Promise<Booked> {
  const { sources, at, asked, address } = sent;
  const { values } = sent.typed;
  const wish = bookingWishShape.safeParse(wishOf(sent, proof));
  if (!wish.success) return detailsAgain(sent, faultsOf(wish.error.issues, values));
  try {
    const booking = await sources.book(at, wish.data, address);
    const paysNow = booking.canPay && booking.dueMinor > 0;
    return { kind: 'goes', to: paysNow ? await sources.pay(booking.token).catch(() => `/b/${booking.token}`) : `/b/${booking.token}` };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (isGone(error, asked.choices)) return { kind: 'asks', status: error.status, part: await chooseAgain(sources, at, asked) };
    if (error.code === 'phone_not_confirmed') return askForCode(sent);
    const { token } = error.detail;
    if (typeof token === 'string') return { kind: 'goes', to: `/b/${token}` };
    const fault = faultOf(error, values.privacy === 'yes' || !asked.page.widget.privacy);
    return fault ? detailsAgain(sent, fault) : detailsAgain(sent, {}, troubles[error.code] ?? 'trouble.refused_title');
  }
}

function wishOf({ asked: { page, choices, words }, draftId, quoteId, typed }: Sent, proof: string | undefined): BookingWish {
  const { values, payServiceIds } = typed;
  const { appointments, event } = wishesOf(choices);
  return {
    draftId,
    quoteId,
    appointments: appointments.map((one) => ({ ...one, payServiceIds: [...payServiceIds] })),
    ...(event && { event: { ...event, pay: payServiceIds.length > 0 } }),
    ...(proof !== undefined && { phoneConfirmation: proof }),
    link: page.widget.link,
    client: { name: values.name ?? '', phone: values.phone ?? '', email: (values.email ?? '').trim() },
    comment: (values.comment ?? '').trim(),
    language: words.language,
    consent: {
      terms: values.terms === 'yes',
      termsVersion: page.location.terms.version,
      link: { version: page.widget.consentVersion, privacy: values.privacy === 'yes' },
    },
  };
}

/** Sends a code; within a minute of the last one it sends nothing, and the page is the same. */
async function askForCode(sent: Sent): Promise<Booked> {
  const { sources, at, asked, typed, draftId, address } = sent;
  const { language } = asked.words;
  try {
    return codeAgain({ ...sent, code: await sources.askCode(at, { draftId, phone: typed.values.phone ?? '', language }, address) }, 200);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'too_many_requests') return codeAgain({ ...sent, code: undefined }, error.status, { refused: error });
    return detailsAgain(sent, faultOf(error, true) ?? {}, error.code === 'invalid_phone' ? undefined : 'trouble.refused_title');
  }
}

async function withCode(sent: Sent, digits: string): Promise<Booked> {
  const { sources, at, asked, typed, draftId } = sent;
  const { say } = asked.words;
  if (digits.length !== 6) return codeAgain(sent, 422, { fault: say('phone.code_needed') });
  try {
    return await book(sent, await sources.confirmPhone(at, { draftId, phone: typed.values.phone ?? '', code: digits }));
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'wrong_code') throw error;
    const count = Number(error.detail['triesLeft'] ?? 0);
    const because = error.detail['because'] as WrongCode;
    // the last try is gone: whoever reads "wrong" would try a sixth time
    const key: TextKey = because === 'wrong' && count === 0 ? 'phone.too_many_tries' : `phone.${because}`;
    return codeAgain(sent, 422, { fault: say(key, { count }) });
  }
}

function codeAgain({ sources, asked, typed, draftId, quoteId, code }: Sent, status: number, more: Omit<CodeStands, 'code'> = {}): Booked {
  const draft = draftOf(sources, asked.choices, { quoteId }, draftId, code);
  return { kind: 'asks', status, part: phonePart(asked, draft, typed, { code, ...more }) };
}

async function detailsAgain({ sources, at, asked, draftId, typed }: Sent, faults: Typed['faults'], trouble?: TextKey): Promise<Booked> {
  try {
    const quote = await sources.quote(at, wishesOf(asked.choices));
    const part = detailsPart(
      asked,
      quote,
      draftOf(sources, asked.choices, quote, draftId),
      { ...typed, faults },
      trouble && asked.words.say(trouble),
    );
    return { kind: 'asks', status: 422, part };
  } catch (error) {
    if (!isGone(error, asked.choices)) throw error;
    return { kind: 'asks', status: 409, part: await chooseAgain(sources, at, asked) };
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
