import type { NewEndpoint } from '@holdfast/contract/webhooks';
import { sql } from 'kysely';
import { notByKey } from '../access/guard.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Who } from '../access/who.ts';
import { seal } from '../kit/seal.ts';
import { aboutEndpoint, lockEndpoint } from './change-endpoint.ts';
import type { WebhooksContext } from './context.ts';
import { sealedFor } from './sealed-for.ts';
import { seeEndpoint } from './see-endpoints.ts';
import { newWebhookSecret } from './sign-webhook.ts';

const HOUR_MS = 3_600_000;

/** A new secret; for a while the old one signs beside it, so that the receiver can change over without losing anything. Refuses with `not_found` and `not_by_key`. */
export async function rotateSecret(ctx: WebhooksContext, who: Who, endpointId: string, { oldHours }: { oldHours: number }): Promise<NewEndpoint> {
  if (who.keyId !== undefined) throw notByKey();
  const [secret, at] = [newWebhookSecret(), ctx.now()];
  const { chainId } = who;
  return ctx.db.transaction(async (tx) => {
    const before = await lockEndpoint(tx, who, endpointId);
    const until = oldHours > 0 ? new Date(at.getTime() + oldHours * HOUR_MS) : null;
    await sql`
      update webhook_endpoints set old_secret = ${until ? sql`secret` : null}, old_secret_until = ${until},
             secret = ${seal(ctx.webhookKey, secret, sealedFor(chainId, endpointId))}, version = version + 1
       where chain_id = ${chainId} and endpoint_id = ${endpointId}`.execute(tx);
    await noteAudit(tx, ctx, who, { ...aboutEndpoint(endpointId, before), action: 'webhook_endpoint.secret_rotated', after: { oldHours } });
    return { endpoint: await seeEndpoint(tx, who, endpointId, at), secret };
  });
}
