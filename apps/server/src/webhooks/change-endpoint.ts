import type { EndpointChange, WebhookEndpoint } from '@holdfast/contract/webhooks';
import { sql } from 'kysely';
import { notByKey } from '../access/guard.ts';
import { differences, noteAudit } from '../access/note-audit.ts';
import type { Who } from '../access/who.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import type { WebhooksContext } from './context.ts';
import { refuseUrl } from './make-endpoint.ts';
import { findEndpoint, seeEndpoint } from './see-endpoints.ts';
import { closeAttention, giveUpWaiting } from './switch-off.ts';

/** Another address, other events, on or off. Refuses with `not_found`, `changed_meanwhile`, `invalid_request` and `not_by_key`. */
export async function changeEndpoint(ctx: WebhooksContext, who: Who, endpointId: string, wish: EndpointChange): Promise<WebhookEndpoint> {
  if (who.keyId !== undefined) throw notByKey();
  refuseUrl(ctx, wish.url);
  const at = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const before = await lockEndpoint(tx, who, endpointId, wish.version);
    const types = [...new Set(wish.types)];
    const after = { url: wish.url, about: wish.about ?? '', types, on: wish.on };
    const changed = differences({ url: before.url, about: before.about, types: before.types, on: before.offAt === null }, after);
    if (Object.keys(changed.after).length > 0) {
      await sql`
        update webhook_endpoints
           set url = ${after.url}, about = ${after.about}, event_types = ${types}, version = version + 1,
               off_because = ${wish.on ? null : sql`coalesce(off_because, 'by_hand')`}, off_at = ${wish.on ? null : sql`coalesce(off_at, ${at})`},
               failing_since = ${wish.on && before.offAt !== null ? null : sql`failing_since`}
         where chain_id = ${who.chainId} and endpoint_id = ${endpointId}`.execute(tx);
      if (wish.on && before.offAt !== null) await closeAttention(tx, who, endpointId, 'switched_on', at);
      if (!wish.on) await giveUpWaiting(tx, { chainId: who.chainId, endpointId }, at);
      await noteAudit(tx, ctx, who, { ...aboutEndpoint(endpointId, before), action: 'webhook_endpoint.changed', ...changed });
    }
    return seeEndpoint(tx, who, endpointId, at);
  });
}

/** Nothing is sent there any more; what was sent can be looked at no more either. Refuses with `not_found` and `not_by_key`. */
export async function deleteEndpoint(ctx: WebhooksContext, who: Who, endpointId: string): Promise<void> {
  if (who.keyId !== undefined) throw notByKey();
  const at = ctx.now();
  await ctx.db.transaction(async (tx) => {
    const before = await lockEndpoint(tx, who, endpointId);
    await sql`
      update webhook_endpoints set deleted_at = ${at}, off_because = coalesce(off_because, 'by_hand'), off_at = coalesce(off_at, ${at}), secret = '', old_secret = null,
             old_secret_until = null, version = version + 1
       where chain_id = ${who.chainId} and endpoint_id = ${endpointId}`.execute(tx);
    await giveUpWaiting(tx, { chainId: who.chainId, endpointId }, at);
    await closeAttention(tx, who, endpointId, 'deleted', at);
    await noteAudit(tx, ctx, who, { ...aboutEndpoint(endpointId, before), action: 'webhook_endpoint.deleted', before: { url: before.url } });
  });
}

interface LockedEndpoint {
  readonly version: number;
  readonly url: string;
  readonly about: string;
  readonly types: readonly string[];
  readonly offAt: Date | null;
  readonly locationId: string | null;
}

/** As it is, and nobody else changes it until the end of the transaction. Refuses with `not_found` and `changed_meanwhile`. */
export async function lockEndpoint(tx: Tx, who: Who, endpointId: string, version?: number): Promise<LockedEndpoint> {
  await findEndpoint(tx, who, endpointId);
  const { rows } = await sql<LockedEndpoint>`
    select version, url, about, event_types types, off_at "offAt", location_id "locationId" from webhook_endpoints
     where chain_id = ${who.chainId} and endpoint_id = ${endpointId} and deleted_at is null for no key update`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem('not_found', 404, 'There is no such endpoint.');
  if (version !== undefined && row.version !== version)
    throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this endpoint.', { version: row.version });
  return row;
}

export function aboutEndpoint(endpointId: string, { locationId }: { locationId: string | null }) {
  return { subject: { kind: 'webhook_endpoint', id: endpointId }, ...(locationId ? { locationId } : {}) };
}
