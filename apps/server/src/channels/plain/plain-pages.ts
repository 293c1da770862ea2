import { randomBytes } from 'node:crypto';
import type { Quote } from '@holdfast/contract/booking';
import type { Words } from '@holdfast/contract/client-words';
import type { LocationPage } from '@holdfast/contract/location-page';
import { Problem } from '../../kit/problem.ts';
import { ANY_STAFF, type Choices, choicesOf, chosen, staffFor, wishesOf } from './choices.ts';
import { type Asked, daysAsked, servicesPart, staffPart, timesPart } from './choose-pages.ts';
import { detailsPart, nothingTyped } from './details-page.ts';
import { eventsPart, placesPart } from './event-pages.ts';
import { detailsKept } from './keep-details.ts';
import type { CodeSent } from './phone-page.ts';
import type { Place, PlainSources } from './plain-sources.ts';
import { plainWords } from './plain-words.ts';

/** The next question of the booking, for what the address has answered already. */
export async function plainStep(sources: PlainSources, at: Place, page: LocationPage, language: string, search: string): Promise<string> {
  const asked = askedOf(page, language, search);
  const { choices } = asked;
  if (choices.event !== null || (page.services.length === 0 && page.events)) {
    if (!choices.event || choices.places === null) return eventsOf(sources, at, asked, false);
  } else {
    if (choices.serviceIds.length === 0) return servicesPart(asked);
    if (choices.staff === null) return staffPart(asked);
    if (choices.startsAt === null) return timesOf(sources, at, asked, false);
  }
  try {
    const quote = await sources.quote(at, wishesOf(choices));
    const kept = detailsKept(sources, at, asked);
    const draftId = kept?.draftId ?? randomBytes(18).toString('base64url');
    return detailsPart(asked, quote, draftOf(sources, choices, quote, draftId), kept?.typed ?? nothingTyped, undefined);
  } catch (error) {
    if (isGone(error, choices)) return chooseAgain(sources, at, asked);
    throw error;
  }
}

/** What was chosen has gone meanwhile: the page where another one is chosen, which says so. */
export async function chooseAgain(sources: PlainSources, at: Place, asked: Asked): Promise<string> {
  if (asked.choices.event) return eventsOf(sources, at, asked, true);
  return timesOf(sources, at, { ...asked, choices: { ...asked.choices, startsAt: null } }, true);
}

export function isGone(error: unknown, { event }: Choices): boolean {
  return error instanceof Problem && ['time_taken', 'time_not_offered', 'event_full', ...(event ? ['not_found'] : [])].includes(error.code);
}

/** The list of events; of the one that the address names, how many places. One that is gone or cannot be booked any more is not among them. */
async function eventsOf(sources: PlainSources, at: Place, asked: Asked, gone: boolean): Promise<string> {
  const events = await sources.events(at);
  const one = events.find(({ id }) => id === asked.choices.event);
  return one ? placesPart(asked, one, gone) : eventsPart(asked, events, gone);
}

async function timesOf(sources: PlainSources, at: Place, asked: Asked, gone: boolean): Promise<string> {
  const { serviceIds, staff } = asked.choices;
  const free = await sources.freeTimes(at, { serviceIds, staff: staff ?? ANY_STAFF, ...daysAsked(asked.page, asked.choices) });
  return timesPart(asked, free, gone);
}

export function askedOf(page: LocationPage, language: string, search: string): Asked {
  const words: Words = plainWords(language, { currency: page.location.currency, timeZone: page.location.timeZone });
  const choices = choicesOf(search, page);
  const [only, more] = staffFor(page, choices.serviceIds);
  // with one person there is nothing to choose
  const staff = choices.serviceIds.length > 0 && only && !more ? only.id : choices.staff;
  return { page, words, choices: { ...choices, staff } };
}

/** What was shown cannot be exchanged behind the client's back: the form carries it signed, with the code that is on its way. */
export function draftOf(sources: PlainSources, choices: Choices, quote: Pick<Quote, 'quoteId'>, draftId: string, code?: CodeSent): string {
  return sources.sign([draftId, quote.quoteId, chosen(choices), ...(code ? [code.phone, code.resendAt] : [])]);
}
