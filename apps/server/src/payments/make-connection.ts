import type { connectionWishShape } from '@holdfast/contract/cashless';
import type { Credentials, PaymentProvider } from '@holdfast/providers/payment-provider';
import type { z } from 'zod';
import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { Place, Who } from '../access/who.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { checkRegister } from './change-connection.ts';
import { connectProvider } from './connect-provider.ts';
import type { PaymentsContext } from './context.ts';
import { tellAddress } from './set-up-webhook.ts';
import { credentialHints, shapedCredentials } from './shape-credentials.ts';
import { factsOfPlace } from './store-connections.ts';
import { adapterFor, testCredentials } from './test-connection.ts';
import { webhookAddress } from './webhook-address.ts';

/**
 * Connects a provider by hand: asks it whether the credentials are good, and only then keeps them. Refuses like {@link testCredentials} (nothing is
 * kept), with `step_not_allowed` where the provider does not take the location's currency, with `already_there` what was connected before; where the webhook
 * is to be set up too, with `still_used` when the provider's only address is another one.
 */
export async function makeConnection(ctx: PaymentsContext, who: Who, place: Place, wish: z.infer<typeof connectionWishShape>): Promise<void> {
  const { scope } = place;
  const facts = await factsOfPlace(ctx.db.read, scope);
  invariant(facts, 'the location in the address is there');
  const { adapter, sandbox } = adapterFor(ctx, scope, wish.provider);
  const { currencies } = adapter.capabilities;
  if (currencies !== 'any' && !currencies.includes(facts.currency))
    throw new Problem('step_not_allowed', 409, `${adapter.title} does not take ${facts.currency}.`, { missing: 'currency' });
  const tested = await testCredentials(adapter, wish.credentials, { beforeSetUp: wish.webhook !== 'by_hand' });
  const credentials = wish.webhook === 'by_hand' ? tested.credentials : await withWebhook(ctx, scope, adapter, wish, tested.credentials);
  const { provider, label, registerId } = wish;
  try {
    await ctx.db.transaction(async (tx) => {
      if (registerId !== undefined) await checkRegister(tx, place, facts.currency, registerId);
      const id = await connectProvider(tx, ctx, scope, {
        connectionId: wish.connectionId,
        provider,
        label,
        credentials,
        sandbox,
        currency: facts.currency,
        registerId,
        tested,
      });
      await noteAudit(tx, ctx, who, {
        action: 'payment_connection.made',
        subject: { kind: 'payment_connection', id },
        locationId: scope.locationId,
        after: {
          provider,
          label,
          account: tested.account,
          sandbox,
          ...(wish.webhook === 'by_hand' ? {} : { webhook: wish.webhook }),
          hints: credentialHints(adapter, credentials),
          ...(registerId ? { registerId } : {}),
        },
      });
    });
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'provider_connections_pk')
      throw new Problem('already_there', 409, 'This connection was made already.');
    throw error;
  }
}

/** The provider is told the address that the connection is going to have; what that brings belongs to its credentials. */
async function withWebhook(
  ctx: PaymentsContext,
  { chainId, locationId }: Scope,
  adapter: PaymentProvider,
  { connectionId, webhook }: { connectionId: string; webhook: 'by_hand' | 'set_up' | 'replace' },
  credentials: Credentials,
): Promise<Credentials> {
  const url = webhookAddress(ctx, { chainId, locationId, connectionId }, adapter.capabilities);
  const said = await tellAddress(adapter, credentials, { url, replace: webhook === 'replace' });
  if (said.outcome === 'taken')
    throw new Problem('still_used', 409, 'The provider reports to another address already.', { why: 'other_webhook', otherUrl: said.otherUrl });
  return shapedCredentials(adapter, { ...credentials, ...said.brought });
}
