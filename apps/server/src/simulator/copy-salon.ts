import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';
import { openChannels } from '../messages/channels.ts';
import type { SalonRows } from './salon-rows.ts';

/** How the salon works, in the order in which it can be written. No clients, no appointments, no users, nothing that is secret. */
const ofLocation = [
  'locations',
  'tax_rates',
  'company_details',
  'service_categories',
  'services',
  'positions',
  'staff',
  'staff_services',
  'staff_week_hours',
  'staff_day_hours',
  'message_kinds',
  'message_templates',
] as const;

/** A story books twice at most, from one address: what keeps strangers from holding a calendar hostage must not end it. */
const noLimits = { holds_per_phone: 1000, holds_per_address_per_hour: 1000, holds_share_percent: 100 } as const;

/** The salon's own settings, read at one moment. Changes nothing. */
export async function copySalon(q: Queryable, scope: Scope): Promise<SalonRows> {
  const { chainId, locationId } = scope;
  const here = sql`chain_id = ${chainId} and location_id = ${locationId}`;
  const parts = ofLocation.flatMap((table) => [
    sql.lit(table),
    sql`(select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ${sql.table(table)} t where ${here})`,
  ]);
  const { rows } = await sql<{ salon: string }>`
    select jsonb_build_object('chains', (select jsonb_agg(to_jsonb(c)) from chains c where chain_id = ${chainId}), ${sql.join(parts)})::text salon`.execute(
    q,
  );
  const salon = JSON.parse(rows[0]?.salon ?? '{}') as Record<string, Record<string, unknown>[] | null>;
  const [chain] = salon['chains'] ?? [];
  const [location] = salon['locations'] ?? [];
  invariant(chain && location, 'the location in the address is there');
  // A6: nobody is asked to pay somebody who has not said who they are; how it would be can be seen before
  const nameless = { chain_id: chainId, location_id: locationId, legal_name: location['name'], registration_number: '–', legal_address: '–' };
  const tables = ['chains', ...ofLocation].map((table) => {
    const found = salon[table] ?? [];
    if (table === 'locations') return { table, rows: [{ ...location, ...noLimits }] };
    return { table, rows: table === 'company_details' && found.length === 0 ? [nameless] : found };
  });
  const senders = new Set(await openChannels(q, scope));
  return {
    chainId,
    locationId,
    chainSlug: String(chain['slug']),
    locationSlug: String(location['slug']),
    currency: String(location['currency']),
    channels: [...senders].map((channel) => ({ channel, sender: String(chain['name']) })),
    tables,
  };
}
