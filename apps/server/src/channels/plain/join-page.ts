import type { TextKey } from '@holdfast/contract/client-words';
import type { PublicEvent } from '@holdfast/contract/events';
import { clockOf, type WishedAgain } from '@holdfast/contract/say-waiting';
import { escapeHtml } from '../page-shell.ts';
import { MOST_PLACES, queryOf } from './choices.ts';
import type { Asked } from './choose-pages.ts';
import { consents, contactFields } from './contact-fields.ts';
import type { Typed } from './details-page.ts';

/** What is waited for: places at an event, or a day on which these services may have time. */
export type Line = { readonly kind: 'event'; readonly event: PublicEvent; readonly places: number } | ({ readonly kind: 'day' } & DayAsked);
export type DayAsked = Exclude<WishedAgain, { readonly places: number }>;

export interface Joining extends Pick<Typed, 'values' | 'faults'> {
  readonly trouble?: TextKey | undefined;
  readonly capacity?: number | undefined;
}

/** Where the form is. */
export function joinQuery({ choices }: Pick<Asked, 'choices'>, wait: string): string {
  return `${queryOf({ ...choices, day: null, startsAt: null, places: null })}&wait=${encodeURIComponent(wait)}`;
}

/** How somebody comes to stand in line: what for, who they are, and what can be relied on. `draft` is signed. */
export function joinPart(asked: Asked, line: Line, { draft, action }: { draft: string; action: string }, joining: Joining): string {
  const { page, words, choices } = asked;
  const { say, minutes } = words;
  const title = escapeHtml(say(line.kind === 'event' ? 'join.title' : 'join.title_day'));
  const how = [
    say('join.how_order'),
    ...(line.kind === 'event' ? [say('join.how_fit')] : []),
    `${say('join.how_offer', { length: minutes(page.location.offerMinutes) })} ${say('join.how_quiet')}`,
    say('join.how_free'),
  ];
  const back = queryOf({ ...choices, startsAt: null, places: null });
  return `<h1>${title}</h1>
${joining.trouble ? `<div class="notice notice-warn" role="alert"><div class="notice-body"><strong>${escapeHtml(say(joining.trouble, { count: joining.capacity ?? 0 }))}</strong></div></div>` : ''}
<form method="post" action="${escapeHtml(action)}" class="form">
<input type="hidden" name="draft" value="${escapeHtml(draft)}">
${line.kind === 'event' ? eventCard(line, words) : dayCard(line, asked)}
<div class="fine"><h2>${escapeHtml(say('join.how'))}</h2><ul class="line-how">${how.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul></div>
<h2>${escapeHtml(say('join.who'))}</h2>
${contactFields(asked, joining)}
${consents(asked, joining)}
<button class="button button-main" type="submit">${title}</button>
</form>
<p class="way"><a href="${escapeHtml(back)}">${escapeHtml(say('join.back'))}</a></p>`;
}

function eventCard({ event, places }: Extract<Line, { kind: 'event' }>, { say, when, time, moneyRange }: Asked['words']): string {
  const waits = event.waiting === 0 ? say('join.nobody_waits') : say('join.parties_wait', { count: event.waiting });
  return `<article class="card"><h2>${escapeHtml(event.title)}</h2>
<p class="card-with"><bdi>${escapeHtml(`${when(event.startsAt)} – ${time(event.endsAt)}`)}</bdi> · ${escapeHtml(event.staffName)}</p>
<p>${escapeHtml(waits)}</p><p>${escapeHtml(moneyRange(event.priceMinMinor, event.priceMaxMinor))}</p>
<div class="field"><label for="places">${escapeHtml(say('event.places'))}</label><input class="input" id="places" name="places" type="number" min="1" max="${MOST_PLACES}" value="${places}" required></div></article>`;
}

function dayCard({ day, from, to }: Extract<Line, { kind: 'day' }>, { page, words, choices }: Asked): string {
  const { say } = words;
  const names = choices.serviceIds.map((id) => page.services.find((one) => one.id === id)?.name ?? '').join(', ');
  const staff = page.staff.find(({ id }) => id === choices.staff);
  const clock = (name: 'from' | 'to', label: TextKey, value: string) =>
    `<div class="field"><label for="${name}">${escapeHtml(say(label))} <span class="muted">${escapeHtml(say('details.optional'))}</span></label>
<input class="input" id="${name}" name="${name}" type="time" step="900" dir="ltr" value="${escapeHtml(value)}" aria-describedby="hours-hint"></div>`;
  return `<article class="card"><h2>${escapeHtml(names)}</h2>
<p class="card-with"><bdi>${escapeHtml(words.day(day))}</bdi> · ${escapeHtml(staff ? say('card.with', { staff: staff.name }) : say('staff.any'))}</p>
<div class="form-pair">${clock('from', 'join.from', from)}${clock('to', 'join.to', to)}</div>
<p class="hint" id="hours-hint">${escapeHtml(say('join.hours_hint'))}</p></article>`;
}

/** Minutes after midnight; null: left empty, or no time. */
export function minuteIn(clock: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)/.exec(clock) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

export const clockIn = (minute: number | null) => (minute === null ? '' : clockOf(minute));
