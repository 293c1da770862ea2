import { sql } from 'kysely';
import type { Queryable, Tx } from '../kit/database.ts';
import type { AskedRefund } from './asked-refunds.ts';
import type { AttemptKey } from './store.ts';

export type RefundStatus = 'intended' | 'pending' | 'refunded' | 'failed';

export interface RefundRow {
  readonly chainId: string;
  readonly refundId: string;
  readonly attemptId: string;
  /** Which line it is taken from; null: nobody said. */
  readonly lineNo: number | null;
  readonly amountMinor: bigint;
  /** Kept on the client's account until it has gone. */
  readonly heldMinor: bigint;
  readonly currency: string;
  readonly refundedBeforeMinor: bigint;
  readonly idempotencyKey: string;
  readonly status: RefundStatus;
  readonly providerRefundId: string | null;
  readonly looks: number;
  readonly lastError: string | null;
  readonly madeAt: Date;
  readonly doneAt: Date | null;
}

const columns = sql`r.chain_id "chainId", r.refund_id "refundId", r.attempt_id "attemptId", r.line_no "lineNo", r.amount_minor "amountMinor",
  r.held_minor "heldMinor", r.currency,
  r.refunded_before_minor "refundedBeforeMinor", r.idempotency_key "idempotencyKey", r.status, r.provider_refund_id "providerRefundId", r.looks,
  r.last_error "lastError", r.made_at "madeAt", r.done_at "doneAt"`;

export async function refundById(q: Queryable, chainId: string, refundId: string): Promise<RefundRow | undefined> {
  const { rows } = await sql<RefundRow>`select ${columns} from payment_refunds r where r.chain_id = ${chainId} and r.refund_id = ${refundId}`.execute(
    q,
  );
  return rows[0];
}

/** Newest first. */
export async function refundsOfAttempt(
  q: Queryable,
  { chainId, attemptId }: Pick<AttemptKey, 'chainId' | 'attemptId'>,
): Promise<readonly RefundRow[]> {
  const { rows } = await sql<RefundRow>`
    select ${columns} from payment_refunds r where r.chain_id = ${chainId} and r.attempt_id = ${attemptId} order by r.refund_id desc`.execute(q);
  return rows;
}

export interface KnownRefund extends AskedRefund {
  readonly refundId: string;
  readonly heldMinor: bigint;
}

/** Those that may have had an effect. */
export async function askedRefundsOf(tx: Tx, attempt: Pick<AttemptKey, 'chainId' | 'attemptId'>): Promise<readonly KnownRefund[]> {
  return (await refundsOfAttempt(tx, attempt))
    .filter(({ status }) => status !== 'failed')
    .map(({ refundId, refundedBeforeMinor, amountMinor, lineNo, heldMinor }) => ({
      refundId,
      beforeMinor: refundedBeforeMinor,
      amountMinor,
      lineNo,
      heldMinor,
    }));
}

/** Refunds whose moment has come, taken by pushing it forward: another process finds them again only when this one has died. */
export async function takeDueRefunds(
  q: Queryable,
  { at, leasedUntil, limit }: { at: Date; leasedUntil: Date; limit: number },
): Promise<readonly Pick<RefundRow, 'chainId' | 'refundId'>[]> {
  const { rows } = await sql<Pick<RefundRow, 'chainId' | 'refundId'>>`
    with due as (
      select chain_id, refund_id from payment_refunds where look_at <= ${at} order by look_at limit ${limit} for update skip locked
    ) update payment_refunds r set look_at = ${leasedUntil} from due
       where r.chain_id = due.chain_id and r.refund_id = due.refund_id returning r.chain_id "chainId", r.refund_id "refundId"`.execute(q);
  return rows;
}

/** One refund, if its moment has come and nobody else has taken it. */
export async function takeDueRefund(
  q: Queryable,
  { chainId, refundId }: Pick<RefundRow, 'chainId' | 'refundId'>,
  { at, leasedUntil }: { at: Date; leasedUntil: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update payment_refunds set look_at = ${leasedUntil} where chain_id = ${chainId} and refund_id = ${refundId} and look_at <= ${at} returning 1`.execute(
    q,
  );
  return rows.length > 0;
}

/** How it stands by now. What is final stays as it is. */
export async function writeRefund(
  q: Queryable,
  { chainId, refundId }: Pick<RefundRow, 'chainId' | 'refundId'>,
  is: { status: RefundStatus; lookAt: Date | undefined; doneAt: Date | undefined; providerRefundId?: string | undefined; trouble: string | null },
): Promise<void> {
  await sql`
    update payment_refunds set status = ${is.status}, look_at = ${is.lookAt ?? null}, done_at = ${is.doneAt ?? null}, looks = looks + 1,
           provider_refund_id = coalesce(provider_refund_id, ${is.providerRefundId ?? null}), last_error = ${is.trouble}
     where chain_id = ${chainId} and refund_id = ${refundId} and look_at is not null`.execute(q);
}
