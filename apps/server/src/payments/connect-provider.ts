import type { Credentials, ProviderAccount } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import type { PaymentsContext } from './context.ts';
import type { PaymentMethod } from './purposes.ts';
import { sealCredentials } from './read-credentials.ts';
import { credentialHints, shapedCredentials } from './shape-credentials.ts';
import { noticeOfEnd } from './watch-credentials.ts';

export interface ConnectionWish {
  /** A provider's name, as its adapter says it. */
  readonly provider: string;
  readonly label: string;
  readonly credentials: Credentials;
  readonly sandbox: boolean;
  /** The location's currency: what its books are kept in. */
  readonly currency: string;
  /** Left out: a new one. */
  readonly connectionId?: string;
  /** Which register it pays out to; left out: the Card payment account. */
  readonly registerId?: string | undefined;
  /** Who answered when the credentials were tested just now. */
  readonly tested?: ProviderAccount;
}

type Connecting = Pick<PaymentsContext, 'newId' | 'now' | 'providerOf' | 'sealingKey'>;

/**
 * Connects a provider to a location: its credentials sealed (people see the last four characters at most), a clearing account for what it owes us, the
 * Card payment account as the register it pays out to unless another one is wished. Answers the connection's id. Whether the credentials are good
 * is asked before, with `testConnection`. Refuses with `invalid_request` what does not have the adapter's shape.
 */
export async function connectProvider(tx: Tx, ctx: Connecting, scope: Scope, wish: ConnectionWish): Promise<string> {
  const connectionId = wish.connectionId ?? ctx.newId('con');
  const { chainId, locationId } = scope;
  const adapter = ctx.providerOf({ chainId, connectionId, provider: wish.provider, sandbox: wish.sandbox });
  const credentials = shapedCredentials(adapter, wish.credentials);
  const card = await openAccount(tx, ctx, scope, { kind: 'register', ownerId: 'card', currency: wish.currency });
  await openAccount(tx, ctx, scope, { kind: 'clearing', ownerId: connectionId, currency: wish.currency });
  const at = ctx.now();
  const end = noticeOfEnd(adapter, credentials);
  await sql`
    insert into provider_connections (chain_id, connection_id, location_id, provider, label, credentials, credential_hints, sandbox, register_account_id, created_at,
                                      account_id, account, tested_at, ends_at, end_notice_at)
    values (${chainId}, ${connectionId}, ${locationId}, ${wish.provider}, ${wish.label}, ${sealCredentials(ctx, chainId, connectionId, credentials)},
            ${JSON.stringify(credentialHints(adapter, credentials))}::jsonb, ${wish.sandbox}, ${wish.registerId ?? card}, ${at},
            ${wish.tested?.accountId ?? null}, ${wish.tested?.account ?? null}, ${wish.tested ? at : null},
            ${end.endsAt}, ${end.noticeAt})`.execute(tx);
  return connectionId;
}

/**
 * Switches one way of paying online on or off and says through which connection. Cannot be switched on before the company details are filled
 * (A6: clients see whom they pay) and a provider is connected: `step_not_allowed`, with what is missing. Switched off, what is under way is still
 * settled. A connection of another location or an archived one is `not_found`.
 */
export async function switchOnlinePayment(
  tx: Tx,
  { chainId, locationId }: Scope,
  { method = 'online_registration', enabled, connectionId }: { method?: PaymentMethod; enabled: boolean; connectionId: string | undefined },
): Promise<void> {
  if (enabled && !connectionId) throw new Problem('step_not_allowed', 409, 'Connect a provider first.', { missing: 'provider' });
  if (enabled) {
    const { rows } = await sql`select 1 from company_details where chain_id = ${chainId} and location_id = ${locationId}`.execute(tx);
    if (rows.length === 0)
      throw new Problem('step_not_allowed', 409, 'Fill in the company details first: clients see whom they pay.', { missing: 'company_details' });
  }
  if (connectionId) {
    // shared, so that it is not archived meanwhile
    const { rows } = await sql`
      select 1 from provider_connections where chain_id = ${chainId} and location_id = ${locationId} and connection_id = ${connectionId}
         and archived_at is null for share`.execute(tx);
    if (rows.length === 0) throw new Problem('not_found', 404, 'There is no such payment connection.');
  }
  await sql`
    insert into payment_methods (chain_id, location_id, method, enabled, connection_id)
    values (${chainId}, ${locationId}, ${method}, ${enabled}, ${connectionId ?? null})
    on conflict (chain_id, location_id, method) do update set enabled = excluded.enabled,
       connection_id = coalesce(excluded.connection_id, payment_methods.connection_id), version = payment_methods.version + 1`.execute(tx);
}
