import { type LinkSettings, plainLinkSettings } from '@holdfast/contract/link-settings';
import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';
import type { BookingLink, Catalog, Category, Company, LocationKey, LocationSettings, Offer, Service, TeamMember } from './catalog.ts';
import { withTax } from './tax-rules.ts';

/** A location's whole catalogue, by one statement. Undefined: there is no such location. */
export async function readCatalog(q: Queryable, chainId: string, locationId: string): Promise<Catalog | undefined> {
  const { rows } = await sql<{ catalog: string | null }>`select (${catalogJson({ chainId, locationId })})::text as catalog`.execute(q);
  const catalog = rows[0]?.catalog;
  return catalog ? toCatalog(JSON.parse(catalog) as CatalogJson) : undefined;
}

type Written<T> = { readonly [K in keyof T]: T[K] extends bigint ? string : T[K] };

/** What {@link catalogJson} gives. Money is text: a JSON number would be rounded above 2^53. */
export interface CatalogJson {
  readonly version: string;
  readonly chain: Catalog['chain'];
  readonly location: LocationSettings;
  readonly company: Company | null;
  /** A setting that came later than the link is not in it. */
  readonly links: readonly (Omit<BookingLink, 'settings'> & { readonly settings: Partial<LinkSettings> })[];
  readonly categories: readonly Category[];
  /** Prices as they were entered. */
  readonly services: readonly (Written<Omit<Service, 'tax'>> & { readonly tax: Service['tax'] | null })[];
  readonly staff: readonly TeamMember[];
  readonly offers: readonly {
    staffId: string;
    serviceId: string;
    priceMinMinor: string | null;
    priceMaxMinor: string | null;
    durationMinutes: number | null;
  }[];
}

/** The catalogue as one SQL expression (null: no such location), to be read together with other rules. */
export function catalogJson({ chainId, locationId }: LocationKey): RawBuilder<unknown> {
  const here = sql`chain_id = ${chainId} and location_id = ${locationId}`;
  return sql`select json_build_object(
    'version', l.rules_version::text,
    'chain', (select json_build_object('chainId', c.chain_id, 'slug', c.slug, 'name', c.name, 'demo', c.demo) from chains c where c.chain_id = ${chainId}),
    'location', json_build_object(
      'chainId', l.chain_id, 'locationId', l.location_id, 'slug', l.slug, 'name', l.name, 'country', l.country, 'currency', l.currency,
      'timeZone', l.time_zone, 'defaultLanguage', l.default_language, 'languages', l.languages, 'address', l.address, 'phone', l.phone,
      'position', l.position, 'precedence', l.precedence, 'stepMinutes', l.step_minutes, 'leadMinutes', l.lead_minutes, 'horizonDays', l.horizon_days, 'offerMinutes', l.waiting_offer_minutes,
      'anyStaff', l.any_staff, 'processingExtensionMinutes', l.processing_extension_minutes, 'holdsPerPhone', l.holds_per_phone,
      'holdsPerAddressPerHour', l.holds_per_address_per_hour, 'holdsSharePercent', l.holds_share_percent,
      'cancellation', l.cancellation, 'terms', l.terms, 'termsVersion', l.terms_version),
    'company', (select json_build_object('legalName', legal_name, 'registrationNumber', registration_number, 'taxNumber', tax_number,
        'legalAddress', legal_address, 'bankDetails', bank_details) from company_details where ${here}),
    'links', (select json_agg(json_build_object('linkId', link_id, 'slug', slug, 'isDefault', is_default, 'settings', settings,
        'consentVersion', consent_version, 'measurementId', measurement_id, 'allowedOrigins', allowed_origins) order by is_default desc, link_id)
        from booking_links where ${here} and archived_at is null),
    'categories', (select coalesce(json_agg(json_build_object('categoryId', category_id, 'name', name) order by position, category_id), '[]')
        from service_categories where ${here}),
    'services', (select coalesce(json_agg(json_build_object('serviceId', service_id, 'categoryId', category_id, 'name', name, 'description', description, 'kind', kind, 'places', places,
        'priceMinMinor', price_min_minor::text, 'priceMaxMinor', price_max_minor::text, 'durationMinutes', duration_minutes,
        'bufferBeforeMinutes', buffer_before_minutes, 'bufferAfterMinutes', buffer_after_minutes, 'onlinePayment', online_payment, 'membership', membership,
        'cancellation', cancellation, 'online', online_booking and not archived, 'archived', archived,
        'tax', (select json_build_object('rateId', t.rate_id, 'name', t.name, 'basisPoints', t.basis_points, 'inclusive', t.inclusive) from tax_rates t
                 where t.chain_id = ${chainId} and t.location_id = ${locationId}
                   and t.rate_id = case services.tax when 'default' then l.tax_rate_id else services.tax end)) order by position, service_id), '[]')
        from services where ${here}),
    'staff', (select coalesce(json_agg(json_build_object('staffId', s.staff_id, 'name', s.name, 'position', coalesce(p.name, ''), 'about', s.about, 'color', s.color,
        'onlinePayment', s.online_payment, 'online', s.online_booking and not s.archived, 'archived', s.archived) order by s.position, s.staff_id), '[]')
        from staff s left join positions p on p.chain_id = s.chain_id and p.location_id = s.location_id and p.position_id = s.position_id
       where s.chain_id = ${chainId} and s.location_id = ${locationId}),
    'offers', (select coalesce(json_agg(json_build_object('staffId', staff_id, 'serviceId', service_id, 'priceMinMinor', price_min_minor::text,
        'priceMaxMinor', price_max_minor::text, 'durationMinutes', duration_minutes)), '[]')
        from staff_services where ${here}))
    from locations l where l.chain_id = ${chainId} and l.location_id = ${locationId}`;
}

