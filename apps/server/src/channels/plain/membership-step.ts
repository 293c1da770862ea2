import type { TextKey } from '@holdfast/contract/client-words';
import type { MembershipCover } from '@holdfast/contract/memberships';
import { Problem } from '../../kit/problem.ts';
import { chosen, queryOf, wishesOf } from './choices.ts';
import type { Asked } from './choose-pages.ts';
import { coverPart } from './cover-page.ts';
import type { Typed } from './details-page.ts';
import { type Booked, detailsAgain, type Sent, type Shown, troubles } from './form-sent.ts';
import { boughtIn } from './membership-parts.ts';
import { chooseAgain, isGone } from './plain-pages.ts';
import type { Place, PlainSources } from './plain-sources.ts';

/** What was typed and confirmed before somebody left to buy a membership: it waits in the address, which only we can read. */
interface Kept {
  readonly draftId: string;
  readonly quoteId: string;
  readonly typed: Typed;
  readonly proof: string;
}

const useOf = ({ chain, location }: Place, { choices }: Asked) => `plain booking ${chain}/${location} ${chosen(choices)}`;

/** The address of the membership's step, behind the path. */
export function pathWith({ sources, at, asked, draftId, quoteId, typed }: Sent, proof: string): string {
  const kept: Kept = { draftId, quoteId, typed: { ...typed, faults: {} }, proof };
  return `${queryOf(asked.choices)}&${new URLSearchParams({ on: sources.seal(JSON.stringify(kept), useOf(at, asked)) })}`;
}

export function keptIn(sources: PlainSources, at: Place, asked: Asked, search: string): Kept | undefined {
  const on = new URLSearchParams(search).get('on');
  const opened = on ? sources.open(on, useOf(at, asked)) : undefined;
  return opened ? (JSON.parse(opened) as Kept) : undefined;
}

/** What memberships cover, where the address says whose they are; undefined: it does not. */
export async function membershipStep(
  sources: PlainSources,
  at: Place,
  asked: Asked,
  { search, address }: { search: string; address: string },
): Promise<string | undefined> {
  const kept = keptIn(sources, at, asked, search);
  if (!kept) return undefined;
  const { proof, ...sent } = kept;
  const outcome = await coverAgain({ sources, at, asked, address, ...sent, code: undefined }, proof);
  return outcome.kind === 'asks' ? outcome.part : undefined;
}

/** The same page again, as it stands now. */
export async function coverAgain(sent: Sent, proof: string, trouble?: TextKey): Promise<Booked> {
  const { sources, at, asked, typed } = sent;
  try {
    const quote = await sources.quote(at, wishesOf(asked.choices));
    const cover = await coverOf(sent, proof);
    const sale = cover.services.every(({ membership }) => membership) ? undefined : await sources.onSale(at);
    return {
      kind: 'asks',
      status: trouble ? 409 : 200,
      part: coverPart(asked, { quote, cover, sale, typed, action: pathWith(sent, proof), trouble }),
    };
  } catch (error) {
    if (isGone(error, asked.choices)) return { kind: 'asks', status: 409, part: await chooseAgain(sources, at, asked) };
    // a day has passed
    if (error instanceof Problem && error.code === 'phone_not_confirmed') return detailsAgain(sent, {});
    throw error;
  }
}

/** What was pressed there: book, with or without a membership; buy one; or change what was typed. */
export async function takeCoverForm(sent: Sent, proof: string, form: URLSearchParams, book: (shown: Shown) => Promise<Booked>): Promise<Booked> {
  const bought = boughtIn(form);
  if (bought) return buy(sent, proof, bought);
  if (form.get('do') === 'change') return detailsAgain(sent, {});
  if (form.get('do') === 'pay') return book({ proof });
  // as it was shown: pressed twice it is the same booking, and what is not so any more is said by the claim
  return book({ proof, covered: form.getAll('cover').slice(0, 8) });
}

async function buy(sent: Sent, proof: string, bought: NonNullable<ReturnType<typeof boughtIn>>): Promise<Booked> {
  const { sources, at, asked, typed, draftId } = sent;
  const { name = '', phone = '', email = '' } = typed.values;
  const wish = {
    ...bought,
    draftId,
    phoneConfirmation: proof,
    client: { name: name.trim(), phone, email: email.trim() },
    language: asked.words.language,
  };
  try {
    const to = await sources.buyMembership(at, wish, `/book/${at.chain}/${at.location}${pathWith(sent, proof)}`);
    return { kind: 'goes', to };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return coverAgain(sent, proof, troubles[error.code] ?? 'trouble.refused_title');
  }
}

function coverOf({ sources, at, asked, typed, draftId }: Sent, proof: string): Promise<MembershipCover> {
  const { appointments, event } = wishesOf(asked.choices);
  return sources.cover(at, {
    draftId,
    phone: typed.values.phone ?? '',
    phoneConfirmation: proof,
    appointments: appointments.map(({ serviceIds, startsAt }) => ({ serviceIds, startsAt })),
    ...(event && { event }),
  });
}
