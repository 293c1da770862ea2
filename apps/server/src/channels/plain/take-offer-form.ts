import { digitsOf } from '@holdfast/contract/code-digits';
import type { LocationPage } from '@holdfast/contract/location-page';
import { type OfferTaken, offerTakenShape, type WaitingEntry } from '@holdfast/contract/waiting';
import { Problem } from '../../kit/problem.ts';
import { sendCode, tryCode } from './confirm-code.ts';
import { type CodeStands, phonePart } from './phone-page.ts';
import type { PlainSources } from './plain-sources.ts';
import { plainWords } from './plain-words.ts';

interface Sent {
  readonly waiting: { read(token: string): Promise<WaitingEntry>; take(token: string, taken: OfferTaken, address: string): Promise<string> };
  readonly sources: PlainSources;
  placeOf(entry: WaitingEntry): Promise<LocationPage>;
  readonly token: string;
  readonly form: URLSearchParams;
  readonly address: string;
}
type Taken =
  | { readonly kind: 'goes'; readonly to: string }
  | { readonly kind: 'asks'; readonly status: number; readonly part: string; readonly entry: WaitingEntry; readonly page: LocationPage };

/** What goes along with the code, unseen. */
const KEPT = ['quote', 'termsVersion', 'consentVersion', 'by', 'pay', 'terms', 'privacy'];

/** An offer is taken, with the code that was sent to the telephone where that has to be confirmed first. */
export async function takeOfferForm(sent: Sent): Promise<Taken> {
  const { waiting, sources, token, form } = sent;
  try {
    if (form.get('step') !== 'code') return await take(sent);
    const entry = await waiting.read(token);
    if (form.get('do') === 'change') return { kind: 'goes', to: `/waiting/${token}` };
    if (form.get('do') === 'resend') return await askForCode(sent, entry);
    const tried = await tryCode(
      sources,
      { chain: entry.chain.slug, location: entry.location.slug },
      { draftId: entry.draftId, phone: entry.client.phone, digits: digitsOf(form.get('code') ?? '') },
      plainWords(entry.language, { currency: 'EUR', timeZone: entry.location.timeZone }),
    );
    return 'fault' in tried ? await codeAgain(sent, entry, 422, { code: codeIn(sent), fault: tried.fault }) : await take(sent, tried.proof);
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 404) throw error;
    return { kind: 'goes', to: `/waiting/${token}?trouble=${error.code}` };
  }
}

async function take(sent: Sent, proof?: string): Promise<Taken> {
  const { waiting, token, form, address } = sent;
  const taken = offerTakenShape.safeParse({
    quoteId: form.get('quote'),
    pay: form.has('pay'),
    cover: form.get('by') === 'membership',
    consent: {
      terms: form.has('terms'),
      termsVersion: Number(form.get('termsVersion')),
      link: { version: Number(form.get('consentVersion')), privacy: form.has('privacy') },
    },
    ...(proof !== undefined && { phoneConfirmation: proof }),
  });
  if (!taken.success) return { kind: 'goes', to: `/waiting/${token}` };
  try {
    return { kind: 'goes', to: await waiting.take(token, taken.data, address) };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'phone_not_confirmed') throw error;
    return askForCode(sent, await waiting.read(token));
  }
}

async function askForCode(sent: Sent, entry: WaitingEntry): Promise<Taken> {
  const at = { chain: entry.chain.slug, location: entry.location.slug };
  const { draftId, client, language } = entry;
  const { status, stands } = await sendCode(sent.sources, at, { draftId, phone: client.phone, language }, sent.address);
  return codeAgain(sent, entry, status, stands);
}

async function codeAgain({ sources, placeOf, token, form }: Sent, entry: WaitingEntry, status: number, stands: CodeStands): Promise<Taken> {
  const page = await placeOf(entry);
  const words = plainWords(entry.language, { currency: page.location.currency, timeZone: page.location.timeZone });
  const kept = [
    ...KEPT.flatMap((name) => (form.has(name) ? [[name, form.get(name) ?? ''] as const] : [])),
    ...(stands.code ? [['sent', sources.sign(['offer', stands.code.phone, stands.code.resendAt])] as const] : []),
  ];
  const part = phonePart({ page, words }, { action: `/waiting/${token}/take`, kept, sameNumber: true }, stands);
  return { kind: 'asks', status, part, entry, page };
}

function codeIn({ sources, form }: Sent): CodeStands['code'] {
  const [mark, phone, resendAt] = sources.read(form.get('sent') ?? '') ?? [];
  return mark === 'offer' && phone && resendAt ? { phone, resendAt } : undefined;
}
