import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { type AppointmentRow, confirmPaid, noteChange, reclaimTime } from './store.ts';
import { letPartGo, takePartAgain } from './take-part-again.ts';

/**
 * The online part of a booking has come late. Those of its appointments that the client's account was to pay alone have no line of their own in it: they are
 * had again too, if the time is free and the money still there. What is held for them is spent by whoever calls.
 */
export async function restoreWhollyKept(
  tx: Tx,
  deps: Pick<Deps, 'newId'>,
  scope: Scope,
  appointments: readonly AppointmentRow[],
  at: Date,
): Promise<void> {
  for (const { appointmentId, status, startsAt, dueMinor, paidMinor } of appointments) {
    if (status !== 'expired' || startsAt <= at || dueMinor === 0n) continue;
    const partMinor = await takePartAgain(tx, deps, scope, appointmentId, at);
    if (partMinor === undefined) continue;
    if (partMinor < dueMinor - paidMinor || !(await reclaimTime(tx, scope, appointmentId, at))) {
      await letPartGo(tx, scope, appointmentId, at);
      continue;
    }
    await confirmPaid(tx, scope, appointmentId, 0n, at);
    await noteChange(tx, scope.chainId, appointmentId, at, 'restored', 'payment', { amountMinor: 0 });
  }
}
