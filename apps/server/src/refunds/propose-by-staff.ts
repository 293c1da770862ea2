import type { RefundWish } from '@holdfast/contract/refunds';
import { noteAudit } from '../access/note-audit.ts';
import type { BookingContext } from '../booking/context.ts';
import { isSource, moneyOfVisits } from '../booking/money-of-visit.ts';
import { openRefund } from '../booking/open-refund.ts';
import { lockVisit } from '../booking/read-visit.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { moreThanLeft, personOf, type Refunder } from './change-refund.ts';
import { liveSources, refundByKey } from './store.ts';

/**
 * Staff propose to give back something of one payment; the visit stays as it is. The same key has one effect. Answers the refund.
 * Refuses with `not_found`, `more_than_left`, `already_there` (a refund of this payment waits, or the key was used for something else).
 */
export async function proposeByStaff(ctx: BookingContext, by: Refunder, wish: RefundWish): Promise<string> {
  return ctx.db.transaction((tx) => proposeIn(tx, ctx, by, wish));
}

/** The same as a part of something that is decided: both stand, or neither. */
export async function proposeIn(tx: Tx, ctx: BookingContext, by: Refunder, wish: RefundWish): Promise<string> {
  const { who, place } = by;
  const { scope } = place;
  const { appointmentId, source } = wish;
  await lockVisit(tx, scope, appointmentId);
  const known = await refundByKey(tx, scope, wish.key);
  if (known?.appointmentId === appointmentId) return known.id;
  if (known) throw new Problem('already_there', 409, 'Another refund was proposed with this key.');
  const money = (await moneyOfVisits(tx, scope.chainId, [appointmentId])).find((one) => isSource(one, source));
  if (!money) throw new Problem('not_found', 404, 'There is no such payment of this visit.');
  const amountMinor = BigInt(wish.amountMinor);
  if (amountMinor > money.leftMinor) throw moreThanLeft(money.leftMinor);
  const live = await liveSources(tx, scope.chainId, appointmentId);
  if (live.some(({ kind, id, lineNo }) => isSource(money, { kind: kind as typeof source.kind, id, lineNo })))
    throw new Problem('already_there', 409, 'A refund of this payment waits already.');
  const at = ctx.now();
  const { currency } = money;
  const refundId = await openRefund(tx, ctx, scope, at, {
    caseId: ctx.newId('cas'),
    appointmentId,
    source,
    currency,
    reason: 'by_staff',
    amountMinor,
    words: wish.because,
    by: personOf(by),
    key: wish.key,
  });
  invariant(refundId, 'nothing was under way');
  await noteAudit(tx, ctx, who, {
    action: 'refund.proposed',
    subject: { kind: 'refund', id: refundId },
    locationId: scope.locationId,
    after: { appointmentId, amountMinor, currency, because: wish.because },
  });
  const payload = { refundId, proposedMinor: wish.amountMinor };
  await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'refund.proposed', subjectId: appointmentId, payload, at });
  return refundId;
}
