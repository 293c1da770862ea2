import { randomBytes } from 'node:crypto';
import type { TextKey, Words } from '@holdfast/contract/client-words';
import { digitsOf } from '@holdfast/contract/code-digits';
import type { LocationPage } from '@holdfast/contract/location-page';
import { Problem } from '../../kit/problem.ts';
import { sendCode, tryCode } from './confirm-code.ts';
import { type Booked, troubles } from './form-sent.ts';
import { boughtIn } from './membership-parts.ts';
import { minePart, signInPart } from './my-parts.ts';
import { type CodeSent, type CodeStands, phonePart } from './phone-page.ts';
import type { Place, PlainSources } from './plain-sources.ts';
import { plainWords } from './plain-words.ts';

export interface MyAsked {
  readonly sources: PlainSources;
  readonly at: Place;
  readonly page: LocationPage;
  readonly language: string;
  readonly search: string;
}

/** Whose telephone was confirmed, and by what: it stands in the address, sealed, and the server takes it for a day. */
interface SignedIn {
  readonly draftId: string;
  readonly phone: string;
  readonly proof: string;
}

const useOf = ({ chain, location }: Place) => `my bookings ${chain}/${location}`;

/** All that goes with a telephone, or the question whose it is. */
export async function myPage(asked: MyAsked, trouble?: TextKey): Promise<string> {
  const { sources, at, page, search } = asked;
  const on = signedIn(asked);
  if (!on) return signIn(asked, { trouble });
  try {
    const [mine, sale] = [await sources.mine(at, on), await sources.onSale(at)];
    const signOut = pathOf(asked, undefined);
    return minePart(page, wordsOf(asked), { phone: on.phone, action: `/my/${at.chain}/${at.location}${search}`, signOut, mine, sale, trouble });
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'phone_not_confirmed') throw error;
    return signIn(asked, { phone: on.phone, trouble: 'my.run_out' });
  }
}

/** A telephone that wants a code, the code itself, or a membership to buy. */
export async function takeMyForm(asked: MyAsked, form: URLSearchParams, address: string): Promise<Booked> {
  const { sources } = asked;
  const on = signedIn(asked);
  const bought = boughtIn(form);
  if (on) return bought ? buy(asked, on, { ...bought, name: form.get('name') ?? '' }) : { kind: 'goes', to: pathOf(asked, on) };
  const [mark, draftId, asking, resendAt] = sources.read(form.get('draft') ?? '') ?? [];
  if (mark !== 'my' || !draftId) return { kind: 'goes', to: pathOf(asked, undefined) };
  const phone = (form.get('phone') ?? '').slice(0, 40);
  if (form.get('step') !== 'code' || form.get('do') === 'resend') return askForCode(asked, { draftId, phone }, address);
  if (form.get('do') === 'change') return { kind: 'asks', status: 200, part: await signIn(asked, { phone }) };
  const code = asking && resendAt ? { phone: asking, resendAt } : undefined;
  const tried = await tryCode(sources, asked.at, { draftId, phone, digits: digitsOf(form.get('code') ?? '') }, wordsOf(asked));
  if ('fault' in tried) return codeAgain(asked, { draftId, phone, status: 422, stands: { code, fault: tried.fault } });
  return { kind: 'goes', to: pathOf(asked, { draftId, phone, proof: tried.proof }) };
}

async function askForCode(asked: MyAsked, { draftId, phone }: { draftId: string; phone: string }, address: string): Promise<Booked> {
  try {
    const { status, stands } = await sendCode(asked.sources, asked.at, { draftId, phone, language: asked.language }, address);
    return codeAgain(asked, { draftId, phone, status, stands });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const said: { fault?: TextKey; trouble?: TextKey } =
      error.code === 'invalid_phone' ? { fault: 'details.phone_wrong' } : { trouble: 'trouble.refused_title' };
    return { kind: 'asks', status: error.status, part: await signIn(asked, { phone, ...said }) };
  }
}

function codeAgain(
  asked: MyAsked,
  { draftId, phone, status, stands }: { draftId: string; phone: string; status: number; stands: CodeStands },
): Booked {
  const kept = [
    ['draft', draftOf(asked, draftId, stands.code)],
    ['phone', phone],
  ] as const;
  return { kind: 'asks', status, part: phonePart({ page: asked.page, words: wordsOf(asked) }, { action: pathOf(asked, undefined), kept }, stands) };
}

async function signIn(asked: MyAsked, said: { phone?: string; fault?: TextKey | undefined; trouble?: TextKey | undefined }): Promise<string> {
  const draft = draftOf(asked, randomBytes(18).toString('base64url'));
  return signInPart(asked.page, wordsOf(asked), { action: pathOf(asked, undefined), draft, ...said, sale: await asked.sources.onSale(asked.at) });
}

async function buy(asked: MyAsked, on: SignedIn, { name, ...bought }: { typeId: string; priceMinor: number; name: string }): Promise<Booked> {
  const { sources, at, page, language } = asked;
  const { clientName } = (await sources.mine(at, on)).memberships;
  const wish = {
    ...bought,
    draftId: on.draftId,
    phoneConfirmation: on.proof,
    client: { name: (clientName || name).trim().slice(0, 120), phone: on.phone, email: '' },
    language,
    link: page.widget.link,
  };
  if (wish.client.name === '') return { kind: 'asks', status: 422, part: await myPage(asked, 'details.name_needed') };
  try {
    return { kind: 'goes', to: await sources.buyMembership(at, wish, pathOf(asked, on)) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { kind: 'asks', status: error.status, part: await myPage(asked, troubles[error.code] ?? 'trouble.refused_title') };
  }
}

function signedIn({ sources, at, search }: MyAsked): SignedIn | undefined {
  const opened = sources.open(new URLSearchParams(search).get('on') ?? '', useOf(at));
  return opened ? (JSON.parse(opened) as SignedIn) : undefined;
}

/** The address of the page, signed in or not; the language goes along. */
function pathOf({ sources, at, search }: MyAsked, on: SignedIn | undefined): string {
  const query = new URLSearchParams(search);
  query.delete('on');
  if (on) query.set('on', sources.seal(JSON.stringify(on), useOf(at)));
  return `/my/${at.chain}/${at.location}${query.size > 0 ? `?${query}` : ''}`;
}

function draftOf({ sources }: MyAsked, draftId: string, code?: CodeSent): string {
  return sources.sign(['my', draftId, ...(code ? [code.phone, code.resendAt] : [])]);
}

function wordsOf({ page, language }: MyAsked): Words {
  return plainWords(language, { currency: page.location.currency, timeZone: page.location.timeZone });
}
