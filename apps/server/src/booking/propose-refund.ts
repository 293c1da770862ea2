import type { SeenQuote } from '@holdfast/contract/cancellation';
import type { RefundReason } from '@holdfast/contract/refunds';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { tell } from '../kit/outbox.ts';
import { agreedPolicy } from './cancellation-terms.ts';
import { moneyOfVisits, paysFor } from './money-of-visit.ts';
import { openRefund } from './open-refund.ts';
import { lessPaidAboveCost } from './paid-above-cost.ts';
import { shareOfEach, sharesOf } from './quote-cancellation.ts';
import type { AppointmentRow } from './store.ts';

export interface Cancelled {
  readonly visit: Pick<AppointmentRow, 'appointmentId' | 'paidMinor' | 'startsAt' | 'terms'>;
  readonly reason: RefundReason;
  /** Of all that is cancelled together. */
  readonly caseId: string;
  /** The moment that counts: now, or when the client was shown what it means. */
  readonly countsFrom: Date;
  readonly seen?: SeenQuote | undefined;
  /** As the terms say, or what somebody decides. */
  readonly share?: 'policy' | 'all' | 'nothing' | undefined;
  readonly by?: { readonly id: string; readonly name: string };
  readonly words?: string;
}

/**
 * No money moves by itself when a visit does not take place (B4): what was paid for it is put before a person, payment by payment, with the amount by the terms
 * that were agreed. What they do not give back is kept, and that is written down too. Answers how much is proposed.
 */
export async function proposeRefund(tx: Tx, ctx: Pick<Deps, 'newId'>, scope: Scope, cancelled: Cancelled, at: Date): Promise<bigint> {
  const { visit, reason, share = 'policy', countsFrom } = cancelled;
  if (visit.paidMinor === 0n) return 0n;
  const paid = paysFor(await moneyOfVisits(tx, scope.chainId, [visit.appointmentId]), visit.appointmentId);
  const { percent, of } = shareFor(cancelled);
  const parts = shareOfEach(
    paid.map(({ leftMinor }) => leftMinor),
    percent,
  );
  const policy = {
    percent,
    paidMinor: Number(paid.reduce((sum, { leftMinor }) => sum + leftMinor, 0n)),
    hoursBefore: Math.round((visit.startsAt.getTime() - countsFrom.getTime()) / 36_000) / 100,
    ...(of === undefined ? {} : { of }),
    ...(cancelled.seen ? { seen: cancelled.seen } : {}),
  };
  let proposed = 0n;
  for (const [index, { source, currency }] of paid.entries()) {
    const amountMinor = parts[index] ?? 0n;
    proposed += amountMinor;
    await openRefund(tx, ctx, scope, at, {
      caseId: cancelled.caseId,
      appointmentId: visit.appointmentId,
      source,
      currency,
      reason,
      amountMinor,
      ...(share === 'policy' ? { policy } : {}),
      ...(cancelled.by ? { by: cancelled.by } : {}),
      words: cancelled.words ?? '',
    });
  }
  await lessPaidAboveCost(tx, scope.chainId, visit.appointmentId, at);
  const payload = { proposedMinor: Number(proposed) };
  await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'refund.proposed', subjectId: visit.appointmentId, payload, at });
  return proposed;
}

function shareFor({ visit, reason, share = 'policy', countsFrom }: Cancelled): { readonly percent: number; readonly of?: string | undefined } {
  if (share !== 'policy') return { percent: share === 'all' ? 100 : 0 };
  return reason === 'no_show' ? { percent: agreedPolicy(visit.terms).noShowPercent } : sharesOf(visit, countsFrom)[0];
}
