import type { Credentials, PaymentProvider } from '@holdfast/providers/payment-provider';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { Problem } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import { keepCredentials } from './keep-credentials.ts';
import { openConnection } from './read-credentials.ts';
import { mergedCredentials } from './shape-credentials.ts';
import { connectionHere, lockConnection } from './store-connections.ts';
import { webhookAddress } from './webhook-address.ts';

export type WebhookSetting = { readonly outcome: 'set' } | { readonly outcome: 'taken'; readonly otherUrl: string };

/**
 * Tells the provider our address by a call, and keeps what that brings (a signing secret) in the place of the old. Refuses with `step_not_allowed` where
 * the provider has no such call, with `credentials_refused` (its own words), with `provider_unreachable`: then nobody knows, and doing it again has one effect.
 */
export async function setUpWebhook(
  ctx: PaymentsContext,
  who: Who,
  { scope }: Place,
  connectionId: string,
  wish: { version: number; replace: boolean },
): Promise<WebhookSetting> {
  const seen = await connectionHere(ctx.db.read, scope, connectionId);
  if (!seen || seen.archived) throw new Problem('not_found', 404, 'There is no such payment connection.');
  if (seen.version !== wish.version) throw changedMeanwhile();
  const { provider, credentials } = openConnection(ctx, seen);
  const said = await tellAddress(provider, credentials, {
    url: webhookAddress(ctx, seen, provider.capabilities),
    replace: wish.replace,
  });
  if (said.outcome === 'taken') return said;
  await ctx.db.transaction(async (tx) => {
    const known = await lockConnection(tx, scope, connectionId);
    // another name or register is no reason to lose what the provider says only once; another account is
    if (!known || known.archived || known.accountId !== seen.accountId) throw changedMeanwhile();
    const brought = Object.keys(said.brought);
    if (brought.length > 0) {
      const { credentials: present } = openConnection(ctx, known);
      await keepCredentials(tx, ctx, known, provider, mergedCredentials(provider, present, said.brought));
    }
    await noteAudit(tx, ctx, who, {
      action: 'payment_connection.webhook_set_up',
      subject: { kind: 'payment_connection', id: connectionId },
      locationId: scope.locationId,
      after: { replaced: wish.replace, ...(brought.length > 0 ? { credentials: brought } : {}) },
    });
  });
  return { outcome: 'set' };
}

/** The call itself; never in a transaction. */
export async function tellAddress(
  provider: PaymentProvider,
  credentials: Credentials,
  wish: { url: string; replace: boolean },
): Promise<{ readonly outcome: 'set'; readonly brought: Credentials } | { readonly outcome: 'taken'; readonly otherUrl: string }> {
  if (!provider.setUpWebhook)
    throw new Problem('step_not_allowed', 409, `${provider.title} has no call for this: it is done at the provider.`, { missing: 'call' });
  const said = await provider.setUpWebhook(credentials, wish);
  switch (said.kind) {
    case 'done':
      if (said.value.kind === 'taken') return { outcome: 'taken', otherUrl: said.value.otherUrl };
      return { outcome: 'set', brought: said.value.credentials ?? {} };
    case 'declined':
      throw new Problem('credentials_refused', 409, 'The provider does not set up the webhook.', { providerCode: said.code, words: said.message });
    case 'unknown':
      throw new Problem('provider_unreachable', 503, 'The provider cannot be reached just now. Nothing was changed here; try again in a moment.', {
        retryAfterSeconds: 5,
      });
  }
}

function changedMeanwhile(): Problem {
  return new Problem('changed_meanwhile', 409, 'Somebody else has changed this connection meanwhile.');
}
