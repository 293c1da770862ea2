import { sql } from 'kysely';
import { mintScope, type Scope } from '../access/scope.ts';
import { Problem } from '../kit/problem.ts';
import type { WaitingContext } from './context.ts';

/** The entry a token opens. A token that we did not sign is the same to whoever asks as one that leads nowhere: `not_found`. */
export async function scopeOfEntry({ db, waitingLinks }: WaitingContext, token: string): Promise<{ scope: Scope; entryId: string }> {
  const named = waitingLinks.read(token);
  const { rows } = await sql<{ locationId: string }>`
    select location_id "locationId" from waiting_entries where chain_id = ${named?.chainId ?? ''} and entry_id = ${named?.entryId ?? ''}`.execute(
    db.read,
  );
  if (!named || !rows[0]) throw new Problem('not_found', 404, 'There is no such entry.');
  return { scope: mintScope(named.chainId, rows[0].locationId), entryId: named.entryId };
}
