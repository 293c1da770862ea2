import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { GRACE_SECONDS } from './appointment-rules.ts';
import { type AppointmentRow, extendHold, noteChange } from './store.ts';

/** The client has done their part and the provider has not decided: a held time is kept a while longer, once. */
export async function keepWhileChecked(tx: Tx, scope: Scope, one: AppointmentRow, at: Date): Promise<void> {
  if (one.status !== 'held' || one.extendedAt || one.processingExtensionMinutes === 0) return;
  const holdExpiresAt = new Date(Math.max(at.getTime() + one.processingExtensionMinutes * 60_000, one.holdExpiresAt?.getTime() ?? 0));
  await extendHold(tx, scope, one.appointmentId, { holdExpiresAt, freesAt: new Date(holdExpiresAt.getTime() + GRACE_SECONDS * 1000) }, at);
  await noteChange(tx, scope.chainId, one.appointmentId, at, 'hold_extended', 'payment');
}
