import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Tx } from '../kit/database.ts';
import type { WebhooksContext } from './context.ts';

/** Nothing is sent there any more. What still waited is given up, and can be replayed when it is on again. */
export async function switchOff(
  ctx: Pick<WebhooksContext, 'newId' | 'now'>,
  tx: Tx,
  { chainId, endpointId }: { chainId: string; endpointId: string },
  because: 'failing' | 'gone',
  at: Date,
): Promise<void> {
  const { rows } = await sql<{ url: string; locationId: string | null }>`
    update webhook_endpoints set off_because = ${because}, off_at = ${at}, version = version + 1
     where chain_id = ${chainId} and endpoint_id = ${endpointId} and off_at is null returning url, location_id "locationId"`.execute(tx);
  await giveUpWaiting(tx, { chainId, endpointId }, at);
  if (!rows[0]) return;
  const { url, locationId } = rows[0];
  const nobody = { chainId, userId: null, name: 'Holdfast', address: '', requestId: '' };
  await noteAudit(tx, ctx, nobody, {
    action: 'webhook_endpoint.switched_off',
    subject: { kind: 'webhook_endpoint', id: endpointId },
    ...(locationId ? { locationId } : {}),
    after: { url, because },
  });
}

/** For an endpoint that is off or gone. */
export async function giveUpWaiting(tx: Tx, { chainId, endpointId }: { chainId: string; endpointId: string }, at: Date): Promise<void> {
  await sql`
    update webhook_deliveries set status = 'given_up', due_at = null, ended_at = ${at}, because = 'endpoint_off'
     where chain_id = ${chainId} and endpoint_id = ${endpointId} and status = 'waiting'`.execute(tx);
}
