import type { ReconciliationSettings } from '@holdfast/contract/reconciliation';
import { sql } from 'kysely';
import { differences, noteAudit } from '../access/note-audit.ts';
import { Problem } from '../kit/problem.ts';
import type { PaymentsContext } from '../payments/context.ts';
import type { Deciding } from './accept-difference.ts';
import { lockReconciliation } from './store-items.ts';

/** How a connection is reconciled from now on. Refuses with `not_found` and `changed_meanwhile`. */
export async function changeReconciliation(
  ctx: PaymentsContext,
  { who, place }: Deciding,
  connectionId: string,
  wish: ReconciliationSettings,
): Promise<void> {
  const { scope } = place;
  await ctx.db.transaction(async (tx) => {
    const before = await lockReconciliation(tx, scope, connectionId);
    if (!before) throw new Problem('not_found', 404, 'There is no such payment connection.');
    if (before.version !== wish.version)
      throw new Problem('changed_meanwhile', 409, 'Somebody has changed this meanwhile.', { version: before.version });
    const { autoAccept, missingAfterDays, assumedFeeBp } = wish;
    await sql`
      update reconciliation_settings set auto_accept = ${autoAccept}, missing_after_days = ${missingAfterDays}, assumed_fee_bp = ${assumedFeeBp}, version = version + 1,
             due_at = ${ctx.now()}
       where chain_id = ${scope.chainId} and connection_id = ${connectionId}`.execute(tx);
    const { version: _, ...was } = before;
    await noteAudit(tx, ctx, who, {
      action: 'reconciliation.changed',
      subject: { kind: 'payment_connection', id: connectionId },
      locationId: scope.locationId,
      ...differences(was, { autoAccept, missingAfterDays, assumedFeeBp }),
    });
  });
}
