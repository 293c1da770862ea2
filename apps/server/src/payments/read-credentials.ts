import type { Credentials, PaymentProvider } from '@holdfast/providers/payment-provider';
import { invariant } from '../kit/problem.ts';
import { seal, unseal } from '../kit/seal.ts';
import type { PaymentsContext } from './context.ts';
import { type ConnectionRow, connectionById } from './store.ts';

/** Sealed for this one connection: a row copied to another chain's cannot be opened there. */
function sealedFor(chainId: string, connectionId: string): string {
  return `provider_connections/${chainId}/${connectionId}`;
}

export function sealCredentials(
  ctx: Pick<PaymentsContext, 'sealingKey'>,
  chainId: string,
  connectionId: string,
  credentials: Credentials,
): Uint8Array {
  return seal(ctx.sealingKey, JSON.stringify(credentials), sealedFor(chainId, connectionId));
}

/** A connection ready to be used: its adapter and its opened credentials. They stay in memory for one call. */
export interface OpenConnection {
  readonly provider: PaymentProvider;
  readonly credentials: Credentials;
}

/** Throws when the installation's key is not the one the credentials were sealed with. */
export function openConnection(ctx: Pick<PaymentsContext, 'sealingKey' | 'providerOf'>, connection: ConnectionRow): OpenConnection {
  const plain = unseal(ctx.sealingKey, connection.credentials, sealedFor(connection.chainId, connection.connectionId));
  return { provider: ctx.providerOf(connection), credentials: JSON.parse(plain) as Credentials };
}

export async function openConnectionById(ctx: PaymentsContext, chainId: string, connectionId: string): Promise<OpenConnection> {
  const connection = await connectionById(ctx.db.read, chainId, connectionId);
  invariant(connection, `connection ${connectionId} of an attempt is there`);
  return openConnection(ctx, connection);
}
