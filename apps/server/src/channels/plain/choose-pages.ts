import type { Words } from '@holdfast/contract/client-words';
import type { FreeTimes } from '@holdfast/contract/free-times';
import type { LocationPage, ServiceOffer } from '@holdfast/contract/location-page';
import type { MembershipUse } from '@holdfast/contract/membership-use';
import { escapeHtml } from '../page-shell.ts';
import { ANY_STAFF, type Choices, queryOf, staffFor } from './choices.ts';

const DAYS_SHOWN = 14;
export interface Asked {
  readonly page: LocationPage;
  readonly words: Words;
  readonly choices: Choices;
}

const tick =
  '<span class="tick" aria-hidden="true"><svg class="icon" viewBox="0 0 24 24"><path d="M5 12.5l4.5 4.5L19 7.5" fill="none" stroke="currentColor" stroke-width="1.8"/></svg></span>';

/** Which services? A form that puts the answer into the address. */
export function servicesPart({ page, words, choices }: Asked): string {
  const { say, minutes, moneyRange } = words;
  const kept = { language: choices.language, link: choices.link, staff: choices.staff, kept: choices.kept };
  const doer = page.staff.find(({ id }) => id === choices.staff);
  const offered = doer ? page.services.filter(({ id }) => doer.services.some(({ serviceId }) => serviceId === id)) : page.services;
  const groups = page.categories.map(({ id, name }) => {
    const services = offered.filter((one) => one.categoryId === id);
    if (services.length === 0) return '';
    return `<fieldset class="group"><legend><h2>${escapeHtml(name)}</h2></legend>
${services
  .map(
    (one) => `<label class="choice"><input type="checkbox" class="choice-input" name="service" value="${escapeHtml(one.id)}">
${tick}<span class="choice-body"><span class="choice-name">${escapeHtml(one.name)}</span>${one.description ? `<span class="choice-text"><bdi>${escapeHtml(one.description)}</bdi></span>` : ''}
<span class="choice-facts"><span>${minutes(one.durationMinutes, one.durationMaxMinutes)}</span>${marks(one.membership === 'members' ? 'not_available' : one.mark, one.membership, words)}</span></span>
<span class="choice-price">${escapeHtml(moneyRange(one.priceMinMinor, one.priceMaxMinor))}</span></label>`,
  )
  .join('\n')}
</fieldset>`;
  });
  return `<h1>${escapeHtml(say('services.title'))}</h1>
${page.events ? `<p class="way"><a href="${escapeHtml(queryOf({ ...choices, event: '' }))}">${escapeHtml(say('event.offer'))}</a></p>` : ''}
<p class="lead">${escapeHtml(say('services.lead'))}</p>
<p class="way"><a href="/my/${escapeHtml(`${page.chain.slug}/${page.location.slug}?language=${words.language}`)}">${escapeHtml(say('my.all'))}</a></p>
<form method="get">
${Object.entries(kept)
  .map(([name, value]) => (value ? `<input type="hidden" name="${name}" value="${escapeHtml(value)}">` : ''))
  .join('')}
<div class="group">${groups.join('\n')}
<button class="button button-main" type="submit">${escapeHtml(say('bar.continue'))}</button></div>
</form>`;
}

/** What is to be paid before, and what a membership does for it. */
export function marks(status: ServiceOffer['mark'], use: MembershipUse, { say }: Words): string {
  const prepaid = status === 'not_available' ? '' : `<span class="mark mark-${status}">${escapeHtml(say(`mark.${status}`))}</span>`;
  return prepaid + (use === 'payment' ? '' : `<span class="mark mark-membership">${escapeHtml(say(`mark.${use}`))}</span>`);
}

