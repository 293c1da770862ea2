import type { Scope } from '../access/scope.ts';
import { type EndingHolds, endHolds, holdsEnding } from '../accounts/spend-holds.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { tell } from '../kit/outbox.ts';
import type { Following } from '../payments/purposes.ts';
import { readVisit } from './read-visit.ts';
import { confirmPaid, noteChange } from './store.ts';

/**
 * Money has come for these visits: what is held for them on client accounts is spent together with it once it pays all that is left, and let go where nothing
 * is left. The visits are locked, and what has come is noted.
 */
export async function spendHeld(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  appointmentIds: readonly string[],
  at: Date,
): Promise<Following> {
  const ending: { readonly appointmentId: string; readonly holds: EndingHolds }[] = [];
  for (const appointmentId of appointmentIds) {
    const visit = await readVisit(tx, scope, appointmentId);
    if (visit.heldMinor === 0n || visit.status === 'cancelled' || visit.status === 'expired') continue;
    ending.push({
      appointmentId,
      holds: await holdsEnding(tx, scope, appointmentId, {
        visitMinor: visit.costMinor - visit.paidMinor,
        prepaymentMinor: visit.dueMinor - visit.paidMinor,
      }),
    });
  }
  return {
    accountIds: ending.flatMap(({ holds }) => holds.accountIds),
    async post() {
      for (const { appointmentId, holds } of ending) {
        const paidMinor = await endHolds(tx, deps, scope, appointmentId, holds, at);
        if (paidMinor > 0n) await confirmPaid(tx, scope, appointmentId, paidMinor, at);
        if (holds.ends.some(({ hold, spentMinor }) => hold.userId === 'client' && spentMinor > 0n))
          await tell(tx, scope.chainId, {
            id: deps.newId('out'),
            topic: 'appointment.paid_by_client',
            subjectId: appointmentId,
            payload: { amountMinor: Number(paidMinor) },
            at,
          });
        if (holds.ends.length > 0)
          await noteChange(tx, scope.chainId, appointmentId, at, paidMinor > 0n ? 'account_hold_spent' : 'account_hold_released', 'payment', {
            amountMinor: Number(paidMinor > 0n ? paidMinor : holds.ends.reduce((sum, { hold }) => sum + hold.heldMinor, 0n)),
          });
      }
    },
  };
}
