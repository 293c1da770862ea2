import type { WebhookDeliveryDetail } from '@holdfast/contract/webhooks';
import { sql } from 'kysely';
import type { Who } from '../access/who.ts';
import { Problem } from '../kit/problem.ts';
import type { WebhooksContext } from './context.ts';
import { seeDelivery } from './see-deliveries.ts';
import { findEndpoint } from './see-endpoints.ts';
import { sendNow } from './send-webhooks.ts';

/** Sends something that means nothing, now, and answers what came back. Refuses with `not_found` and `step_not_allowed` (it is switched off). */
export async function pingEndpoint(ctx: WebhooksContext, who: Who, endpointId: string): Promise<WebhookDeliveryDetail> {
  const { off } = await findEndpoint(ctx.db.read, who, endpointId);
  if (off) throw new Problem('step_not_allowed', 409, 'This endpoint is switched off.');
  const at = ctx.now();
  const [deliveryId, eventId] = [ctx.newId('whd'), ctx.newId('evt')];
  await sql`
    insert into webhook_deliveries (chain_id, location_id, delivery_id, endpoint_id, event_id, type, seq, subject_id, payload, told_at, due_at)
    select chain_id, location_id, ${deliveryId}, endpoint_id, ${eventId}, 'ping', no, ${eventId},
           jsonb_build_object('type', 'ping', 'timestamp', ${at.toISOString()}::text, 'id', ${eventId}::text, 'sequence', no, 'locationId', location_id, 'data', '{}'::jsonb), ${at}, ${at}
      from webhook_endpoints, nextval('webhook_seq') no where chain_id = ${who.chainId} and endpoint_id = ${endpointId}`.execute(ctx.db.read);
  await sendNow(ctx, deliveryId);
  // it was tried this once; nobody waits for it for three days
  await sql`
    update webhook_deliveries set status = 'given_up', due_at = null, ended_at = ${ctx.now()}
     where chain_id = ${who.chainId} and delivery_id = ${deliveryId} and status = 'waiting'`.execute(ctx.db.read);
  return seeDelivery(ctx.db.read, who, endpointId, deliveryId);
}
