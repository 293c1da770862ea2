import type { PublicEvent } from '@holdfast/contract/events';
import { escapeHtml } from '../page-shell.ts';
import { MOST_PLACES, queryOf } from './choices.ts';
import { type Asked, marks } from './choose-pages.ts';

const notice = (title: string, text: string) =>
  `<div class="notice notice-warn" role="alert"><div class="notice-body"><strong>${escapeHtml(title)}</strong>${text ? `<div>${escapeHtml(text)}</div>` : ''}</div></div>`;

/** Which event? Day by day, one link each; a full one stays to be seen. `gone`: the one that was chosen has just run full or was changed. */
export function eventsPart({ page, words, choices }: Asked, events: readonly PublicEvent[], gone: boolean): string {
  const { say } = words;
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: page.location.timeZone, dateStyle: 'short' });
  const days = Map.groupBy(events, ({ startsAt }) => dayOf.format(new Date(startsAt)));
  const others =
    page.services.length > 0
      ? `<p class="way"><a href="${escapeHtml(queryOf({ ...choices, event: null, places: null }))}">${escapeHtml(say('event.appointments'))}</a></p>`
      : '';
  const groups = [...days].map(
    ([day, theirs]) => `<section class="group"><h2>${escapeHtml(words.day(day))}</h2>
${theirs.map((one) => choice(one, words, queryOf({ ...choices, event: one.id, places: null }))).join('\n')}
</section>`,
  );
  return `<h1>${escapeHtml(say('event.title'))}</h1>
${gone ? notice(say('event.gone_title'), '') : ''}
${others}
${events.length === 0 ? `<p class="empty">${escapeHtml(say('event.none'))}</p>` : groups.join('\n')}`;
}

function choice(event: PublicEvent, words: Asked['words'], to: string): string {
  const { say, time, moneyRange } = words;
  const body = `<span class="choice-body"><span class="choice-name"><bdi>${escapeHtml(`${time(event.startsAt)}–${time(event.endsAt)}`)}</bdi> ${escapeHtml(event.title)}</span>
${event.description ? `<span class="choice-text"><bdi>${escapeHtml(event.description)}</bdi></span>` : ''}
<span class="choice-facts"><span>${escapeHtml(event.staffName)}</span><span>${escapeHtml(left(event, words))}</span>${mark(event, words)}</span></span>
<span class="choice-price">${escapeHtml(moneyRange(event.priceMinMinor, event.priceMaxMinor))}</span>`;
  if (event.placesLeft > 0) return `<a class="choice" href="${escapeHtml(to)}">${body}</a>`;
  return `<div class="choice" data-off="true">${body}</div>${waits(to, 1, say('join.open'))}`;
}

/** How many places? Every answer says what all of them cost. `gone`: so many as were chosen are no longer left. */
export function placesPart({ words, choices }: Asked, event: PublicEvent, gone: boolean): string {
  const { say, when, time, moneyRange } = words;
  const most = Math.min(event.placesLeft, MOST_PLACES);
  const price = (places: number) => moneyRange(event.priceMinMinor * places, event.priceMaxMinor * places);
  const options = Array.from({ length: most }, (_, before) => before + 1).map(
    (places) =>
      `<option value="${places}"${places === Math.min(choices.places ?? 1, most) ? ' selected' : ''}>${escapeHtml(`${say('event.count', { count: places })} · ${price(places)}`)}</option>`,
  );
  const kept = { event: event.id, language: choices.language, link: choices.link, kept: choices.kept };
  const others = `<p class="way"><a href="${escapeHtml(queryOf({ ...choices, event: '', places: null }))}">${escapeHtml(say('event.title'))}</a></p>`;
  return `<h1>${escapeHtml(event.title)}</h1>
${gone ? notice(say('event.gone_title'), left(event, words)) : ''}
<article class="card"><h2><bdi>${escapeHtml(`${when(event.startsAt)} – ${time(event.endsAt)}`)}</bdi></h2>
<p class="card-with">${escapeHtml(event.staffName)}</p>
${event.description ? `<p><bdi>${escapeHtml(event.description)}</bdi></p>` : ''}
<p class="choice-facts"><span>${escapeHtml(left(event, words))}</span>${mark(event, words)}</p></article>
${
  most < 1
    ? ''
    : `<form method="get" class="form">
${Object.entries(kept)
  .map(([name, value]) => (value ? `<input type="hidden" name="${name}" value="${escapeHtml(value)}">` : ''))
  .join('')}
<div class="field"><label for="places">${escapeHtml(say('event.places'))}</label><select class="input" id="places" name="places">${options.join('')}</select></div>
<button class="button button-main" type="submit">${escapeHtml(say('bar.continue'))}</button></form>`
}
${most < MOST_PLACES ? waits(queryOf({ ...choices, event: event.id, places: null }), Math.max(1, most + 1), say(most < 1 ? 'join.open' : 'join.larger')) : ''}
${others}`;
}

/** To the form with which somebody waits for so many. */
function waits(query: string, places: number, label: string): string {
  return `<p class="way"><a href="${escapeHtml(`${query}&wait=${places}`)}">${escapeHtml(label)}</a></p>`;
}

function left({ placesLeft }: PublicEvent, { say }: Asked['words']): string {
  return placesLeft < 1 ? say('event.full') : say('event.left', { count: placesLeft });
}

function mark({ policy: { status }, membership }: PublicEvent, words: Asked['words']): string {
  return marks(membership === 'members' ? 'not_available' : status, membership, words);
}
