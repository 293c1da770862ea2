import type { Bookables } from '@holdfast/contract/bookables';
import { toJsonAmount } from '@holdfast/contract/money';
import type { Queryable } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';
import type { Catalog, LocationKey } from './catalog.ts';
import { readCatalog } from './read-catalog.ts';

export async function readBookables(q: Queryable, { chainId, locationId }: LocationKey): Promise<Bookables> {
  const catalog = await readCatalog(q, chainId, locationId);
  invariant(catalog, 'whoever has a role at a location finds it');
  return toBookables(catalog);
}

function toBookables({ location, categories, services, staff, offers }: Catalog): Bookables {
  const sold = [...services.values()].filter(({ archived, kind }) => !archived && kind === 'appointment');
  const here = [...staff.values()].filter(({ archived }) => !archived);
  return {
    currency: location.currency,
    stepMinutes: location.stepMinutes,
    categories: categories
      .filter(({ categoryId }) => sold.some((service) => service.categoryId === categoryId))
      .map(({ categoryId, name }) => ({ id: categoryId, name })),
    services: sold.map((service) => ({ id: service.serviceId, categoryId: service.categoryId, name: service.name, ...terms(service) })),
    staff: here.map(({ staffId, name, position }) => ({
      id: staffId,
      name,
      position,
      services: [...(offers.get(staffId)?.values() ?? [])]
        .filter(({ serviceId }) => sold.some((service) => service.serviceId === serviceId))
        .map((offer) => ({ serviceId: offer.serviceId, ...terms(offer) })),
    })),
  };
}

function terms(one: { priceMinMinor: bigint; priceMaxMinor: bigint; durationMinutes: number }) {
  return { priceMinMinor: toJsonAmount(one.priceMinMinor), priceMaxMinor: toJsonAmount(one.priceMaxMinor), durationMinutes: one.durationMinutes };
}
