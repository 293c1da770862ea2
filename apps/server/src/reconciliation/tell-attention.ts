import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { openAttention } from '../payments/open-attention.ts';
import { isOpen } from './settlement-rules.ts';
import type { ItemRow, JudgedChange } from './store-items.ts';

const kindOf = { payout: 'payout_differs', missing: 'payment_missing_at_provider' } as const;

/** A payout that differs and a payment that is missing stand in Needs attention while they do, once. */
export async function tellAttention(
  tx: Tx,
  ctx: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  items: readonly ItemRow[],
  changes: readonly JudgedChange[],
  at: Date,
): Promise<void> {
  const now = new Map(changes.map((change) => [change.itemId, change]));
  for (const item of items) {
    if (item.kind !== 'payout' && item.kind !== 'missing') continue;
    const change = now.get(item.itemId);
    if (!change) continue;
    const subject = { kind: 'settlement', id: item.itemId };
    const stands = isOpen(change.status) && change.differenceMinor !== 0n;
    if (stands) {
      await openAttention(tx, ctx, scope, at, {
        kind: kindOf[item.kind],
        subject,
        ...(item.attemptId ? { attemptId: item.attemptId } : {}),
        amountMinor: item.amountMinor < 0n ? -item.amountMinor : item.amountMinor,
        currency: item.currency,
        detail: { differenceMinor: change.differenceMinor.toString(), payoutId: item.payoutId, connectionId: item.connectionId },
      });
    } else await closeAttention(tx, scope, item.itemId, change.status, at);
  }
}

/** It has been explained, or somebody has decided. */
export async function closeAttention(tx: Tx, { chainId }: Scope, itemId: string, resolution: string, at: Date): Promise<void> {
  await sql`
    update attention set resolved_at = ${at}, resolution = ${resolution}
     where chain_id = ${chainId} and subject_kind = 'settlement' and subject_id = ${itemId} and resolved_at is null`.execute(tx);
}
