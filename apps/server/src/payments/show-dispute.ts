import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { openAttention } from './open-attention.ts';
import type { DisputeRow } from './store-disputes.ts';

/** Puts a dispute before a person, or changes what stands there about it. */
export async function showDispute(tx: Tx, deps: Pick<Deps, 'newId'>, scope: Scope, row: DisputeRow, at: Date): Promise<void> {
  const { disputeId, attemptId, amountMinor, currency } = row;
  const detail = {
    reason: row.reason,
    stage: row.stage,
    state: row.state,
    respondBy: row.respondBy?.toISOString() ?? null,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    answeredBy: row.answeredBy,
  };
  await openAttention(tx, deps, scope, at, {
    kind: 'dispute',
    subject: { kind: 'dispute', id: disputeId },
    attemptId,
    amountMinor,
    currency,
    detail,
  });
  await sql`
    update attention set detail = ${JSON.stringify(detail)}::jsonb, amount_minor = ${amountMinor}
     where chain_id = ${scope.chainId} and kind = 'dispute' and subject_kind = 'dispute' and subject_id = ${disputeId} and resolved_at is null`.execute(
    tx,
  );
}

/** The bank has decided: it is over by itself. */
export async function endDisputeAttention(tx: Tx, scope: Scope, { disputeId, state, acceptedBy }: DisputeRow, at: Date): Promise<void> {
  await sql`
    update attention set resolved_at = ${at}, resolution = ${`dispute_${state}`}, resolved_by = ${state === 'lost' ? acceptedBy : null}
     where chain_id = ${scope.chainId} and kind = 'dispute' and subject_kind = 'dispute' and subject_id = ${disputeId} and resolved_at is null`.execute(
    tx,
  );
}
