import { noteAudit } from '../access/note-audit.ts';
import { Problem } from '../kit/problem.ts';
import type { PaymentsContext } from '../payments/context.ts';
import type { Deciding } from './accept-difference.ts';
import { connectionHere } from './store-items.ts';
import { takeLines } from './take-lines.ts';

/**
 * A payout of a provider that does not tell of them, as it stands on the bank's statement: the oldest payments that make its amount are what it paid out, and
 * where none do it is a difference. Refuses with `not_found`.
 */
export async function notePayout(
  ctx: PaymentsContext,
  { who, place: { scope } }: Deciding,
  connectionId: string,
  wish: { id: string; amountMinor: number; currency: string; at: string; note: string },
): Promise<void> {
  const connection = await connectionHere(ctx.db.read, scope, connectionId);
  if (!connection) throw new Problem('not_found', 404, 'There is no such payment connection.');
  const lineId = `hand/${wish.id}`;
  await ctx.db.transaction(async (tx) => {
    const line = {
      lineId,
      kind: 'payout',
      reference: undefined,
      providerPaymentId: undefined,
      amountMinor: -BigInt(wish.amountMinor),
      feeMinor: 0n,
      currency: wish.currency,
      at: new Date(wish.at),
      payoutId: lineId,
      note: wish.note,
    } as const;
    const { fresh } = await takeLines(tx, ctx, connection, [line], { source: 'hand' });
    if (fresh === 0) return;
    await noteAudit(tx, ctx, who, {
      action: 'settlement.payout_noted',
      subject: { kind: 'payment_connection', id: connectionId },
      locationId: scope.locationId,
      after: { amountMinor: wish.amountMinor, currency: wish.currency, at: wish.at, note: wish.note },
    });
  });
}
