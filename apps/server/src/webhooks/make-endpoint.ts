import type { EndpointWish, NewEndpoint } from '@holdfast/contract/webhooks';
import { sql } from 'kysely';
import { notByKey, rightMissing } from '../access/guard.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Who } from '../access/who.ts';
import { Problem } from '../kit/problem.ts';
import { seal } from '../kit/seal.ts';
import type { WebhooksContext } from './context.ts';
import { locationsForEndpoints, whyNotUrl } from './endpoint-rules.ts';
import { sealedFor } from './sealed-for.ts';
import { mayEverywhere, seeEndpoint } from './see-endpoints.ts';
import { newWebhookSecret } from './sign-webhook.ts';

/**
 * From the next commit on it is told there too. The secret stands in the answer and nowhere else. Refuses with `invalid_request` (the address), `not_found`,
 * `right_missing` (of every location: only who has the right at each) and `not_by_key`.
 */
export async function makeEndpoint(ctx: WebhooksContext, who: Who, wish: EndpointWish): Promise<NewEndpoint> {
  // what a key that has leaked set up would go on telling after it was revoked
  if (who.keyId !== undefined) throw notByKey();
  refuseUrl(ctx, wish.url);
  const [endpointId, secret, at] = [ctx.newId('whe'), newWebhookSecret(), ctx.now()];
  const { chainId } = who;
  return ctx.db.transaction(async (tx) => {
    if (wish.locationId === null) {
      if (!(await mayEverywhere(tx, who))) throw rightMissing('integrations.edit');
    } else if (!who.places.has(wish.locationId)) throw new Problem('not_found', 404, 'There is no such location.');
    else if (!locationsForEndpoints(who).includes(wish.locationId)) throw rightMissing('integrations.edit');
    const types = [...new Set(wish.types)];
    await sql`
      insert into webhook_endpoints (chain_id, location_id, endpoint_id, url, about, event_types, secret, made_at)
      values (${chainId}, ${wish.locationId}, ${endpointId}, ${wish.url}, ${wish.about ?? ''}, ${types}, ${seal(ctx.webhookKey, secret, sealedFor(chainId, endpointId))}, ${at})`.execute(
      tx,
    );
    await noteAudit(tx, ctx, who, {
      action: 'webhook_endpoint.created',
      subject: { kind: 'webhook_endpoint', id: endpointId },
      ...(wish.locationId ? { locationId: wish.locationId } : {}),
      after: { url: wish.url, types },
    });
    return { endpoint: await seeEndpoint(tx, who, endpointId, at), secret };
  });
}

export function refuseUrl(ctx: Pick<WebhooksContext, 'webhooksToLoopback'>, url: string): void {
  const why = whyNotUrl(url, { loopback: ctx.webhooksToLoopback });
  if (why) throw new Problem('invalid_request', 400, 'Nothing can be sent to this address.', { field: 'url', why });
}
