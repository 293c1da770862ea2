import { type BookingWish, bookingWishShape } from '@holdfast/contract/booking';
import type { TextKey } from '@holdfast/contract/client-words';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { Problem } from '../../kit/problem.ts';
import { wishesOf } from './choices.ts';
import type { Asked } from './choose-pages.ts';
import { detailsPart, type Field, type Typed } from './details-page.ts';
import { keepDetails } from './keep-details.ts';
import type { CodeSent } from './phone-page.ts';
import { chooseAgain, draftOf, isGone } from './plain-pages.ts';
import type { Place, PlainSources } from './plain-sources.ts';

export type Booked = { readonly kind: 'goes'; readonly to: string } | { readonly kind: 'asks'; readonly status: number; readonly part: string };

/** A form as it came, for a draft that was signed. */
export interface Sent {
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

/** What the phone was confirmed by, and which services a membership is to cover. */
export interface Shown {
  readonly proof?: string | undefined;
  readonly covered?: readonly string[];
}

export function wishOf({ asked: { page, choices, words }, draftId, quoteId, typed }: Sent, { proof, covered = [] }: Shown) {
  const { values } = typed;
  const { appointments, event } = wishesOf(choices);
  const payServiceIds = typed.payServiceIds.filter((id) => !covered.includes(id));
  const cover = covered.length > 0;
  const wish: BookingWish = {
    draftId,
    quoteId,
    appointments: appointments.map((one) => ({ ...one, payServiceIds, ...(cover && { coverServiceIds: [...covered] }) })),
    ...(event && { event: { ...event, pay: payServiceIds.length > 0, ...(cover && { cover }) } }),
    ...(proof !== undefined && { phoneConfirmation: proof }),
    link: page.widget.link,
    client: { name: values.name ?? '', phone: values.phone ?? '', email: (values.email ?? '').trim() },
    comment: (values.comment ?? '').trim(),
    language: words.language,
    consent: consentIn(values, page),
  };
  return bookingWishShape.safeParse(wish);
}

/** What was agreed to, in the version that stood on the page then. */
export function consentIn(values: Typed['values'], { location, widget }: LocationPage): Required<BookingWish['consent']> {
  return {
    terms: values.terms === 'yes',
    termsVersion: Number(values.termsVersion ?? location.terms.version),
    link: { version: Number(values.consentVersion ?? widget.consentVersion), privacy: values.privacy === 'yes' },
  };
}

/** The form again, with everything that was typed and what is wrong with it. */
export async function detailsAgain(sent: Sent, faults: Typed['faults'], trouble?: TextKey, facts: { places?: number } = {}): Promise<Booked> {
  const { sources, at, asked, draftId, typed } = sent;
  try {
    const quote = await sources.quote(at, wishesOf(asked.choices));
    const part = detailsPart(
      asked,
      quote,
      draftOf(sources, asked.choices, quote, draftId),
      { ...typed, faults },
      trouble && asked.words.say(trouble, facts),
    );
    return { kind: 'asks', status: 422, part };
  } catch (error) {
    if (!isGone(error, asked.choices)) throw error;
    return { kind: 'asks', status: 409, part: await chooseAgain(sources, at, keepDetails(sent, {})) };
  }
}

export const troubles: Readonly<Partial<Record<string, TextKey>>> = {
  quote_changed: 'quote.changed_title',
  changed_meanwhile: 'membership.changed',
  too_many_holds: 'trouble.refused_title',
  too_many_requests: 'trouble.too_many_requests',
  payment_unavailable: 'trouble.payment_unavailable',
  provider_unreachable: 'trouble.provider_unreachable',
  payment_in_progress: 'trouble.payment_in_progress',
};

export function faultOf({ code, detail }: Problem, agreed: boolean): Typed['faults'] | undefined {
  if (code === 'invalid_phone') return { phone: 'details.phone_wrong' };
  if (code === 'consent_needed') return agreed ? { terms: 'details.terms_needed' } : { privacy: 'details.privacy_needed' };
  if (code !== 'invalid_request') return undefined;
  if (detail['field'] === 'email') return { email: 'details.email_needed' };
  return detail['field'] === 'comment' ? { comment: 'details.comment_needed' } : undefined;
}

export function faultsOf(issues: readonly { readonly path: readonly PropertyKey[] }[], values: Typed['values']): Typed['faults'] {
  const wrong = new Set(issues.map(({ path }) => path.at(-1)));
  const faults: Partial<Record<Field, TextKey>> = {};
  if (wrong.has('name')) faults.name = 'details.name_needed';
  if (wrong.has('phone')) faults.phone = values.phone?.trim() ? 'details.phone_wrong' : 'details.phone_needed';
  if (wrong.has('email')) faults.email = 'details.email_wrong';
  return faults;
}

export function typedIn(form: URLSearchParams): Typed {
  const fields = ['name', 'phone', 'email', 'comment', 'terms', 'privacy', 'termsVersion', 'consentVersion'];
  const values = Object.fromEntries(fields.flatMap((name) => (form.has(name) ? [[name, (form.get(name) ?? '').slice(0, 1000)]] : [])));
  return { values, payServiceIds: form.getAll('pay').slice(0, 8), byMembership: form.get('by') === 'membership', faults: {} };
}
