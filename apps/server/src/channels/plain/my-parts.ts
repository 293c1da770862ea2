import type { TextKey, Words } from '@holdfast/contract/client-words';
import { formatMoney } from '@holdfast/contract/format-money';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { MembershipsOnSale } from '@holdfast/contract/memberships';
import type { MyBooking } from '@holdfast/contract/my-bookings';
import { escapeHtml } from '../page-shell.ts';
import { onSalePart, ownPart } from './membership-parts.ts';
import type { Mine } from './plain-sources.ts';

/** Of what was, so many are seen at once. */
const MOST_PAST = 5;

const warn = (title: string) =>
  `<div class="notice notice-warn" role="alert"><div class="notice-body"><strong>${escapeHtml(title)}</strong></div></div>`;

export interface SignInStands {
  readonly action: string;
  /** Signed. */
  readonly draft: string;
  readonly phone?: string;
  readonly fault?: TextKey | undefined;
  readonly trouble?: TextKey | undefined;
  readonly sale: MembershipsOnSale;
}

/** Whose bookings? And what memberships there are, for whoever has none yet. */
export function signInPart(page: LocationPage, words: Words, { action, draft, phone = '', fault, trouble, sale }: SignInStands): string {
  const { say } = words;
  const text = (key: TextKey) => escapeHtml(say(key));
  return `<h1>${text('my.title')}</h1>
${trouble ? warn(say(trouble)) : ''}
<p class="lead">${text('my.lead')}</p>
<form method="post" action="${escapeHtml(action)}" class="form">
<input type="hidden" name="draft" value="${escapeHtml(draft)}">
<div class="field"><label for="phone">${text('details.phone')}</label>
<input class="input" id="phone" name="phone" type="tel" value="${escapeHtml(phone)}" autocomplete="tel" inputmode="tel" maxlength="40" dir="ltr" required${fault ? ' aria-invalid="true" aria-describedby="phone-fault"' : ''}>
${fault ? `<p class="fault" id="phone-fault">${text(fault)}</p>` : ''}</div>
<button class="button button-main" type="submit">${text('my.send')}</button>
</form>
<section class="memberships">${onSalePart(sale, words, { phone: page.location.phone, buys: false })}</section>`;
}

export interface MineStands {
  /** As they typed it. */
  readonly phone: string;
  /** With what opens it. */
  readonly action: string;
  readonly signOut: string;
  readonly mine: Mine;
  readonly sale: MembershipsOnSale;
  readonly trouble?: TextKey | undefined;
}

/** All that is booked with a telephone, what is left of memberships, what lies on accounts, and a membership to buy. */
export function minePart(page: LocationPage, words: Words, { phone, action, signOut, mine, sale, trouble }: MineStands): string {
  const { say } = words;
  const { bookings, memberships, balance } = mine;
  const list = (title: TextKey, some: readonly MyBooking[]) =>
    some.length === 0
      ? ''
      : `<section><h2>${escapeHtml(say(title))}</h2><div class="my-list">${some.map((one) => entry(one, words)).join('\n')}</div></section>`;
  const own = memberships.memberships.map((one) => ({ ...one, more: visitsOf(one, words) }));
  const nothing = bookings.upcoming.length + bookings.past.length === 0;
  return `<h1>${escapeHtml(say('my.title'))}</h1>
${trouble ? warn(say(trouble)) : ''}
<p class="my-who"><span class="muted">${escapeHtml(say('my.booked_with', { phone: `\u2066${phone}\u2069` }))}</span> <a class="link" href="${escapeHtml(signOut)}">${escapeHtml(say('my.sign_out'))}</a></p>
${nothing ? `<p class="empty">${escapeHtml(say('my.none'))}</p>` : ''}
${list('my.upcoming', bookings.upcoming)}
${ownPart(own, words)}
${accounts(balance.accounts, words)}
${list('my.past', bookings.past.slice(0, MOST_PAST))}
${
  bookings.past.length > MOST_PAST
    ? `<details class="disclosure"><summary>${escapeHtml(say('my.earlier', { count: bookings.past.length - MOST_PAST }))}</summary><div class="my-list">${bookings.past
        .slice(MOST_PAST)
        .map((one) => entry(one, words))
        .join('\n')}</div></details>`
    : ''
}
<p><a class="button button-quiet" href="/book/${escapeHtml(page.chain.slug)}/${escapeHtml(page.location.slug)}">${escapeHtml(say('my.book'))}</a></p>
<form method="post" action="${escapeHtml(action)}" class="form memberships">
${
  memberships.clientName
    ? ''
    : `<div class="field"><label for="name">${escapeHtml(say('details.name'))}</label><input class="input" id="name" name="name" type="text" autocomplete="name" maxlength="120" required></div>`
}
${onSalePart(sale, words, { phone: page.location.phone, buys: true })}
</form>`;
}

function entry({ services, places, startsAt, endsAt, staffName, location, status, token }: MyBooking, { say, locale }: Words): string {
  const name = services.join(' + ') + (places > 1 ? ` × ${places}` : '');
  const gone = status === 'cancelled' || status === 'expired';
  return `<article class="card" data-gone="${gone}"><div class="card-head"><h3><bdi>${escapeHtml(`${dayAndTime(startsAt, locale, location.timeZone)} – ${clock(endsAt, locale, location.timeZone)}`)}</bdi></h3>
<span class="state state-${status}">${escapeHtml(say(`status.${status}`))}</span></div>
<p>${escapeHtml(name)}</p>
<p class="muted">${escapeHtml(say('card.with', { staff: staffName }))} · ${escapeHtml([location.name, location.address].filter(Boolean).join(', '))}</p>
<a class="button button-quiet" href="/b/${escapeHtml(token)}">${escapeHtml(say(gone ? 'my.see' : 'my.open'))}<span class="unseen"> ${escapeHtml(name)}</span></a></article>`;
}

function visitsOf({ booked }: Mine['memberships']['memberships'][number], { locale }: Words): string {
  const line = ({ token, serviceName, startsAt, timeZone, locationName }: (typeof booked)[number]) =>
    `<li><a class="link" href="/b/${escapeHtml(token)}">${escapeHtml(`${serviceName} · ${dayAndTime(startsAt, locale, timeZone)}`)}</a> <span class="muted">${escapeHtml(locationName)}</span></li>`;
  return booked.length === 0 ? '' : `<ul class="my-visits">${booked.map(line).join('')}</ul>`;
}

function accounts(some: Mine['balance']['accounts'], { say, locale }: Words): string {
  if (some.length === 0) return '';
  const line = ({ typeName, currency, spendableMinor }: (typeof some)[number]) =>
    `<div><dt>${escapeHtml(typeName ?? say('balance.ordinary'))}</dt><dd><strong>${escapeHtml(formatMoney(spendableMinor, currency, locale))}</strong></dd></div>`;
  return `<section class="memberships"><h2>${escapeHtml(say('own.balance'))}</h2><div class="card"><dl class="my-accounts">${some.map(line).join('')}</dl><p class="muted">${escapeHtml(say('my.balance_text'))}</p></div></section>`;
}

function dayAndTime(instant: string, locale: string, timeZone: string): string {
  const style = { timeZone, weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(instant));
}

function clock(instant: string, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, hour: 'numeric', minute: '2-digit' }).format(new Date(instant));
}
