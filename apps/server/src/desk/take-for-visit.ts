import type { Scope } from '../access/scope.ts';
import type { Place, Who } from '../access/who.ts';
import type { BookingContext } from '../booking/context.ts';
import { lockVisit, type Visit } from '../booking/read-visit.ts';
import { visitOrder } from '../booking/visit-room.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { closePagesFor } from '../payments/close-pages.ts';
import { livePayment } from '../payments/read-order.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import { type NotTaken, whyNotTaken } from './desk-rules.ts';

export interface AtDesk {
  readonly who: Who;
  readonly place: Place;
}

export interface Taking {
  readonly amountMinor: number;
  readonly version: number;
  /** This try of a screen has had its effect before. Refuses with `already_there` what its key was used for otherwise. */
  isRepeated(tx: Tx): Promise<boolean>;
  /** What else may refuse it. */
  refuse?(tx: Tx, visit: Visit): Promise<void>;
  /** The visit is locked, and nobody is paying for it online. */
  take(tx: Tx, visit: Visit): Promise<void>;
}

/**
 * Whatever staff take for a visit: from a till, a card, a client's account. A page on which the client could still pay online is closed first; what cannot be
 * closed, or is paid at this very moment, becomes the client's credit where it is too much.
 *
 * Refuses with `not_found`, `payment_in_progress`, `changed_meanwhile`, `nothing_to_pay`, `step_not_allowed` (cancelled; or more than is due, with `dueMinor`).
 */
export async function takeForVisit(ctx: BookingContext, scope: Scope, appointmentId: string, taking: Taking): Promise<void> {
  const order = visitOrder(appointmentId);
  const before = await ctx.db.transaction(async (tx) => {
    const visit = await lockVisit(tx, scope, appointmentId);
    if (await taking.isRepeated(tx)) return undefined;
    await refuseUnlessTaken(tx, ctx, scope, visit, taking, taking.version);
    await supersedePayments(tx, scope, order, ctx.now());
    return visit;
  });
  if (!before) return;
  await closePagesFor(ctx.payments, scope, order);
  await ctx.db.transaction(async (tx) => {
    const visit = await lockVisit(tx, scope, appointmentId);
    if (await taking.isRepeated(tx)) return;
    // closing a page may have ended a block that was over: that is no change of the visit that anybody has to be told of
    const sameVisit =
      visit.paidMinor === before.paidMinor &&
      visit.costMinor === before.costMinor &&
      visit.heldMinor === before.heldMinor &&
      visit.status === before.status;
    await refuseUnlessTaken(tx, ctx, scope, visit, taking, sameVisit ? visit.version : taking.version);
    if ((await supersedePayments(tx, scope, order, ctx.now())) === 'processing')
      throw notTaken({ because: 'payment_in_progress', blockedUntil: undefined });
    await taking.take(tx, visit);
  });
}

async function refuseUnlessTaken(tx: Tx, ctx: BookingContext, scope: Scope, visit: Visit, taking: Taking, version: number): Promise<void> {
  await taking.refuse?.(tx, visit);
  const live = await livePayment(tx, scope.chainId, visitOrder(visit.appointmentId));
  const why = whyNotTaken({ ...visit, live: live?.status }, BigInt(taking.amountMinor), version, ctx.now());
  if (why) throw notTaken(why);
}

function notTaken(why: NotTaken): Problem {
  switch (why.because) {
    case 'payment_in_progress':
      return new Problem('payment_in_progress', 409, 'The client is paying just now.', { blockedUntil: why.blockedUntil?.toISOString() ?? null });
    case 'not_payable':
      return new Problem('step_not_allowed', 409, 'This visit does not take place.');
    case 'changed_meanwhile':
      return new Problem('changed_meanwhile', 409, 'Somebody has changed this visit, or taken money for it, meanwhile.');
    case 'nothing_due':
      return new Problem('nothing_to_pay', 409, 'Nothing is due any more.', { dueMinor: 0 });
    case 'more_than_due':
      return new Problem('step_not_allowed', 409, 'This is more than is due.', { dueMinor: Number(why.dueMinor) });
  }
}
