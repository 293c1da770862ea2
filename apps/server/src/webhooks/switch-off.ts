import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import { mintScope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { openAttention } from '../payments/open-attention.ts';
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
  for (const place of locationId ? [locationId] : await locationsOf(tx, chainId)) {
    const subject = { kind: 'webhook_endpoint', id: endpointId };
    await openAttention(tx, ctx, mintScope(chainId, place), at, { kind: 'webhook_off', subject, detail: { url, because } });
  }
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

/** It is on again, or gone: nothing to look at any more. */
export async function closeAttention(
  tx: Tx,
  { chainId, name }: { chainId: string; name: string },
  endpointId: string,
  resolution: 'switched_on' | 'deleted',
  at: Date,
): Promise<void> {
  await sql`
    update attention set resolved_at = ${at}, resolution = ${resolution}, resolved_by = ${name}
     where chain_id = ${chainId} and kind = 'webhook_off' and subject_id = ${endpointId} and resolved_at is null`.execute(tx);
}

async function locationsOf(tx: Tx, chainId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select location_id id from locations where chain_id = ${chainId} order by position, location_id`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
