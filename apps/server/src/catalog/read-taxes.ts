import type { SalonCatalog } from '@holdfast/contract/catalog';
import type { Taxes } from '@holdfast/contract/taxes';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { LocationKey } from './catalog.ts';

/** All rates there are and were, and what each service says. */
export async function readTaxes(q: Queryable, { chainId, locationId }: LocationKey): Promise<Taxes> {
  const rates = await sql<Omit<Taxes['rates'][number], 'madeAt' | 'endedAt'> & { madeAt: Date; endedAt: Date | null }>`
    select t.rate_id "rateId", t.name, t.basis_points "basisPoints", t.inclusive, t.made_at "madeAt", t.ended_at "endedAt",
           (select count(*)::int from services s where s.chain_id = t.chain_id and s.location_id = t.location_id and not s.archived
               and (s.tax = t.rate_id or (s.tax = 'default' and l.tax_rate_id = t.rate_id))) services
      from tax_rates t join locations l on l.chain_id = t.chain_id and l.location_id = t.location_id
     where t.chain_id = ${chainId} and t.location_id = ${locationId} order by t.ended_at desc nulls first, t.made_at`.execute(q);
  const services = await sql<Taxes['services'][number]>`
    select s.service_id "serviceId", s.name, c.name category, s.tax, s.version from services s
      join service_categories c on c.chain_id = s.chain_id and c.location_id = s.location_id and c.category_id = s.category_id
     where s.chain_id = ${chainId} and s.location_id = ${locationId} and not s.archived order by c.position, c.category_id, s.position, s.service_id`.execute(
    q,
  );
  const standard = await sql<{ id: string | null }>`
    select tax_rate_id id from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(q);
  return {
    rates: rates.rows.map((one) => ({ ...one, madeAt: one.madeAt.toISOString(), endedAt: one.endedAt?.toISOString() ?? null })),
    defaultRateId: standard.rows[0]?.id ?? null,
    services: [...services.rows],
  };
}

/** What a service's card can say of its tax. */
export async function ratesInUse(q: Queryable, key: LocationKey): Promise<SalonCatalog['taxes']> {
  const { rates, defaultRateId } = await readTaxes(q, key);
  return {
    defaultRateId,
    rates: rates
      .filter(({ endedAt }) => endedAt === null)
      .map(({ rateId, name, basisPoints, inclusive }) => ({ rateId, name, basisPoints, inclusive })),
  };
}
