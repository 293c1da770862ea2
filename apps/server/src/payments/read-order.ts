import type { AttemptStatus } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { Order } from './purposes.ts';

/** The payment an order is being paid with, if one is under way. */
export interface LiveAttempt {
  readonly attemptId: string;
  readonly status: AttemptStatus;
  readonly amountMinor: bigint;
  readonly payableUntil: Date;
  readonly pageUrl: string | undefined;
}

/** Money of one purpose that lies on the client's account and waits for their choice (A12). */
export interface WaitingCredit {
  readonly attentionId: string;
  readonly attemptId: string;
  readonly purposeId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

export async function liveAttemptOf(q: Queryable, chainId: string, order: Order): Promise<LiveAttempt | undefined> {
  const { rows } = await sql<{ attempt_id: string; status: AttemptStatus; amount_minor: bigint; payable_until: Date; page_url: string | null }>`
    select attempt_id, status, amount_minor, payable_until, page_url from payment_attempts
     where chain_id = ${chainId} and order_kind = ${order.kind} and order_id = ${order.id}
       and status in ('intended', 'open', 'processing') and superseded_at is null`.execute(q);
  const [row] = rows;
  return (
    row && {
      attemptId: row.attempt_id,
      status: row.status,
      amountMinor: row.amount_minor,
      payableUntil: row.payable_until,
      pageUrl: row.page_url ?? undefined,
    }
  );
}

/** Late money of these purposes whose client has not chosen yet. */
export async function waitingCredits(
  q: Queryable,
  chainId: string,
  purpose: { kind: string; ids: readonly string[] },
): Promise<readonly WaitingCredit[]> {
  if (purpose.ids.length === 0) return [];
  const { rows } = await sql<{ attention_id: string; attempt_id: string; subject_id: string; amount_minor: bigint; currency: string }>`
    select attention_id, attempt_id, subject_id, amount_minor, currency from attention
     where chain_id = ${chainId} and subject_kind = ${purpose.kind} and subject_id = any(${purpose.ids}) and kind = 'late_payment' and resolved_at is null
     order by opened_at, attention_id`.execute(q);
  return rows.map((row) => ({
    attentionId: row.attention_id,
    attemptId: row.attempt_id,
    purposeId: row.subject_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
  }));
}
