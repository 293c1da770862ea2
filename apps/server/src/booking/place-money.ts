import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import type { Placement } from '../payments/purposes.ts';
import { type PayableAppointment, whereMoneyBelongs } from './appointment-rules.ts';
import { confirmPaid, lockResources, noteChange, reclaimTime } from './store.ts';
import { letPartGo, takePartAgain } from './take-part-again.ts';

export interface Came extends PayableAppointment {
  readonly appointmentId: string;
  readonly staffId: string;
  /** What came for it. */
  readonly amountMinor: bigint;
  readonly takes: 'whole' | 'part';
}

/**
 * Confirms or restores appointments for which money has come, as far as it belongs to them, and says of each where it went, in the same order. They are
 * locked.
 */
export async function placeMoney(tx: Tx, deps: Pick<Deps, 'newId'>, scope: Scope, came: readonly Came[], at: Date): Promise<readonly Placement[]> {
  const wanted = came.map((one) => ({ one, belongs: whereMoneyBelongs(one, one.amountMinor, at, one.takes) }));
  const lost = wanted.filter(({ belongs }) => belongs.kind === 'try_restore').map(({ one }) => one.staffId);
  if (lost.length > 1) await lockResources(tx, scope.chainId, lost);
  const placements: Placement[] = [];
  for (const { one, belongs } of wanted) {
    if (belongs.kind === 'credited') {
      placements.push(belongs);
      continue;
    }
    const restored = belongs.kind === 'try_restore';
    const { appliedMinor } = belongs;
    // a prepayment is whole only with what the client's account was to pay of it
    const openMinor = one.dueMinor - one.paidMinor - appliedMinor;
    const partMinor = one.takes === 'whole' && openMinor > 0n ? await takePartAgain(tx, deps, scope, one.appointmentId, at) : undefined;
    if (partMinor !== undefined && partMinor < openMinor && (restored || one.status === 'held')) {
      if (restored) await letPartGo(tx, scope, one.appointmentId, at);
      placements.push({ kind: 'credited', because: 'part_gone' });
      continue;
    }
    if (restored && !(await reclaimTime(tx, scope, one.appointmentId, at))) {
      if (partMinor !== undefined) await letPartGo(tx, scope, one.appointmentId, at);
      placements.push({ kind: 'credited', because: 'time_taken' });
      continue;
    }
    await confirmPaid(tx, scope, one.appointmentId, appliedMinor, at);
    await noteChange(tx, scope.chainId, one.appointmentId, at, restored ? 'restored' : 'paid', 'payment', { amountMinor: Number(appliedMinor) });
    placements.push(appliedMinor === one.amountMinor ? { kind: 'applied' } : { kind: 'applied_in_part', appliedMinor, because: 'already_paid' });
  }
  return placements;
}
