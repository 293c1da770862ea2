import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Deps } from '../kit/deps.ts';

/** How many of a booking link's events are kept. */
const KEPT = 100;

export interface NotedEvent {
  readonly linkId: string;
  readonly name: string;
  readonly sender: 'browser' | 'server';
  readonly outcome: 'handed_over' | 'accepted' | 'unreachable' | 'refused';
  readonly params: Readonly<Record<string, unknown>>;
}

/** Keeps the last events of a booking link for who wonders whether measuring works; older ones go as new ones come. */
export async function noteEvent({ db, now, newId }: Deps, { chainId, locationId }: Scope, event: NotedEvent): Promise<void> {
  const { linkId, name, sender, outcome, params } = event;
  await sql`
    with gone as (
      delete from analytics_events e using (
        select event_id from analytics_events where chain_id = ${chainId} and location_id = ${locationId} and link_id = ${linkId}
         order by event_id desc offset ${KEPT - 1}) old
       where e.chain_id = ${chainId} and e.location_id = ${locationId} and e.link_id = ${linkId} and e.event_id = old.event_id)
    insert into analytics_events (chain_id, location_id, link_id, event_id, at, name, sender, outcome, params)
    values (${chainId}, ${locationId}, ${linkId}, ${newId('gae')}, ${now()}, ${name}, ${sender}, ${outcome}, ${JSON.stringify(params)}::jsonb)`.execute(
    db.read,
  );
}
