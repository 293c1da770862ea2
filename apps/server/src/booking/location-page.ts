import type { CancellationPolicy } from '@holdfast/contract/cancellation-rules';
import type { LinkSettings } from '@holdfast/contract/link-settings';
import type { LocationPage } from '@holdfast/contract/location-page';
import { toJsonAmount } from '@holdfast/contract/money';
import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { Temporal } from 'temporal-polyfill';
import type { Scope } from '../access/scope.ts';
import type { BookingLink } from '../catalog/catalog.ts';
import { chooseLink } from '../catalog/choose-link.ts';
import { locationsOfChain } from '../catalog/find-location.ts';
import type { BookingRules } from './booking-rules.ts';
import type { BookingContext } from './context.ts';
import { type Deal, dealWith } from './deal.ts';
import { freshRules } from './fresh-rules.ts';
import { inLanguage, languagesOf, offersAnyStaff, policyOfLink, widgetSettings } from './settings-of-link.ts';

/** How somebody comes to a booking page. */
export interface PageAsked {
  /** For the texts; left out: the location's own. */
  readonly language?: string | undefined;
  /** The booking link's slug; left out: the default one. */
  readonly link?: string | undefined;
  /** Settings that nobody has saved yet. */
  readonly draft?: LinkSettings | undefined;
}

/** A location as its booking page shows it. Refuses with `not_found`. */
export async function readLocationPage(ctx: BookingContext, scope: Scope, { language, link: slug, draft }: PageAsked): Promise<LocationPage> {
  const rules = await freshRules(ctx, scope);
  const chosen = chooseLink(rules.catalog, slug);
  const link = draft ? { ...chosen, settings: draft } : chosen;
  const all = await locationsOfChain(ctx.db.read, scope.chainId);
  const others = all.filter((one) => one.locationId !== scope.locationId).map(({ slug, name, address }) => ({ slug, name, address }));
  return locationPage(rules, others, { link, language: language ?? rules.catalog.location.defaultLanguage }, ctx.now());
}

/** What the widget needs before it asks for times. Services nobody does online are left out, and so are people who do nothing online. */
export function locationPage(
  rules: BookingRules,
  otherLocations: LocationPage['otherLocations'],
  { link, language }: { link: BookingLink; language: string },
  at: Date,
): LocationPage {
  const { catalog } = rules;
  const { location } = catalog;
  const today = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(location.timeZone).toPlainDate();
  const deals = new Map<string, Deal[]>();
  const staff = [...catalog.staff.values()].flatMap((member) => {
    if (!member.online) return [];
    const theirs = [...(catalog.offers.get(member.staffId)?.keys() ?? [])].flatMap((serviceId) => dealWith(rules, member.staffId, [serviceId]) ?? []);
    for (const deal of theirs) for (const { serviceId } of deal.services) deals.set(serviceId, [...(deals.get(serviceId) ?? []), deal]);
    if (theirs.length === 0) return [];
    const offered = theirs.flatMap((deal) => deal.services);
    return [
      {
        id: member.staffId,
        name: member.name,
        position: member.position,
        about: member.about,
        color: member.color,
        mark: strongest(offered.map((one) => one.policy.status)),
        services: offered.map((one) => ({
          serviceId: one.serviceId,
          priceMinMinor: toJsonAmount(one.priceMinMinor),
          priceMaxMinor: toJsonAmount(one.priceMaxMinor),
          durationMinutes: one.durationMinutes,
          policy: one.policy,
        })),
      },
    ];
  });
  const services = [...catalog.services.values()].flatMap((service) => {
    const offered = (deals.get(service.serviceId) ?? []).flatMap((deal) => deal.services);
    if (offered.length === 0) return [];
    return [
      {
        id: service.serviceId,
        categoryId: service.categoryId,
        name: service.name,
        description: service.description,
        priceMinMinor: Math.min(...offered.map((one) => toJsonAmount(one.priceMinMinor))),
        priceMaxMinor: Math.max(...offered.map((one) => toJsonAmount(one.priceMaxMinor))),
        tax: service.tax ? { name: service.tax.name, basisPoints: service.tax.basisPoints } : null,
        durationMinutes: Math.min(...offered.map((one) => one.durationMinutes)),
        durationMaxMinutes: Math.max(...offered.map((one) => one.durationMinutes)),
        mark: strongest(offered.map((one) => one.policy.status)),
        membership: service.membership,
        cancellation: service.cancellation && shownPolicy(service.cancellation),
      },
    ];
  });
  return {
    chain: { slug: catalog.chain.slug, name: catalog.chain.name, demo: catalog.chain.demo },
    location: {
      slug: location.slug,
      name: location.name,
      address: location.address,
      phone: location.phone,
      country: location.country,
      currency: location.currency,
      timeZone: location.timeZone,
      defaultLanguage: location.defaultLanguage,
      languages: [...languagesOf(location, link)],
      anyStaff: offersAnyStaff(location, link),
      firstDay: today.toString(),
      lastDay: today.add({ days: location.horizonDays }).toString(),
      offerMinutes: location.offerMinutes,
      cancellation: shownPolicy(policyOfLink(location.cancellation, link)),
      terms: { version: location.termsVersion, text: inLanguage(location.terms, language, location.defaultLanguage) },
      company: catalog.company
        ? {
            legalName: catalog.company.legalName,
            registrationNumber: catalog.company.registrationNumber,
            taxNumber: catalog.company.taxNumber,
            legalAddress: catalog.company.legalAddress,
          }
        : null,
    },
    otherLocations: link.settings.otherLocations ? [...otherLocations] : [],
    categories: catalog.categories
      .filter((category) => services.some((service) => service.categoryId === category.categoryId))
      .map(({ categoryId, name }) => ({ id: categoryId, name })),
    services,
    staff,
    events: [...catalog.offers.values()].some((theirs) =>
      [...theirs.values()].some((offer) => offer.online && catalog.services.get(offer.serviceId)?.kind === 'event'),
    ),
    widget: widgetSettings(catalog, link, language),
    now: at.toISOString(),
  };
}

function shownPolicy(policy: CancellationPolicy): LocationPage['location']['cancellation'] {
  return { ...policy, steps: [...policy.steps] };
}

/** A7: what is required for somebody is marked so; "available" next; not available carries no mark. */
function strongest(statuses: readonly OnlinePaymentStatus[]): OnlinePaymentStatus {
  return statuses.includes('required') ? 'required' : statuses.includes('available') ? 'available' : 'not_available';
}
