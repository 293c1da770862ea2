import type { BookingLinks } from '@holdfast/contract/booking-links';
import type { Scope } from '../access/scope.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { locationsOfChain } from '../catalog/find-location.ts';
import type { LinksContext } from './context.ts';
import { bookingsByLink, linksOf } from './store-links.ts';

const DAYS = 30;

/** All booking links of a location, with what is needed to change one. */
export async function readLinks(ctx: LinksContext, scope: Scope): Promise<BookingLinks> {
  const { catalog } = await freshRules(ctx, scope);
  const { location, chain } = catalog;
  const since = new Date(ctx.now().getTime() - DAYS * 86_400_000);
  const [links, counts, locations] = [
    await linksOf(ctx.db.read, scope),
    await bookingsByLink(ctx.db.read, scope, since),
    await locationsOfChain(ctx.db.read, scope.chainId),
  ];
  const page = `${ctx.publicUrl}/book/${chain.slug}/${location.slug}`;
  return {
    links: links.map((link) => ({
      id: link.linkId,
      slug: link.slug,
      name: link.name,
      isDefault: link.isDefault,
      measurementId: link.measurementId,
      hasApiSecret: link.hasApiSecret,
      version: link.version,
      settings: structuredClone(link.settings) as BookingLinks['links'][number]['settings'],
      allowedOrigins: [...link.allowedOrigins],
      address: link.isDefault ? page : `${page}?link=${link.slug}`,
      bookings: counts.get(link.linkId) ?? 0,
    })),
    location: {
      anyStaff: location.anyStaff,
      languages: [...location.languages],
      otherLocations: locations.length > 1,
      cancelling: location.cancellation.cancelOnline,
    },
    page,
  };
}
