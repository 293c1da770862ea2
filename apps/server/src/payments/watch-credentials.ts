import type { Credentials, PaymentProvider } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { PaymentsContext } from './context.ts';
import { openAttention } from './open-attention.ts';
import type { ConnectionRow } from './store.ts';

/** How long before their end somebody has to know: a bank may take weeks for a new certificate. */
const NOTICE_DAYS = 30;

/** When these credentials stop working by themselves, and from when on that is shown to a person. */
export function noticeOfEnd(provider: PaymentProvider, credentials: Credentials): { endsAt: Date | null; noticeAt: Date | null } {
  const endsAt = provider.endsAt?.(credentials) ?? null;
  return { endsAt, noticeAt: endsAt && new Date(endsAt.getTime() - NOTICE_DAYS * 86_400_000) };
}

/** Puts before a person whose credentials are about to end. Answers how many; safe in any number of processes. */
export async function watchCredentials(ctx: PaymentsContext, { limit }: { limit: number }): Promise<number> {
  const at = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const { rows } = await sql<{ chain_id: string; connection_id: string; location_id: string; label: string; ends_at: Date }>`
      with due as (
        select chain_id, connection_id from provider_connections where end_notice_at <= ${at} order by end_notice_at limit ${limit} for update skip locked
      ) update provider_connections c set end_notice_at = null from due
         where c.chain_id = due.chain_id and c.connection_id = due.connection_id
        returning c.chain_id, c.connection_id, c.location_id, c.label, c.ends_at`.execute(tx);
    for (const row of rows) {
      await openAttention(tx, ctx, mintScope(row.chain_id, row.location_id), at, {
        kind: 'credentials_end',
        subject: { kind: 'payment_connection', id: row.connection_id },
        detail: { label: row.label, endsAt: row.ends_at.toISOString() },
      });
    }
    return rows.length;
  });
}

/** There are others now, or they are needed no more. */
export async function closeEndNotice(
  tx: Tx,
  { chainId, connectionId }: Pick<ConnectionRow, 'chainId' | 'connectionId'>,
  resolution: 'replaced' | 'archived',
  at: Date,
): Promise<void> {
  await sql`
    update attention set resolved_at = ${at}, resolution = ${resolution}
     where chain_id = ${chainId} and kind = 'credentials_end' and subject_kind = 'payment_connection' and subject_id = ${connectionId}
       and resolved_at is null`.execute(tx);
}
