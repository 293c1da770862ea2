import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Purpose } from './purposes.ts';

/** Takes something out of the Needs attention queue, with what was decided. False: somebody has done so already. */
export async function resolveAttention(
  tx: Tx,
  scope: Scope,
  attentionId: string,
  resolution: string,
  at: Date,
  { by = null, because = '' }: { by?: string | null; because?: string } = {},
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update attention set resolved_at = ${at}, resolution = ${resolution}, resolved_by = ${by}, because = ${because}
     where chain_id = ${scope.chainId} and attention_id = ${attentionId} and resolved_at is null`.execute(tx);
  return numAffectedRows === 1n;
}

/** Takes out of the queue whatever waits there because an attempt's money for this purpose lies on the client's account. */
export async function resolveCredit(tx: Tx, scope: Scope, attemptId: string, purpose: Purpose, resolution: string, at: Date): Promise<void> {
  await sql`
    update attention set resolved_at = ${at}, resolution = ${resolution}
     where chain_id = ${scope.chainId} and attempt_id = ${attemptId} and subject_kind = ${purpose.kind} and subject_id = ${purpose.id}
       and kind = 'late_payment' and resolved_at is null`.execute(tx);
}
