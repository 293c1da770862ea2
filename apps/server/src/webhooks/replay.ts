import { type RawBuilder, sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Who } from '../access/who.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { aboutEndpoint, lockEndpoint } from './change-endpoint.ts';
import type { WebhooksContext } from './context.ts';

/** Sends one event once more, under the same id and as it was told. Refuses with `not_found` and `step_not_allowed` (it waits already, or the endpoint is off). */
export async function replayOne(ctx: WebhooksContext, who: Who, endpointId: string, deliveryId: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, who, endpointId);
    const { rows } = await sql<{ status: string }>`
      select status from webhook_deliveries where chain_id = ${who.chainId} and endpoint_id = ${endpointId} and delivery_id = ${deliveryId}`.execute(
      tx,
    );
    if (!rows[0]) throw new Problem('not_found', 404, 'There is no such delivery.');
    refuseWhileOff(endpoint);
    if (rows[0].status === 'waiting') throw new Problem('step_not_allowed', 409, 'It is on its way already.');
    await sendAgain(tx, who, endpointId, sql`d.delivery_id = ${deliveryId}`, ctx.now());
    await noteAudit(tx, ctx, who, { ...aboutEndpoint(endpointId, endpoint), action: 'webhook_endpoint.replayed', after: { deliveryId } });
  });
}

/** The same with all that was told since a moment. What waits goes on waiting. Answers how many. Refuses with `not_found` and `step_not_allowed`. */
export async function replaySince(
  ctx: WebhooksContext,
  who: Who,
  endpointId: string,
  { since, only }: { since: string; only: 'given_up' | 'all' },
): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, who, endpointId);
    refuseWhileOff(endpoint);
    const which = sql`d.told_at >= ${new Date(since)} and ${only === 'all' ? sql`d.status <> 'waiting'` : sql`d.status = 'given_up'`} and d.type <> 'ping'`;
    const replayed = await sendAgain(tx, who, endpointId, which, ctx.now());
    await noteAudit(tx, ctx, who, { ...aboutEndpoint(endpointId, endpoint), action: 'webhook_endpoint.replayed', after: { since, only, replayed } });
    return replayed;
  });
}

function refuseWhileOff({ offAt }: { offAt: Date | null }): void {
  if (offAt !== null) throw new Problem('step_not_allowed', 409, 'This endpoint is switched off.');
}

async function sendAgain(tx: Tx, { chainId }: Who, endpointId: string, which: RawBuilder<unknown>, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update webhook_deliveries d set status = 'waiting', due_at = ${at}, ended_at = null, begun_at = null, tries = 0, because = ''
     where d.chain_id = ${chainId} and d.endpoint_id = ${endpointId} and ${which}`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}
