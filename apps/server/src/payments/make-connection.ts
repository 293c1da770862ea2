import type { ConnectionWish } from '@holdfast/contract/cashless';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { checkRegister } from './change-connection.ts';
import { connectProvider, credentialHints } from './connect-provider.ts';
import type { PaymentsContext } from './context.ts';
import { factsOfPlace } from './store-connections.ts';
import { adapterFor, testCredentials } from './test-connection.ts';

/**
 * Connects a provider by hand: asks it whether the credentials are good, and only then keeps them. Refuses like {@link testCredentials} (nothing is
 * kept), with `step_not_allowed` where the provider does not take the location's currency, with `already_there` what was connected before.
 */
export async function makeConnection(ctx: PaymentsContext, who: Who, place: Place, wish: ConnectionWish): Promise<void> {
  const { scope } = place;
  const facts = await factsOfPlace(ctx.db.read, scope);
  invariant(facts, 'the location in the address is there');
  const { adapter, sandbox } = adapterFor(ctx, scope, wish.provider);
  const { currencies } = adapter.capabilities;
  if (currencies !== 'any' && !currencies.includes(facts.currency))
    throw new Problem('step_not_allowed', 409, `${adapter.title} does not take ${facts.currency}.`, { missing: 'currency' });
  const tested = await testCredentials(adapter, wish.credentials);
  const { provider, label, registerId } = wish;
  try {
    await ctx.db.transaction(async (tx) => {
      if (registerId !== undefined) await checkRegister(tx, place, facts.currency, registerId);
      const id = await connectProvider(tx, ctx, scope, {
        connectionId: wish.connectionId,
        provider,
        label,
        credentials: tested.credentials,
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
          hints: credentialHints(tested.credentials),
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
