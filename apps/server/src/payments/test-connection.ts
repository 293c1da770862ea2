import type { Credentials, PaymentProvider, ProviderAccount } from '@holdfast/providers/payment-provider';
import { isProviderName } from '@holdfast/providers/provider-registry';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { Problem } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import { openConnection } from './read-credentials.ts';
import { shapedCredentials } from './shape-credentials.ts';
import { connectionHere } from './store-connections.ts';

/** The adapter that a new connection would talk through: the provider itself, or in the demo its sandbox. */
export function adapterFor(ctx: PaymentsContext, { chainId }: Scope, name: string): { adapter: PaymentProvider; sandbox: boolean } {
  if (!isProviderName(name)) throw new Problem('not_found', 404, 'There is no such payment provider.');
  const sandbox = ctx.sandboxEndpoint(name) !== undefined;
  return { adapter: ctx.providerOf({ chainId, connectionId: '', provider: name, sandbox }), sandbox };
}

/**
 * Are these credentials good? Asks the provider, so never in a transaction; changes nothing anywhere. Refuses with `invalid_request` (the fields
 * that cannot be right), `credentials_refused` (the provider's own words), `provider_unreachable` (nobody knows).
 */
export async function testCredentials(
  adapter: PaymentProvider,
  typed: Credentials,
  how: { readonly beforeSetUp?: boolean } = {},
): Promise<ProviderAccount & { readonly credentials: Credentials }> {
  const credentials = shapedCredentials(adapter, typed, how);
  const said = await adapter.testConnection(credentials);
  switch (said.kind) {
    case 'done':
      return { ...said.value, credentials };
    case 'declined':
      throw new Problem('credentials_refused', 409, 'The provider does not take these credentials.', {
        providerCode: said.code,
        words: said.message,
      });
    case 'unknown':
      throw new Problem('provider_unreachable', 503, 'The provider cannot be reached just now. Nothing was changed; try again in a moment.', {
        retryAfterSeconds: 5,
      });
  }
}

/** The same for a connection that is there; a good answer is noted with its moment. */
export async function testConnection(ctx: PaymentsContext, scope: Scope, connectionId: string): Promise<ProviderAccount> {
  const connection = await connectionHere(ctx.db.read, scope, connectionId);
  if (!connection) throw new Problem('not_found', 404, 'There is no such payment connection.');
  const { provider, credentials } = openConnection(ctx, connection);
  const { account, accountId } = await testCredentials(provider, credentials);
  // no new version: nothing that anybody decided has changed. Replaced meanwhile, the answer is about other credentials
  await sql`
    update provider_connections set tested_at = ${ctx.now()}, account = ${account}, account_id = ${accountId}
     where chain_id = ${scope.chainId} and connection_id = ${connectionId} and credentials = ${Buffer.from(connection.credentials)}`.execute(
    ctx.db.read,
  );
  return { account, accountId };
}
