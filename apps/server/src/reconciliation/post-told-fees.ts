import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { postFee } from '../payments/post-fee.ts';
import { openConnectionById } from '../payments/read-credentials.ts';
import { type BoundConnection, lockReconciliation } from './store-items.ts';

const AT_ONCE = 100;

/** Posts what was told of fees with payments. `told`: by the provider; otherwise it is what the connection's settings assume, and stays marked so. */
export async function postToldFees(
  ctx: PaymentsContext,
  { chainId, connectionId, locationId }: BoundConnection,
  { told }: { told: boolean },
): Promise<number> {
  const scope = mintScope(chainId, locationId);
  return ctx.db.transaction(async (tx) => {
    await lockReconciliation(tx, scope, connectionId);
    const { rows } = await sql<{ feeKey: string; attemptId: string | null; currency: string; toldMinor: bigint; at: Date }>`
      select f.fee_key "feeKey", f.attempt_id "attemptId", f.currency, f.told_minor "toldMinor", coalesce(a.captured_at, f.told_at) at from provider_fees f
        left join payment_attempts a on a.chain_id = f.chain_id and a.attempt_id = f.attempt_id
       where f.chain_id = ${chainId} and f.connection_id = ${connectionId} and f.due order by f.told_at limit ${AT_ONCE}`.execute(tx);
    for (const { feeKey, attemptId, currency, toldMinor, at } of rows) {
      await postFee(tx, ctx, scope, {
        connectionId,
        feeKey,
        attemptId: attemptId ?? undefined,
        currency,
        feeMinor: toldMinor,
        source: told ? 'payment' : 'assumed',
        at,
      });
    }
    return rows.length;
  });
}

/** The same for every connection that has any. */
export async function sweepToldFees(ctx: PaymentsContext): Promise<number> {
  const { rows } = await sql<BoundConnection>`
    select distinct chain_id "chainId", connection_id "connectionId", location_id "locationId" from provider_fees where due limit 20`.execute(
    ctx.db.read,
  );
  let posted = 0;
  for (const bound of rows) {
    const { provider } = await openConnectionById(ctx, bound.chainId, bound.connectionId);
    posted += await postToldFees(ctx, bound, { told: provider.capabilities.tellsFees });
  }
  return posted;
}