export function toCatalog(json: CatalogJson): Catalog {
  const services = new Map(
    json.services.map((one): [string, Service] => [
      one.serviceId,
      { ...one, tax: one.tax ?? undefined, priceMinMinor: BigInt(one.priceMinMinor), priceMaxMinor: BigInt(one.priceMaxMinor) },
    ]),
  );
  const staff = new Map(json.staff.map((one) => [one.staffId, one]));
  const offers = new Map<string, Map<string, Offer>>();
  for (const staffId of staff.keys()) offers.set(staffId, new Map());
  const own = new Map(json.offers.map((one) => [`${one.staffId} ${one.serviceId}`, one]));
  for (const [serviceId, service] of services) {
    for (const [staffId, person] of staff) {
      const theirs = own.get(`${staffId} ${serviceId}`);
      if (!theirs) continue;
      offers.get(staffId)?.set(serviceId, {
        staffId,
        serviceId,
        // the only place where tax comes to a price: whoever reads the rules sees what a client is asked for
        priceMinMinor: withTax(theirs.priceMinMinor === null ? service.priceMinMinor : BigInt(theirs.priceMinMinor), service.tax),
        priceMaxMinor: withTax(theirs.priceMaxMinor === null ? service.priceMaxMinor : BigInt(theirs.priceMaxMinor), service.tax),
        durationMinutes: theirs.durationMinutes ?? service.durationMinutes,
        bufferBeforeMinutes: service.bufferBeforeMinutes,
        bufferAfterMinutes: service.bufferAfterMinutes,
        online: service.online && person.online,
      });
    }
  }
  const [first, ...links] = json.links.map((one): BookingLink => ({ ...one, settings: { ...plainLinkSettings, ...one.settings } }));
  invariant(first, 'every location has a booking link');
  return {
    version: BigInt(json.version),
    chain: json.chain,
    location: json.location,
    company: json.company ?? undefined,
    links: [first, ...links],
    categories: json.categories,
    services,
    staff,
    offers,
  };
}
