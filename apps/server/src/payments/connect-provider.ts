import type { Credentials } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import type { PaymentsContext } from './context.ts';
import type { PaymentMethod } from './purposes.ts';
import { sealCredentials } from './read-credentials.ts';

export interface ConnectionWish {
  /** A provider's name, as its adapter says it. */
  readonly provider: string;
  readonly label: string;
  readonly credentials: Credentials;
  readonly sandbox: boolean;
  /** The location's currency: what its books are kept in. */
  readonly currency: string;
}

/**
 * Connects a provider to a location: its credentials sealed (people see the last four characters), a clearing account for what it owes us, the
 * Card payment account as the register it pays out to. Answers the connection's id. Whether the credentials are good is asked before, with
 * `testConnection`. Refuses with `invalid_request` what does not have the adapter's shape.
 */
export async function connectProvider(
  tx: Tx,
  ctx: Pick<PaymentsContext, 'newId' | 'now' | 'providerOf' | 'sealingKey'>,
  scope: Scope,
  wish: ConnectionWish,
): Promise<string> {
  const connectionId = ctx.newId('con');
  const { chainId, locationId } = scope;
  const adapter = ctx.providerOf({ chainId, connectionId, provider: wish.provider, sandbox: wish.sandbox });
  const shaped = adapter.credentialsShape.strict().safeParse(wish.credentials);
  if (!shaped.success) {
    // the fields' names only: a message may repeat what was typed
    const fields = [...new Set(shaped.error.issues.map((issue) => issue.path.join('.')))];
    throw new Problem('invalid_request', 400, 'These credentials do not have the shape that the provider gives them.', { fields });
  }
  const credentials = shaped.data as Credentials;
  const hints = Object.fromEntries(Object.entries(credentials).map(([name, secret]) => [name, lastFour(secret)]));
  const register = await openAccount(tx, ctx, scope, { kind: 'register', ownerId: 'card', currency: wish.currency });
  await openAccount(tx, ctx, scope, { kind: 'clearing', ownerId: connectionId, currency: wish.currency });
  await sql`
    insert into provider_connections (chain_id, connection_id, location_id, provider, label, credentials, credential_hints, sandbox, register_account_id, created_at)
    values (${chainId}, ${connectionId}, ${locationId}, ${wish.provider}, ${wish.label}, ${sealCredentials(ctx, chainId, connectionId, credentials)},
            ${JSON.stringify(hints)}::jsonb, ${wish.sandbox}, ${register}, ${ctx.now()})`.execute(tx);
  return connectionId;
}

/** Nothing of a secret so short that four characters would tell it. */
function lastFour(secret: string): string {
  return secret.length >= 12 ? secret.slice(-4) : '';
}

/**
 * Switches a payment method (bookings, unless it is said) on or off and says through which connection. Cannot be switched on before the company details are filled
 * (A6): clients see whom they pay.
 */
export async function switchOnlinePayment(
  tx: Tx,
  scope: Scope,
  wish: { method?: PaymentMethod; enabled: boolean; connectionId: string | undefined },
): Promise<void> {
  const { method = 'online_registration' } = wish;
  if (wish.enabled) {
    const { rows } = await sql`
      select 1 from company_details where chain_id = ${scope.chainId} and location_id = ${scope.locationId}`.execute(tx);
    if (rows.length === 0) throw new Problem('step_not_allowed', 409, 'Fill in the company details first: clients see whom they pay.');
    if (!wish.connectionId) throw new Problem('step_not_allowed', 409, 'Connect a provider first.');
  }
  await sql`
    insert into payment_methods (chain_id, location_id, method, enabled, connection_id)
    values (${scope.chainId}, ${scope.locationId}, ${method}, ${wish.enabled}, ${wish.connectionId ?? null})
    on conflict (chain_id, location_id, method) do update set enabled = excluded.enabled, connection_id = coalesce(excluded.connection_id, payment_methods.connection_id)`.execute(
    tx,
  );
}
