import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { noteChange } from './store.ts';

/** A membership pays for it, or does so no more: in the history of the appointment. */
export async function noteCover(
  tx: Tx,
  { chainId }: Scope,
  appointmentId: string,
  what: 'covered_by_membership' | 'membership_cover_undone',
  { by, at, detail }: { by: string; at: Date; detail: object },
): Promise<void> {
  await noteChange(tx, chainId, appointmentId, at, what, by, detail);
}
