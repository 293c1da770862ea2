import { currencyExponent } from '@holdfast/contract/currency-exponent';
import type { LocationPage } from '@holdfast/contract/location-page';
import { CARD_HEIGHT, CARD_WIDTH } from './draw-card.ts';
import { escapeHtml, jsonInHtml } from './page-shell.ts';

/** What the address has chosen already, by name, and those parts of it that somebody who shares it wants to keep. */
export interface LinkedTo {
  readonly names: readonly string[];
  readonly kept: Readonly<Record<string, string>>;
}

/** What a messenger or a search engine shows of a booking page, without running anything: data blocks are no scripts, the policy lets them be. */
export function bookingHead(page: LocationPage, publicUrl: string, language: string, { names: chosen, kept }: LinkedTo): string {
  const { chain, location, services } = page;
  const url = `${publicUrl}/book/${encodeURIComponent(chain.slug)}/${encodeURIComponent(location.slug)}`;
  const place = `${location.name} · ${chain.name}`;
  const title = chosen.length > 0 ? `${chosen.join(', ')} · ${location.name}` : place;
  const names = chosen.length > 0 ? [] : services.slice(0, 4).map(({ name }) => name);
  const description = [names.join(', ') || place, location.address].filter(Boolean).join(' · ');
  const image = `${url.replace('/book/', '/card/')}${page.widget.link === kept['link'] ? `?link=${encodeURIComponent(page.widget.link)}` : ''}`;
  // whoever is led on by a messenger comes to what was shared; for search engines it is the same page
  const shared = Object.keys(kept).length > 0 ? `${url}?${new URLSearchParams(kept)}` : url;
  const said: readonly (readonly [name: 'property' | 'name', key: string, value: string])[] = [
    ['name', 'description', description],
    ['property', 'og:type', 'website'],
    ['property', 'og:title', title],
    ['property', 'og:description', description],
    ['property', 'og:url', shared],
    ['property', 'og:image', image],
    ['property', 'og:image:width', String(CARD_WIDTH)],
    ['property', 'og:image:height', String(CARD_HEIGHT)],
    ['property', 'og:locale', language],
    ['name', 'twitter:card', 'summary_large_image'],
    ['name', 'twitter:title', title],
    ['name', 'twitter:description', description],
    ['name', 'twitter:image', image],
  ];
  const others = location.languages.map(
    (one) => `<link rel="alternate" hreflang="${escapeHtml(one)}" href="${escapeHtml(`${url}?language=${one}`)}">`,
  );
  return `${said.map(([name, key, value]) => `<meta ${name}="${key}" content="${escapeHtml(value)}">`).join('\n')}
<link rel="canonical" href="${escapeHtml(url)}">
${others.join('\n')}
<script type="application/ld+json">${jsonInHtml(businessOf(page, url))}</script>`;
}

function businessOf({ chain, location, services, widget }: LocationPage, url: string): object {
  const amount = (minor: number) => minor / 10 ** currencyExponent(location.currency);
  return {
    '@context': 'https://schema.org',
    '@type': 'LocalBusiness',
    '@id': url,
    name: location.name,
    url,
    address: { '@type': 'PostalAddress', streetAddress: location.address, addressCountry: location.country },
    ...(location.phone ? { telephone: location.phone } : {}),
    ...(widget.look.logo ? { logo: new URL(widget.look.logo, url).href } : {}),
    parentOrganization: { '@type': 'Organization', name: chain.name },
    currenciesAccepted: location.currency,
    potentialAction: { '@type': 'ReserveAction', target: { '@type': 'EntryPoint', urlTemplate: url } },
    makesOffer: services.slice(0, 50).map((one) => ({
      '@type': 'Offer',
      itemOffered: { '@type': 'Service', name: one.name, ...(one.description ? { description: one.description } : {}) },
      priceCurrency: location.currency,
      price: amount(one.priceMinMinor),
      url: `${url}?service=${encodeURIComponent(one.id)}`,
    })),
  };
}
