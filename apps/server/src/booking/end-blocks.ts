import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Visit } from './read-visit.ts';
import { endIdleBlocks } from './store.ts';

/** What nobody can be paying any more is no longer blocked. The visit is locked. */
export async function endBlocksWithoutPage(tx: Tx, scope: Scope, visit: Visit): Promise<void> {
  await endIdleBlocks(tx, scope.chainId, visit.bookingId);
}
