import type { SentEvents } from '@holdfast/contract/booking-links';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

/** The last events of a booking link, and what became of each. */
export async function readEvents(q: Queryable, { chainId, locationId }: Scope, linkId: string): Promise<SentEvents> {
  const { rows } = await sql<Omit<SentEvents['events'][number], 'at'> & { at: Date }>`
    select event_id id, at, name, sender, outcome, params from analytics_events
     where chain_id = ${chainId} and location_id = ${locationId} and link_id = ${linkId} order by event_id desc limit 100`.execute(q);
  return { events: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
}
