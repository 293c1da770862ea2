import type { Credentials, PaymentProvider } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import type { PaymentsContext } from './context.ts';
import { sealCredentials } from './read-credentials.ts';
import { credentialHints } from './shape-credentials.ts';
import type { ConnectionState } from './store-connections.ts';
import { closeEndNotice, noticeOfEnd } from './watch-credentials.ts';

/**
 * These credentials take the place of the connection's: sealed, the old ones forgotten, what was noted about the old ones' webhooks and end with them.
 * Answers what may be seen of them. The connection is locked.
 */
export async function keepCredentials(
  tx: Tx,
  ctx: PaymentsContext,
  known: ConnectionState,
  provider: PaymentProvider,
  credentials: Credentials,
): Promise<Readonly<Record<string, string>>> {
  const { chainId, connectionId } = known;
  const hints = credentialHints(provider, credentials);
  const { endsAt, noticeAt } = noticeOfEnd(provider, credentials);
  await sql`
    update provider_connections set credentials = ${sealCredentials(ctx, chainId, connectionId, credentials)}, credential_hints = ${JSON.stringify(hints)}::jsonb,
           ends_at = ${endsAt}, end_notice_at = ${noticeAt}, refused_at = null, refused_why = null, version = version + 1
     where chain_id = ${chainId} and connection_id = ${connectionId}`.execute(tx);
  await closeEndNotice(tx, known, 'replaced', ctx.now());
  return hints;
}
