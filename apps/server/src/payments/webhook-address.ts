import { createHash } from 'node:crypto';
import type { ProviderCapabilities } from '@holdfast/providers/payment-provider';
import { deriveKey, keyedHash } from '../kit/seal.ts';
import type { PaymentsContext } from './context.ts';

interface Connection {
  readonly chainId: string;
  readonly locationId: string;
  readonly connectionId: string;
}

/** What is secret about the address of a connection's webhooks: the same as long as the installation's key is. */
export function addressSecret({ sealingKey }: Pick<PaymentsContext, 'sealingKey'>, { chainId, locationId, connectionId }: Connection): string {
  // the location too: whoever may connect at one learns nothing about the connections of another
  const named = createHash('sha256')
    .update(JSON.stringify([chainId, locationId, connectionId]))
    .digest();
  return keyedHash(deriveKey(sealingKey, 'webhook-address'), named).toString('base64url').slice(0, 32);
}

/**
 * Whether the address has a secret part. Where it is the only proof: whoever sees it could pretend to be the provider. And where the provider is told it with
 * each payment, which costs nobody anything: some sign the messages of all merchants with one key, so only the address says that a message is ours.
 */
export function hasSecretAddress({ webhookProof, webhookSetup }: Pick<ProviderCapabilities, 'webhookProof' | 'webhookSetup'>): boolean {
  return webhookProof === 'address' || webhookSetup === 'with_each_payment';
}

/** Where a connection's provider reports. */
export function webhookAddress(
  ctx: Pick<PaymentsContext, 'sealingKey' | 'publicUrl'>,
  connection: Connection,
  capabilities: Pick<ProviderCapabilities, 'webhookProof' | 'webhookSetup'>,
): string {
  const { chainId, connectionId } = connection;
  const address = `${ctx.publicUrl}/api/v1/webhooks/${chainId}/${connectionId}`;
  return hasSecretAddress(capabilities) ? `${address}/${addressSecret(ctx, connection)}` : address;
}