/** With whom? Links, one for each answer. */
export function staffPart({ page, words, choices }: Asked): string {
  const { say, moneyRange, minutes } = words;
  const able = staffFor(page, choices.serviceIds);
  const answer = (staff: string, name: string, text: string, facts: string) =>
    `<a class="choice" href="${escapeHtml(queryOf({ ...choices, staff, day: null, startsAt: null }))}"><span class="choice-body"><span class="choice-name">${escapeHtml(name)}</span>
<span class="choice-text">${escapeHtml(text)}</span><span class="choice-facts">${escapeHtml(facts)}</span></span></a>`;
  const any = page.location.anyStaff && able.length > 1 ? [answer(ANY_STAFF, say('staff.any'), say('staff.any_text'), '')] : [];
  const people = able.map((person) => {
    const done = person.services.filter(({ serviceId }) => choices.serviceIds.includes(serviceId));
    const sum = (of: (one: (typeof done)[number]) => number) => done.reduce((all, one) => all + of(one), 0);
    const price = moneyRange(
      sum((one) => one.priceMinMinor),
      sum((one) => one.priceMaxMinor),
    );
    return answer(person.id, person.name, person.position, `${minutes(sum((one) => one.durationMinutes))} · ${price}`);
  });
  return `<h1>${escapeHtml(say('staff.title'))}</h1>
<p class="lead">${escapeHtml(say('staff.lead'))}</p>
<div class="group">${[...any, ...people].join('\n')}</div>`;
}

/** From which day on free times are asked for, and how many days. */
export function daysAsked({ location }: LocationPage, { day }: Choices): { from: string; days: number } {
  const wanted = day && day >= location.firstDay && day <= location.lastDay ? day : location.firstDay;
  const past = Math.floor((Date.parse(wanted) - Date.parse(location.firstDay)) / 86_400_000 / DAYS_SHOWN) * DAYS_SHOWN;
  const from = plus(location.firstDay, past);
  return { from, days: Math.min(DAYS_SHOWN, daysBetween(from, location.lastDay) + 1) };
}

/** When? Two weeks of days, and the times of one of them: all of it links. `gone`: the time that was chosen has just been taken. */
export function timesPart({ page, words, choices }: Asked, free: FreeTimes, gone: boolean): string {
  const { say } = words;
  const { from, days } = daysAsked(page, choices);
  const open = free.days.filter(({ times }) => times.length > 0);
  const shown = open.find((one) => one.day === choices.day) ?? open[0];
  const to = (day: string) => escapeHtml(queryOf({ ...choices, day, startsAt: null }));
  const link = (day: string, label: 'time.month_before' | 'time.month_after') => `<a href="${to(day)}">${escapeHtml(say(label))}</a>`;
  const before = from > page.location.firstDay ? link(plus(from, -DAYS_SHOWN), 'time.month_before') : '';
  const next = plus(from, days);
  const after = next <= page.location.lastDay ? link(next, 'time.month_after') : '';
  return `<h1>${escapeHtml(say('time.title'))}</h1>
${gone ? `<div class="notice notice-warn" role="alert"><div class="notice-body"><strong>${escapeHtml(say('time.gone_title'))}</strong><div>${escapeHtml(say('time.gone_text'))}</div></div></div>` : ''}
${
  open.length === 0
    ? `<p class="empty">${escapeHtml(say('time.none_in_month', { month: `${words.day(from)} – ${words.day(plus(from, days - 1))}` }))}</p>`
    : `<nav class="times-grid" aria-label="${escapeHtml(say('progress.time'))}">
${open.map(({ day }) => `<a class="time" href="${to(day)}"${day === shown?.day ? ' aria-current="date"' : ''}>${escapeHtml(words.day(day))}</a>`).join('\n')}
</nav>`
}
${
  shown
    ? `<section class="group"><h2>${escapeHtml(words.day(shown.day))}</h2>
<div class="times-grid">
${shown.times.map(({ at }) => `<a class="time" href="${escapeHtml(queryOf({ ...choices, day: shown.day, startsAt: at }))}"><bdi>${escapeHtml(words.time(at))}</bdi></a>`).join('\n')}
</div></section>`
    : ''
}
${fullDays({ page, words, choices }, free)}
<p class="way">${before}${after}</p>`;
}

/** Days on which somebody works and nothing is free can be waited for. */
function fullDays({ words, choices }: Asked, free: FreeTimes): string {
  const full = free.days.filter(({ times, closed }) => times.length === 0 && !closed);
  if (full.length === 0) return '';
  const query = queryOf({ ...choices, day: null, startsAt: null });
  const link = ({ day }: FreeTimes['days'][number]) =>
    `<a class="time" href="${escapeHtml(`${query}&wait=${day}`)}">${escapeHtml(words.day(day))}</a>`;
  return `<section class="group"><h2>${escapeHtml(words.say('join.open_day'))}</h2>
<div class="times-grid">${full.map(link).join('\n')}</div></section>`;
}

function plus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function daysBetween(one: string, other: string): number {
  return Math.round((Date.parse(other) - Date.parse(one)) / 86_400_000);
}
