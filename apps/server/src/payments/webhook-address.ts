import { createHash } from 'node:crypto';
import type { ProviderCapabilities } from '@holdfast/providers/payment-provider';
import { deriveKey, keyedHash } from '../kit/seal.ts';
import type { PaymentsContext } from './context.ts';

interface Connection {
  readonly chainId: string;
  readonly connectionId: string;
}

/** What is secret about the address of a connection's webhooks: the same as long as the installation's key is. */
export function addressSecret({ sealingKey }: Pick<PaymentsContext, 'sealingKey'>, { chainId, connectionId }: Connection): string {
  const named = createHash('sha256')
    .update(JSON.stringify([chainId, connectionId]))
    .digest();
  return keyedHash(deriveKey(sealingKey, 'webhook-address'), named).toString('base64url').slice(0, 32);
}

/** Where a connection's provider reports. Where the address is the only proof it has a secret part: whoever sees it could pretend to be the provider. */
export function webhookAddress(
  ctx: Pick<PaymentsContext, 'sealingKey' | 'publicUrl'>,
  connection: Connection,
  proof: ProviderCapabilities['webhookProof'],
): string {
  const { chainId, connectionId } = connection;
  const address = `${ctx.publicUrl}/api/v1/webhooks/${chainId}/${connectionId}`;
  return proof === 'address' ? `${address}/${addressSecret(ctx, connection)}` : address;
}
