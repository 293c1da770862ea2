import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';
import type { LineOutcome } from './spread-money.ts';
import type { AttemptKey } from './store.ts';

/**
 * A part of a line's money lies elsewhere from now on: on the client's account, or paid out from a register. It becomes a line of its own, so that a later refund
 * at the provider takes it from there, and nothing goes back twice unseen. The payment is locked.
 */
export async function splitLine(
  tx: Tx,
  attempt: Pick<AttemptKey, 'chainId' | 'attemptId'>,
  lineNo: number,
  part: { readonly amountMinor: bigint; readonly outcome: Extract<LineOutcome, 'credited' | 'handed_back'>; readonly accountId: string },
  at: Date,
): Promise<void> {
  const { numAffectedRows } = await sql`
    with taken as (
      update payment_lines set placed_minor = placed_minor - ${part.amountMinor}
       where chain_id = ${attempt.chainId} and attempt_id = ${attempt.attemptId} and line_no = ${lineNo} and placed_minor - refunded_minor >= ${part.amountMinor}
      returning chain_id, attempt_id, purpose_kind, purpose_id)
    insert into payment_lines (chain_id, attempt_id, line_no, purpose_kind, purpose_id, amount_minor, outcome, account_id, placed_minor, placed_at)
    select t.chain_id, t.attempt_id, (select max(l.line_no) + 1 from payment_lines l where l.chain_id = t.chain_id and l.attempt_id = t.attempt_id), t.purpose_kind,
           t.purpose_id, ${part.amountMinor}, ${part.outcome}, ${part.accountId}, ${part.amountMinor}, ${at} from taken t`.execute(tx);
  invariant(numAffectedRows === 1n, `line ${lineNo} of ${attempt.attemptId} has so much left`);
}
