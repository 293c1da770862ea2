import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Visit } from './read-visit.ts';
import { noteChange } from './store.ts';

/** What was done with a visit's payment link, in the appointment's history. */
export async function noteLinkChange(
  tx: Tx,
  scope: Scope,
  visit: Visit,
  what: 'payment_link_made' | 'payment_link_sent' | 'payment_stopped',
  by: string,
  at: Date,
  detail: object = {},
): Promise<void> {
  await noteChange(tx, scope.chainId, visit.appointmentId, at, what, by, detail);
}
