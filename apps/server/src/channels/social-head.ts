import { currencyExponent } from '@holdfast/contract/currency-exponent';
import type { LocationPage } from '@holdfast/contract/location-page';
import { CARD_HEIGHT, CARD_WIDTH } from './draw-card.ts';
import { escapeHtml, jsonInHtml } from './page-shell.ts';

/** What a messenger or a search engine shows of a booking page, without running anything: data blocks are no scripts, the policy lets them be. */
export function bookingHead(page: LocationPage, publicUrl: string, language: string): string {
  const { chain, location, services } = page;
  const url = `${publicUrl}/book/${encodeURIComponent(chain.slug)}/${encodeURIComponent(location.slug)}`;
  const title = `${location.name} · ${chain.name}`;
  const names = services.slice(0, 4).map(({ name }) => name);
  const description = [names.join(', '), location.address].filter(Boolean).join(' · ');
  const image = url.replace('/book/', '/card/');
  const said: readonly (readonly [name: 'property' | 'name', key: string, value: string])[] = [
    ['name', 'description', description],
    ['property', 'og:type', 'website'],
    ['property', 'og:title', title],
    ['property', 'og:description', description],
    ['property', 'og:url', url],
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
