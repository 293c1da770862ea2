import type { WhyNotRefund } from '@holdfast/contract/refunds';
import { rightMissing } from '../access/guard.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import type { BookingContext } from '../booking/context.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { openRefundRow } from './open-refund-row.ts';
import { type RefundFacts, type RefundViewer, whyNotApprove, whyNotChange } from './refund-rules.ts';
import { factsOf, viewerOf } from './see-refund.ts';
import { endFailure, type RefundChange, type RefundRow, secondPersonFrom, writeChange } from './store.ts';

export interface Refunder {
  readonly who: Who;
  readonly place: Place;
}

type Rule = (facts: RefundFacts, viewer: RefundViewer) => WhyNotRefund | undefined;

/** Another amount, never more than is left of that payment. What was approved has to be approved anew. Refuses with `more_than_left`. */
export async function editRefund(
  ctx: BookingContext,
  by: Refunder,
  refundId: string,
  wish: { version: number; amountMinor: number; because: string },
): Promise<void> {
  await change(ctx, by, refundId, wish.version, whyNotChange, (row) => {
    const leftMinor = row.leftMinor ?? 0n;
    if (BigInt(wish.amountMinor) > leftMinor) throw moreThanLeft(leftMinor);
    return { to: 'open', amountMinor: BigInt(wish.amountMinor), words: wish.because, by: personOf(by) };
  });
}

/** Refuses with `right_missing` above the role's limit, with `second_person_needed` what needs another pair of eyes, with `more_than_left`. */
export async function approveRefund(ctx: BookingContext, by: Refunder, refundId: string, wish: { version: number }): Promise<void> {
  await change(ctx, by, refundId, wish.version, whyNotApprove, (row) => {
    const leftMinor = row.leftMinor ?? 0n;
    if (row.amountMinor > leftMinor) throw moreThanLeft(leftMinor);
    return { to: 'approved', by: personOf(by) };
  });
}

/** Nothing goes back of it: it is kept, and the reason with it. */
export async function declineRefund(ctx: BookingContext, by: Refunder, refundId: string, wish: { version: number; because: string }): Promise<void> {
  await change(ctx, by, refundId, wish.version, whyNotChange, () => ({ to: 'declined', words: wish.because, by: personOf(by) }));
}

async function change(
  ctx: BookingContext,
  by: Refunder,
  refundId: string,
  version: number,
  rule: Rule,
  decide: (row: RefundRow) => RefundChange,
): Promise<void> {
  const { scope } = by.place;
  await ctx.db.transaction(async (tx) => {
    const { row } = await openRefundRow(tx, scope, refundId);
    refuseStale(row, version);
    const why = rule(factsOf(row, await secondPersonFrom(tx, scope)), viewerOf(by.who, by.place));
    if (why) throw refused(why);
    const change = decide(row);
    const at = ctx.now();
    await writeChange(tx, scope, refundId, change, at);
    const amountMinor = change.to === 'open' ? change.amountMinor : row.amountMinor;
    await noteAudit(tx, ctx, by.who, {
      action: `refund.${{ open: 'edited', approved: 'approved', declined: 'declined' }[change.to]}`,
      subject: { kind: 'refund', id: refundId },
      locationId: scope.locationId,
      before: { status: row.status, amountMinor: row.amountMinor },
      after: { status: change.to, amountMinor, currency: row.currency, ...('words' in change ? { because: change.words } : {}) },
    });
    if (change.to !== 'declined') return;
    await endFailure(tx, scope.chainId, refundId, 'declined', at);
    const payload = { refundId, keptMinor: Number(row.amountMinor) };
    await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'refund.declined', subjectId: row.appointmentId, payload, at });
  });
}

export function refuseStale(row: RefundRow, version: number): void {
  if (row.version !== version) throw new Problem('changed_meanwhile', 409, 'Somebody has changed this refund meanwhile.', { version: row.version });
}

export function refused(why: WhyNotRefund): Problem {
  switch (why) {
    case 'right_missing':
    case 'over_limit': {
      const problem = rightMissing('refunds.make');
      return new Problem(problem.code, problem.status, problem.message, { ...problem.detail, because: why });
    }
    case 'second_person':
      return new Problem(
        'second_person_needed',
        409,
        'Two people look at this amount: who proposed or changed it does not approve it, and who approved it does not send it.',
      );
    case 'nothing_left':
      return new Problem('more_than_left', 409, 'There is not so much left of this payment.', { because: why });
    case 'not_on_account':
      return new Problem('not_enough_on_account', 409, 'The client has spent this money meanwhile.');
    default:
      return new Problem('step_not_allowed', 409, 'This cannot be done with this refund now.', { because: why });
  }
}

export function moreThanLeft(leftMinor: bigint): Problem {
  return new Problem('more_than_left', 409, 'There is not so much left of this payment.', { leftMinor: Number(leftMinor > 0n ? leftMinor : 0n) });
}

export function personOf({ who }: Pick<Refunder, 'who'>): { id: string; name: string } {
  return { id: who.userId, name: who.name };
}
