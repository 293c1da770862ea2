import { type WebhookType, webhookTypes } from '@holdfast/contract/webhook-types';
import type { WebhookEndpoint, WebhookEndpoints } from '@holdfast/contract/webhooks';
import { sql } from 'kysely';
import type { Who } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { locationsForEndpoints } from './endpoint-rules.ts';

const DAY_MS = 86_400_000;

/** The endpoints that are who asks's to look after: of their locations, and with the right at every location also those of the chain. */
export async function seeEndpoints(q: Queryable, who: Who, now: Date): Promise<WebhookEndpoints> {
  const where = locationsForEndpoints(who);
  const { rows } = await sql<{ id: string; name: string }>`
    select location_id id, name from locations where chain_id = ${who.chainId} order by position, location_id`.execute(q);
  return {
    endpoints: await readEndpoints(q, who, undefined, now),
    locations: rows.filter(({ id }) => where.includes(id)),
    everywhere: await mayEverywhere(q, who),
  };
}

export async function seeEndpoint(q: Queryable, who: Who, endpointId: string, now: Date): Promise<WebhookEndpoint> {
  const [endpoint] = await readEndpoints(q, who, endpointId, now);
  if (!endpoint) throw new Problem('not_found', 404, 'There is no such endpoint.');
  return endpoint;
}

/** Refuses with `not_found` unless it is theirs to look after. For what is below an endpoint. */
export async function findEndpoint(q: Queryable, who: Who, endpointId: string): Promise<{ readonly version: number; readonly off: boolean }> {
  const { rows } = await sql<{ version: number; off: boolean }>`
    select e.version, e.off_at is not null off from webhook_endpoints e where e.endpoint_id = ${endpointId} and ${await theirs(q, who)}`.execute(q);
  if (!rows[0]) throw new Problem('not_found', 404, 'There is no such endpoint.');
  return rows[0];
}

export async function mayEverywhere(q: Queryable, who: Who): Promise<boolean> {
  const { rows } = await sql<{ elsewhere: boolean }>`
    select exists (select 1 from locations where chain_id = ${who.chainId} and location_id <> all(${[...locationsForEndpoints(who)]}::text[])) elsewhere`.execute(
    q,
  );
  return rows[0]?.elsewhere === false;
}

async function theirs(q: Queryable, who: Who) {
  const everywhere = await mayEverywhere(q, who);
  return sql`e.chain_id = ${who.chainId} and e.deleted_at is null
    and (e.location_id = any(${[...locationsForEndpoints(who)]}::text[]) or (e.location_id is null and ${everywhere}))`;
}

interface EndpointRow extends Omit<WebhookEndpoint, 'offAt' | 'failingSince' | 'deliveredAt' | 'oldSecretUntil' | 'types' | 'waiting' | 'givenUp'> {
  readonly types: readonly string[];
  readonly offAt: Date | null;
  readonly failingSince: Date | null;
  readonly deliveredAt: Date | null;
  readonly oldSecretUntil: Date | null;
  readonly waiting: bigint;
  readonly givenUp: bigint;
}

async function readEndpoints(q: Queryable, who: Who, endpointId: string | undefined, now: Date): Promise<WebhookEndpoint[]> {
  const { rows } = await sql<EndpointRow>`
    select e.endpoint_id id, e.version, e.url, e.about, e.location_id "locationId", l.name "locationName", e.event_types types, e.off_because "offBecause", e.off_at "offAt",
           e.failing_since "failingSince", e.delivered_at "deliveredAt", case when e.old_secret_until > ${now} then e.old_secret_until end "oldSecretUntil",
           (select count(*) from webhook_deliveries d where d.chain_id = e.chain_id and d.endpoint_id = e.endpoint_id and d.due_at is not null) waiting,
           (select count(*) from webhook_deliveries d where d.chain_id = e.chain_id and d.endpoint_id = e.endpoint_id and d.status = 'given_up'
               and d.told_at > ${new Date(now.getTime() - 30 * DAY_MS)}) "givenUp"
      from webhook_endpoints e left join locations l on l.chain_id = e.chain_id and l.location_id = e.location_id
     where ${await theirs(q, who)} and (${endpointId ?? null}::text is null or e.endpoint_id = ${endpointId ?? null})
     order by e.made_at, e.endpoint_id`.execute(q);
  return rows.map((row) => ({
    ...row,
    types: row.types.filter((type): type is WebhookType => (webhookTypes as readonly string[]).includes(type)),
    offAt: row.offAt?.toISOString() ?? null,
    failingSince: row.failingSince?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    oldSecretUntil: row.oldSecretUntil?.toISOString() ?? null,
    waiting: Number(row.waiting),
    givenUp: Number(row.givenUp),
  }));
}
