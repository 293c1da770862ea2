import type { Booking } from '@holdfast/contract/booking';
import type { TextKey, Words } from '@holdfast/contract/client-words';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { MoveQuote } from '@holdfast/contract/moving';
import { Problem } from '../../kit/problem.ts';
import { escapeHtml } from '../page-shell.ts';
import { ANY_STAFF, type Choices, choicesOf } from './choices.ts';
import { daysAsked, timesPart } from './choose-pages.ts';
import type { PlainSources } from './plain-sources.ts';

type Visit = Booking['appointments'][number];

export interface Moving {
  readonly booking: Booking;
  readonly visit: Visit;
  readonly page: LocationPage;
  readonly words: Words;
  /** Of the address: with whom, which day, which time. */
  readonly search: string;
}

/** Another time for a visit without a script: days and times as links, and with a time in the address what it would mean, and a form. */
export async function movePart(sources: PlainSources, { booking, visit, page, words, search }: Moving): Promise<string> {
  const { say } = words;
  const choices = choicesFor(visit, page, search);
  const back = `<p class="way"><a href="/b/${escapeHtml(booking.token)}">${escapeHtml(say('move.keep'))}</a></p>`;
  const frame = (body: string, trouble = '') => `<section class="scene"><h1>${escapeHtml(say('move.title'))}</h1>${trouble}${body}${back}</section>`;
  const times = async (gone: boolean) => {
    const asked = { page, words, choices: { ...choices, startsAt: null } };
    const free = await sources.freeTimes(
      { chain: booking.chain.slug, location: booking.location.slug },
      { serviceIds: choices.serviceIds, staff: choices.staff ?? ANY_STAFF, ...daysAsked(page, choices) },
    );
    // one heading is enough
    return timesPart(asked, free, gone).replace(/^<h1>.*<\/h1>\n/, '');
  };
  if (!visit.moveUntil) return frame('', notice(say('move.too_late')));
  if (choices.startsAt === null) return frame(await times(new URLSearchParams(search).has('gone')));
  try {
    const quote = await sources.quoteMove(booking.token, visit.id, { startsAt: choices.startsAt, staffId: staffIdOf(choices) });
    // what they had read does not hold any more
    const again = new URLSearchParams(search).has('less') ? notice(say('move.less_now')) : '';
    return frame(meaning(quote, visit, booking, words), again);
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 404) throw error;
    const gone = error.code === 'time_taken' || error.code === 'time_not_offered';
    return frame(await times(gone), gone ? '' : notice(say(moveTroubles[error.code] ?? 'trouble.step_not_allowed')));
  }
}

/** What moving is refused for in words of its own. */
export const moveTroubles: Readonly<Partial<Record<string, TextKey>>> = {
  quote_changed: 'move.other_visit',
  changed_meanwhile: 'move.changed',
  too_late_to_cancel: 'move.too_late',
  membership_not_usable: 'move.beyond',
};

/** With the same person, unless it was for anybody or the address says so; the services are the visit's. */
function choicesFor(visit: Visit, page: LocationPage, search: string): Choices {
  const asked = choicesOf(search, page);
  const anybody = page.location.anyStaff && (new URLSearchParams(search).get('staff') ?? (visit.anyStaff ? ANY_STAFF : '')) === ANY_STAFF;
  return { ...asked, serviceIds: visit.services.map(({ serviceId }) => serviceId), staff: anybody ? ANY_STAFF : visit.staffId, event: null };
}

function staffIdOf({ staff }: Pick<Choices, 'staff'>): string | null {
  return staff === ANY_STAFF ? null : staff;
}

function notice(text: string): string {
  return `<div class="notice notice-warn" role="alert"><div class="notice-body"><strong>${escapeHtml(text)}</strong></div></div>`;
}

/** Its consequence for money and memberships is read before the button is reached. */
function meaning(quote: MoveQuote, visit: Visit, { token }: Booking, { say, when, money }: Words): string {
  const { cancellation, mostPercent } = quote;
  const { backMinor, until, thenMinor } = cancellation;
  const paid = visit.paidMinor > 0;
  const lines = [
    paid && say('move.keeps', { amount: money(visit.paidMinor) }),
    paid && mostPercent < 100 && say('move.at_most', { amount: money(backMinor) }),
    paid && until && say('move.then', { when: when(until), amount: money(backMinor), later: money(thenMinor ?? 0) }),
    ...cancellation.appointments
      .flatMap(({ visits }) => visits)
      .map(({ membershipName, visits, back, until: lasts }) =>
        [
          say('move.visits', { count: visits, membership: membershipName }),
          !back && say('move.visits_lost'),
          lasts && say('move.visits_until', { when: when(lasts) }),
        ]
          .filter(Boolean)
          .join(' '),
      ),
  ].filter((line): line is string => typeof line === 'string');
  const field = (name: string, value: string) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
  return `<div class="notice"><div class="notice-body"><strong>${escapeHtml(say('move.to', { when: when(quote.startsAt), staff: quote.staffName }))}</strong>
${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}</div></div>
<form method="post" action="/b/${escapeHtml(token)}/moves/${escapeHtml(visit.id)}">
${field('startsAt', quote.startsAt)}${field('staff', quote.staffId)}${field('from', visit.startsAt)}
${field('seenAt', cancellation.at)}${field('mostPercent', String(mostPercent))}${field('visitsLost', String(cancellation.visitsLost))}
<button class="button button-main" type="submit">${escapeHtml(say('move.confirm', { when: when(quote.startsAt) }))}</button>
</form>
<p class="way"><a href="/b/${escapeHtml(token)}/moves/${escapeHtml(visit.id)}">${escapeHtml(say('move.open'))}</a></p>`;
}
