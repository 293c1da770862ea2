import type { AttemptStatus } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { Purpose } from './purposes.ts';
import type { LineOutcome } from './spread-money.ts';

/** One part of a payment that asked for this purpose: what could not be applied is a part of its own. */
export interface PurposePayment {
  readonly attemptId: string;
  readonly lineNo: number;
  readonly orderKind: string;
  readonly status: AttemptStatus;
  readonly at: Date;
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
  readonly disputedMinor: bigint;
  readonly chargedBackMinor: bigint;
  readonly outcome: LineOutcome;
  readonly payableUntil: Date;
  readonly superseded: boolean;
  readonly asked: boolean;
  /** What the salon calls the provider's connection. */
  readonly by: string;
}

/** Every payment that was ever to pay for it, newest first. */
export async function paymentsFor(q: Queryable, chainId: string, purpose: Purpose): Promise<readonly PurposePayment[]> {
  const { rows } = await sql<PurposePayment>`
    select a.attempt_id "attemptId", l.line_no "lineNo", a.order_kind "orderKind", a.status, coalesce(a.captured_at, a.created_at) at,
           case when l.outcome = 'pending' then l.amount_minor else l.placed_minor end "amountMinor", l.refunded_minor "refundedMinor", l.disputed_minor "disputedMinor", l.charged_back_minor "chargedBackMinor", l.outcome,
           a.payable_until "payableUntil", a.superseded_at is not null superseded, a.asked_at is not null asked, c.label by
      from payment_lines l
      join payment_attempts a on a.chain_id = l.chain_id and a.attempt_id = l.attempt_id
      join provider_connections c on c.chain_id = a.chain_id and c.connection_id = a.connection_id
     where l.chain_id = ${chainId} and l.purpose_kind = ${purpose.kind} and l.purpose_id = ${purpose.id}
     order by 5 desc, a.attempt_id desc, l.line_no`.execute(q);
  return rows;
}
