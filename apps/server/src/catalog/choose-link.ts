import type { BookingLink, Catalog } from './catalog.ts';

/** The booking link an address names. Links in old posts outlive the settings they led to: whoever comes by one that is gone comes by the default one. */
export function chooseLink({ links }: Pick<Catalog, 'links'>, slug: string | undefined): BookingLink {
  return links.find((link) => link.slug === slug) ?? links[0];
}
