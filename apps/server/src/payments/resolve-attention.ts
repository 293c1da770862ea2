import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Purpose } from './purposes.ts';

/** Takes something out of the Needs attention queue, with what was decided. False: somebody has done so already. */
export async function resolveAttention(tx: Tx, scope: Scope, attentionId: string, resolution: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update attention set resolved_at = ${at}, resolution = ${resolution}
     where chain_id = ${scope.chainId} and attention_id = ${attentionId} and resolved_at is null`.execute(tx);
  return numAffectedRows === 1n;
}

/** Takes out of the queue whatever waits there because an attempt's money for this purpose lies on the client's account. */
export async function resolveCredit(tx: Tx, scope: Scope, attemptId: string, purpose: Purpose, resolution: string, at: Date): Promise<void> {
  await sql`
    update attention set resolved_at = ${at}, resolution = ${resolution}
     where chain_id = ${scope.chainId} and attempt_id = ${attemptId} and subject_kind = ${purpose.kind} and subject_id = ${purpose.id}
       and kind in ('late_payment', 'refund_asked') and resolved_at is null`.execute(tx);
}

/** A proposed refund is never more than what is left of the money: what has gone back already is not proposed any more, or somebody would pay it back twice. */
export async function lowerProposedRefund(tx: Tx, chainId: string, purpose: Purpose, leftMinor: bigint, at: Date): Promise<void> {
  await sql`
    update attention set amount_minor = least(amount_minor, ${leftMinor}::bigint),
           resolved_at = case when ${leftMinor}::bigint <= 0 then ${at}::timestamptz end, resolution = case when ${leftMinor}::bigint <= 0 then 'nothing_left' end
     where chain_id = ${chainId} and subject_kind = ${purpose.kind} and subject_id = ${purpose.id} and kind = 'refund_proposed' and resolved_at is null`.execute(
    tx,
  );
}
