import { sql } from 'kysely';
import type { PaymentsContext } from './context.ts';
import { openConnection } from './read-credentials.ts';
import { connectionById } from './store.ts';

/**
 * What a payment that an event names only by the provider's id is called by us. Some events carry no reference, and what comes to a secret address has to
 * be asked about anyway. `trouble`: nobody could be asked now.
 */
export async function referenceAtProvider(
  ctx: PaymentsContext,
  event: {
    readonly chainId: string;
    readonly connectionId: string;
    readonly eventType: string;
    readonly providerPaymentId: string;
    readonly receivedAt: Date;
  },
): Promise<{ readonly kind: 'told'; readonly reference: string | undefined } | { readonly kind: 'trouble'; readonly message: string }> {
  const connection = await connectionById(ctx.db.read, event.chainId, event.connectionId);
  if (!connection) return { kind: 'told', reference: undefined };
  const { provider, credentials } = openConnection(ctx, connection);
  const { webhookProof, disputes } = provider.capabilities;
  if (webhookProof !== 'address' && !disputes?.events.includes(event.eventType)) return { kind: 'told', reference: undefined };
  const { rows } = await sql<{ currency: string }>`
    select currency from locations where chain_id = ${event.chainId} and location_id = ${connection.locationId}`.execute(ctx.db.read);
  const { providerPaymentId, receivedAt } = event;
  const key = { reference: '', providerPaymentId, createdAt: receivedAt, payableUntil: receivedAt, currency: rows[0]?.currency ?? '' };
  const read = await provider.readPayment(credentials, key);
  // a certificate that has ended says nothing about this payment: it is asked about again with the next one
  if (read.kind !== 'done') return { kind: 'trouble', message: read.message };
  return { kind: 'told', reference: read.value?.reference };
}
