import type { Scope } from '../access/scope.ts';
import { lockVisit, type Visit } from '../booking/read-visit.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { lockRefund, type RefundRow, visitOfRefund } from './store.ts';

/** Its visit is locked first, as by whoever moves that visit's money, then the refund. Refuses with `not_found`. */
export async function openRefundRow(tx: Tx, scope: Scope, refundId: string): Promise<{ row: RefundRow; visit: Visit }> {
  const appointmentId = await visitOfRefund(tx, scope, refundId);
  const visit = appointmentId ? await lockVisit(tx, scope, appointmentId) : undefined;
  const row = await lockRefund(tx, scope, refundId);
  if (!row || !visit) throw new Problem('not_found', 404, 'There is no such refund.');
  return { row, visit };
}
