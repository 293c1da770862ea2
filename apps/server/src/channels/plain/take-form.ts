import { digitsOf } from '@holdfast/contract/code-digits';
import type { LocationPage } from '@holdfast/contract/location-page';
import { Problem } from '../../kit/problem.ts';
import { chosen, queryOf } from './choices.ts';
import { sendCode, tryCode } from './confirm-code.ts';
import { type Booked, detailsAgain, faultOf, faultsOf, type Sent, type Shown, troubles, typedIn, wishOf } from './form-sent.ts';
import { keepDetails, proofKept } from './keep-details.ts';
import { coverAgain, keptIn, pathWith, takeCoverForm } from './membership-step.ts';
import { type CodeStands, phonePart } from './phone-page.ts';
import { askedOf, chooseAgain, draftOf, isGone } from './plain-pages.ts';
import type { Place, PlainSources } from './plain-sources.ts';

/**
 * The filled form: a booking, and the way to its payment; where the link or a membership demands it, the code that was sent to the telephone; or the form again,
 * with everything that was typed. Sent twice it is one booking.
 */
export async function plainBooking(
  sources: PlainSources,
  at: Place,
  page: LocationPage,
  { language, search, form, address }: { language: string; search: string; form: URLSearchParams; address: string },
): Promise<Booked> {
  const asked = askedOf(page, language, search);
  const kept = keptIn(sources, at, asked, search);
  if (kept) {
    const sent = { sources, at, asked, address, ...kept, code: undefined };
    return takeCoverForm(sent, kept.proof, form, (shown) => book(sent, shown));
  }
  const [draftId, quoteId, signed, phone, resendAt] = sources.read(form.get('draft') ?? '') ?? [];
  if (!draftId || !quoteId || signed !== chosen(asked.choices)) return { kind: 'goes', to: search || '?' };
  const code = phone && resendAt ? { phone, resendAt } : undefined;
  const sent: Sent = { sources, at, asked, address, draftId, quoteId, typed: typedIn(form), code };
  if (form.get('step') !== 'code') return book(sent, proofKept(sent));
  if (form.get('do') === 'change') return detailsAgain(sent, {});
  if (form.get('do') === 'resend') return askForCode(sent);
  return withCode(sent, digitsOf(form.get('code') ?? ''));
}

async function book(sent: Sent, shown: Shown = {}): Promise<Booked> {
  const { sources, at, asked, address } = sent;
  const { values, byMembership } = sent.typed;
  const wish = wishOf(sent, shown);
  if (!wish.success) return detailsAgain(sent, faultsOf(wish.error.issues, values));
  // memberships belong to whoever has the phone
  if (byMembership && shown.proof === undefined) return askForCode(sent);
  try {
    const booking = await sources.book(at, wish.data, address);
    const paysNow = booking.canPay && booking.dueMinor > 0;
    return { kind: 'goes', to: paysNow ? await sources.pay(booking.token).catch(() => `/b/${booking.token}`) : `/b/${booking.token}` };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (isGone(error, asked.choices)) return { kind: 'asks', status: error.status, part: await chooseAgain(sources, at, keepDetails(sent, shown)) };
    if (error.code === 'phone_not_confirmed') return askForCode(sent);
    if (error.code === 'membership_needed' || error.code === 'membership_not_usable')
      return shown.proof === undefined ? askForCode({ ...sent, typed: { ...sent.typed, byMembership: true } }) : coverAgain(sent, shown.proof);
    const { token, mostPlaces } = error.detail;
    if (typeof mostPlaces === 'number') return detailsAgain(sent, {}, 'trouble.too_many_places', { places: mostPlaces });
    if (typeof token === 'string') return { kind: 'goes', to: `/b/${token}` };
    const fault = faultOf(error, values.privacy === 'yes' || !asked.page.widget.privacy);
    return fault ? detailsAgain(sent, fault) : detailsAgain(sent, {}, troubles[error.code] ?? 'trouble.refused_title');
  }
}

/** Sends a code; within a minute of the last one it sends nothing, and the page is the same. */
async function askForCode(sent: Sent): Promise<Booked> {
  const { sources, at, asked, typed, draftId, address } = sent;
  try {
    const wish = { draftId, phone: typed.values.phone ?? '', language: asked.words.language };
    const { status, stands } = await sendCode(sources, at, wish, address);
    return codeAgain({ ...sent, code: stands.code }, status, stands);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return detailsAgain(sent, faultOf(error, true) ?? {}, error.code === 'invalid_phone' ? undefined : 'trouble.refused_title');
  }
}

async function withCode(sent: Sent, digits: string): Promise<Booked> {
  const { sources, at, asked, typed, draftId } = sent;
  const tried = await tryCode(sources, at, { draftId, phone: typed.values.phone ?? '', digits }, asked.words);
  if ('fault' in tried) return codeAgain(sent, 422, { fault: tried.fault });
  return typed.byMembership ? { kind: 'goes', to: pathWith(sent, tried.proof) } : book(sent, { proof: tried.proof });
}

function codeAgain({ sources, asked, typed, draftId, quoteId, code }: Sent, status: number, more: Omit<CodeStands, 'code'>): Booked {
  const draft = draftOf(sources, asked.choices, { quoteId }, draftId, code);
  const kept = [
    ['draft', draft],
    ...Object.entries(typed.values),
    ...typed.payServiceIds.map((id) => ['pay', id] as const),
    ...(typed.byMembership ? [['by', 'membership'] as const] : []),
  ] as const;
  return { kind: 'asks', status, part: phonePart(asked, { action: queryOf(asked.choices), kept }, { ...more, code }) };
}
