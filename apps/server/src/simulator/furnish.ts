import type { Credentials } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { App } from '../app.ts';
import { openLocationBooks } from '../ledger/open-location-books.ts';
import { sealSettings } from '../messages/channels.ts';
import { connectProvider, switchOnlinePayment } from '../payments/connect-provider.ts';
import { type SalonRows, writeSalon } from './salon-rows.ts';

/** Moves a salon into an empty house: its rows, open books, messages that stay here, the provider's sandbox for both ways to pay. Answers the connection's id. */
export async function furnish(
  { payments, salon: ctx }: App,
  scope: Scope,
  salon: SalonRows,
  { provider, credentials }: { provider: string; credentials: Credentials },
): Promise<string> {
  const { chainId, locationId } = scope;
  return payments.db.transaction(async (tx) => {
    await writeSalon(tx, salon);
    await openLocationBooks(tx, payments, scope, salon.currency);
    for (const { channel, sender } of salon.channels) {
      const settings = sealSettings(ctx, scope, channel, { adapter: 'sandbox' });
      await sql`
        insert into message_channels (chain_id, location_id, channel, adapter, sender, settings, hints, enabled)
        values (${chainId}, ${locationId}, ${channel}, 'sandbox', ${sender}, ${settings}, '{}', true)`.execute(tx);
    }
    const wish = { provider, label: provider, credentials, sandbox: true, currency: salon.currency };
    const connectionId = await connectProvider(tx, payments, scope, wish);
    for (const method of ['online_registration', 'visit_link'] as const)
      await switchOnlinePayment(tx, scope, { method, enabled: true, connectionId });
    return connectionId;
  });
}
