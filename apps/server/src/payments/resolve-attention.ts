import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';

/** Takes something out of the Needs attention queue, with what was decided. False: somebody has done so already. */
export async function resolveAttention(tx: Tx, scope: Scope, attentionId: string, resolution: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update attention set resolved_at = ${at}, resolution = ${resolution}
     where chain_id = ${scope.chainId} and attention_id = ${attentionId} and resolved_at is null`.execute(tx);
  return numAffectedRows === 1n;
}
