import type { Words } from '@holdfast/contract/client-words';
import type { MembershipsOnSale, OwnMemberships } from '@holdfast/contract/memberships';
import { isUsable, termsOfOwn, termsOfSale } from '@holdfast/contract/say-membership';
import { escapeHtml } from '../page-shell.ts';

type OnSale = MembershipsOnSale['memberships'][number];

const terms = (lines: readonly string[]) => `<ul class="membership-terms">${lines.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul>`;

/** Memberships on sale, each with its terms. `form`: where its buttons stand, `buy` says which; undefined: only to be read. */
export function onSalePart(
  sale: MembershipsOnSale,
  words: Words,
  { phone, forServices, buys }: { phone: string; forServices?: readonly string[]; buys: boolean },
): string {
  const { say, money } = words;
  const offered = sale.memberships.filter(({ serviceIds }) => !forServices || serviceIds.some((id) => forServices.includes(id)));
  if (!sale.canPay || offered.length === 0)
    return buys
      ? `<h2>${escapeHtml(say('membership.buy_title'))}</h2>\n<p class="muted">${escapeHtml(say('membership.none_on_sale', { phone }))}</p>`
      : '';
  const one = (
    type: OnSale,
  ) => `<article class="card"><div class="card-head"><h3>${escapeHtml(type.name)}</h3><strong>${escapeHtml(money(type.priceMinor))}</strong></div>
${terms(termsOfSale(words, type))}
${buys ? `<button class="button button-quiet" type="submit" name="buy" value="${escapeHtml(`${type.typeId} ${type.priceMinor}`)}">${escapeHtml(say('membership.buy', { price: money(type.priceMinor) }))}<span class="unseen"> ${escapeHtml(type.name)}</span></button>` : ''}</article>`;
  return `<h2>${escapeHtml(say('membership.buy_title'))}</h2>\n${offered.map(one).join('\n')}`;
}

/** Which one is bought, and for how much. */
export function boughtIn(form: URLSearchParams): { readonly typeId: string; readonly priceMinor: number } | undefined {
  const [, typeId, price] = /^(\S{1,60}) (\d{1,15})$/.exec(form.get('buy') ?? '') ?? [];
  return typeId && price ? { typeId, priceMinor: Number(price) } : undefined;
}

type Own = Omit<OwnMemberships['memberships'][number], 'history'> & { readonly timeZone?: string; readonly more?: string };

/** What somebody has, as far as it can be used; nothing for whoever has none. `more`: HTML that belongs to it. */
export function ownPart(own: readonly Own[], words: Words): string {
  const { say } = words;
  const usable = own.filter(isUsable);
  if (own.length === 0) return '';
  return `<section class="memberships"><h2>${escapeHtml(say('own.memberships'))}</h2>
${usable.length === 0 ? `<p class="muted">${escapeHtml(say('own.none_usable'))}</p>` : ''}
${usable.map((one) => `<article class="card"><h3>${escapeHtml(one.name)}</h3>\n${terms(termsOfOwn(words, one, one.timeZone))}${one.more ?? ''}</article>`).join('\n')}
</section>`;
}
