import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { PaymentsContext } from './context.ts';

/** The least that can be charged through whatever is connected here; while nothing is switched on, statuses are already measured by it. 0n: nothing is. */
export async function readMinimumCharge(
  ctx: Pick<PaymentsContext, 'db' | 'providerOf' | 'sandboxEndpoint'>,
  scope: Scope,
  currency: string,
): Promise<bigint> {
  const { chainId, locationId } = scope;
  const { rows } = await sql<{ connection_id: string; provider: string; sandbox: boolean }>`
    select connection_id, provider, sandbox from provider_connections
     where chain_id = ${chainId} and location_id = ${locationId} and archived_at is null`.execute(ctx.db.read);
  const usable = rows.filter(({ provider, sandbox }) => !sandbox || ctx.sandboxEndpoint(provider) !== undefined);
  return usable
    .map(({ connection_id, provider, sandbox }) =>
      ctx.providerOf({ chainId, connectionId: connection_id, provider, sandbox }).minimumChargeMinor(currency),
    )
    .reduce((least, one) => (least === 0n || one < least ? one : least), 0n);
}
