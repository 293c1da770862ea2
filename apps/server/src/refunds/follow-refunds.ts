import { mintScope } from '../access/scope.ts';
import type { BookingContext } from '../booking/context.ts';
import { openKept } from '../booking/open-refund.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { beginRefund } from '../payments/begin-refund.ts';
import { releaseHeld } from '../payments/hold-for-refund.ts';
import { openAttention } from '../payments/open-attention.ts';
import { shrinkRefundsOfVisit } from '../payments/shrink-refunds.ts';
import { openRefundRow } from './open-refund-row.ts';
import { endFailure, type RefundRow, refundsWithNews, type Waiting, writeOutcome } from './store.ts';

/** Takes what providers have decided back to the refunds it was about, and begins those that waited for another one. Answers how many it moved. */
export async function followRefunds(ctx: BookingContext, { limit }: { limit: number }): Promise<number> {
  let moved = 0;
  for (const one of await refundsWithNews(ctx.db.read, limit)) if (await followRefund(ctx, one)) moved++;
  return moved;
}

/** One of them: gone for good, failed and so back before a person, or begun. False: nothing new. */
export async function followRefund(ctx: BookingContext, { chainId, locationId, refundId }: Waiting): Promise<boolean> {
  const scope = mintScope(chainId, locationId);
  return ctx.db.transaction(async (tx) => {
    const { row } = await openRefundRow(tx, scope, refundId);
    if (row.status !== 'sending') return false;
    const at = ctx.now();
    switch (row.refundStatus) {
      case 'refunded':
        await writeOutcome(tx, chainId, refundId, { status: 'given_back', paymentRefundId: row.paymentRefundId, trouble: null, closedAt: at });
        await endFailure(tx, chainId, refundId, 'given_back', at);
        await openKept(tx, ctx, scope, refundId, { moreMinor: 0n, at });
        await tellOf(tx, ctx, chainId, 'refund.given_back', row, at);
        return true;
      case 'failed':
        await fail(tx, ctx, row, { scope, trouble: row.lastError ?? 'failed', at });
        return true;
      case null:
        return beginAnew(tx, ctx, row, { scope, at });
      default:
        return false;
    }
  });
}

type Here = { readonly scope: ReturnType<typeof mintScope>; readonly at: Date };

/** It did not go: another way, or once more, as a person decides. It stays approved, as far as there still is so much. */
async function fail(tx: Tx, ctx: BookingContext, row: RefundRow, { scope, trouble, at }: Here & { trouble: string }): Promise<void> {
  const { refundId, amountMinor, currency } = row;
  if (row.paymentRefundId) await releaseHeld(tx, scope.chainId, row.paymentRefundId);
  await writeOutcome(tx, scope.chainId, refundId, { status: 'approved', paymentRefundId: null, trouble, closedAt: null });
  await openKept(tx, ctx, scope, refundId, { moreMinor: amountMinor, at });
  await shrinkRefundsOfVisit(tx, scope.chainId, row.appointmentId, at);
  const subject = { kind: 'refund', id: refundId };
  await openAttention(tx, ctx, scope, at, {
    kind: 'refund_failed',
    subject,
    amountMinor,
    currency,
    detail: { trouble, appointmentId: row.appointmentId },
  });
  await tellOf(tx, ctx, scope.chainId, 'refund.failed', row, at);
}

async function beginAnew(tx: Tx, ctx: BookingContext, row: RefundRow, { scope, at }: Here): Promise<boolean> {
  const line = { attemptId: row.sourceId, lineNo: row.lineNo, amountMinor: row.amountMinor };
  if (row.amountMinor > (row.leftMinor ?? 0n)) {
    await fail(tx, ctx, row, { scope, at, trouble: 'there is not so much left of this payment' });
    return true;
  }
  try {
    const paymentRefundId = await beginRefund(tx, ctx.payments, scope, line, row.sentByName ?? '');
    if (!paymentRefundId) return false;
    await writeOutcome(tx, scope.chainId, row.refundId, { status: 'sending', paymentRefundId, trouble: null, closedAt: null });
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === 'more_than_left') {
      await fail(tx, ctx, row, { scope, at, trouble: error.message });
      return true;
    }
    throw error;
  }
}

async function tellOf(tx: Tx, ctx: BookingContext, chainId: string, topic: string, row: RefundRow, at: Date): Promise<void> {
  const payload = { refundId: row.refundId, amountMinor: Number(row.amountMinor), currency: row.currency, way: 'provider' };
  await tell(tx, chainId, { id: ctx.newId('out'), topic, subjectId: row.appointmentId, payload, at });
}
