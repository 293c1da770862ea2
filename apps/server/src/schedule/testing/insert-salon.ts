import { sql } from 'kysely';
import { mintScope, type Scope } from '../../access/scope.ts';
import type { Queryable } from '../../kit/database.ts';

const MADE_AT = new Date('2026-01-01T00:00:00Z');

/** A small salon in Kyiv, for tests on a real database: two people who cut, one who also colours. Every day 09:00–18:00, break 13:00–14:00. */
export async function insertSalon(q: Queryable, { chainId = 'chn_1', locationId = 'loc_1', slug = 'podil' } = {}): Promise<Scope> {
  await sql`insert into chains (chain_id, slug, name, created_at) values (${chainId}, ${`chain-${chainId}`}, 'Chain', ${MADE_AT}) on conflict do nothing`.execute(
    q,
  );
  await sql`insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, step_minutes, lead_minutes, terms, created_at)
    values (${chainId}, ${locationId}, ${slug}, 'Podil', 'UA', 'UAH', 'Europe/Kyiv', 'uk', '{uk,en}', 30, 60, '{"uk": "Умови"}', ${MADE_AT})`.execute(
    q,
  );
  await sql`insert into service_categories values (${chainId}, ${locationId}, 'cat_1', 'Hair', 0)`.execute(q);
  await sql`insert into services (chain_id, location_id, service_id, category_id, name, price_min_minor, price_max_minor, duration_minutes, buffer_before_minutes, buffer_after_minutes, online_payment, position)
    values (${chainId}, ${locationId}, 'svc_cut', 'cat_1', 'Haircut', 50000, 60000, 60, 0, 10, 'available', 1),
           (${chainId}, ${locationId}, 'svc_color', 'cat_1', 'Colour', 9007199254740993, 9007199254740993, 120, 5, 0, 'required', 0)`.execute(q);
  await sql`insert into positions values (${chainId}, ${locationId}, 'pos_1', 'Stylist')`.execute(q);
  await sql`insert into staff (chain_id, location_id, staff_id, position_id, name, online_payment, position)
    values (${chainId}, ${locationId}, 'stf_anna', 'pos_1', 'Anna', 'required', 0), (${chainId}, ${locationId}, 'stf_bob', null, 'Bob', 'available', 1)`.execute(
    q,
  );
  await sql`insert into staff_services (chain_id, location_id, staff_id, service_id, price_min_minor, price_max_minor, duration_minutes)
    values (${chainId}, ${locationId}, 'stf_anna', 'svc_cut', 70000, 70000, 90), (${chainId}, ${locationId}, 'stf_anna', 'svc_color', null, null, null),
           (${chainId}, ${locationId}, 'stf_bob', 'svc_cut', null, null, null)`.execute(q);
  await sql`insert into staff_week_hours (chain_id, location_id, staff_id, weekday, works, breaks)
    select ${chainId}, ${locationId}, person, weekday, '{[540,1080)}', '{[780,840)}' from unnest(array['stf_anna', 'stf_bob']) person, generate_series(1, 7) weekday`.execute(
    q,
  );
  return mintScope(chainId, locationId);
}

/** Takes somebody's time. `freesAt`: a hold. */
export async function insertOccupancy(
  q: Queryable,
  { chainId, locationId }: Scope,
  staffId: string,
  from: string,
  to: string,
  freesAt: string | null = null,
): Promise<void> {
  await sql`insert into occupancy (chain_id, location_id, resource_id, span, source_kind, source_id, frees_at)
    values (${chainId}, ${locationId}, ${staffId}, tstzrange(${from}::timestamptz, ${to}::timestamptz), 'appointment', ${`${staffId} ${from}`}, ${freesAt}::timestamptz)`.execute(
    q,
  );
}
