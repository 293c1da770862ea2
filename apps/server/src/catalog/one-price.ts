import type { ServiceFields } from '@holdfast/contract/catalog';
import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import type { LocationKey } from './catalog.ts';

/** A place at an event is paid in full in advance (B1), and nobody can pay "from 40". */
export function refuseRangeOfEvent(kind: 'appointment' | 'event', { priceMinMinor, priceMaxMinor }: ServiceFields): void {
  if (kind === 'event' && priceMinMinor !== priceMaxMinor) throw onePrice('fields.priceMaxMinor');
}

/** The same for whoever leads it on terms of their own. Call when what was changed is written. */
export async function refuseRangesOfLeaders(tx: Tx, { chainId, locationId }: LocationKey, serviceIds: readonly string[]): Promise<void> {
  const { rows } = await sql`
    select 1 from staff_services o join services s on s.chain_id = o.chain_id and s.location_id = o.location_id and s.service_id = o.service_id
     where o.chain_id = ${chainId} and o.location_id = ${locationId} and o.service_id = any(${[...serviceIds]}) and s.kind = 'event'
       and o.price_min_minor <> o.price_max_minor limit 1`.execute(tx);
  if (rows.length > 0) throw onePrice('team');
}

function onePrice(field: string): Problem {
  const message = 'A place at an event has one price: it is paid in full in advance.';
  return new Problem('invalid_request', 422, message, { fields: [{ field, message }] });
}
