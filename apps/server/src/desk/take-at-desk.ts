import type { DeskPaymentWish } from '@holdfast/contract/checkout';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import type { BookingContext } from '../booking/context.ts';
import { noteTakenAtDesk } from '../booking/note-desk-money.ts';
import { lockVisit, type Visit } from '../booking/read-visit.ts';
import { visitOrder } from '../booking/visit-room.ts';
import { chargeAcquiringFee } from '../finance/charge-acquiring-fee.ts';
import { holdRegister, type Register, registersOf } from '../finance/read-registers.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { closePagesFor } from '../payments/close-pages.ts';
import { livePayment } from '../payments/read-order.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import { type NotTaken, whyNotTaken } from './desk-rules.ts';
import { deskPaymentByKey, insertDeskPayment } from './store.ts';

export interface AtDesk {
  readonly who: Who;
  readonly place: Place;
}

/**
 * Cash or a card at the desk, for a visit, into a register. A page on which the client could still pay online is closed first; what cannot be closed, or
 * is paid at this very moment, becomes the client's credit where it is too much. Repeating it with the same key has one effect.
 *
 * Refuses with `not_found`, `right_missing` (this register), `payment_in_progress`, `changed_meanwhile`, `nothing_to_pay`, `step_not_allowed`
 * (cancelled; or more than is due, with `dueMinor`), `already_there` (the key was used for something else).
 */
export async function takeAtDesk(ctx: BookingContext, { who, place }: AtDesk, appointmentId: string, wish: DeskPaymentWish): Promise<void> {
  const { scope } = place;
  const register = (await registersOf(ctx.db.read, scope)).find(({ id }) => id === wish.registerId);
  if (!register) throw new Problem('not_found', 404, 'There is no such register.');
  if (!mayTouchRegister(place, register.id)) throw rightMissing('checkout.take');
  const order = visitOrder(appointmentId);
  const before = await ctx.db.transaction(async (tx) => {
    const visit = await lockVisit(tx, scope, appointmentId);
    if (await isRepeated(tx, place, appointmentId, wish)) return undefined;
    if (register.currency !== visit.currency) throw new Problem('not_found', 404, 'There is no register of this currency.');
    await refuseUnlessTaken(tx, ctx, place, visit, wish);
    await supersedePayments(tx, scope, order, ctx.now());
    return visit;
  });
  if (!before) return;
  await closePagesFor(ctx.payments, scope, order);
  await ctx.db.transaction(async (tx) => {
    const visit = await lockVisit(tx, scope, appointmentId);
    if (await isRepeated(tx, place, appointmentId, wish)) return;
    // closing a page may have ended a block that was over: that is no change of the visit that anybody has to be told of
    const sameVisit = visit.paidMinor === before.paidMinor && visit.costMinor === before.costMinor && visit.status === before.status;
    await refuseUnlessTaken(tx, ctx, place, visit, sameVisit ? { ...wish, version: visit.version } : wish);
    if ((await supersedePayments(tx, scope, order, ctx.now())) === 'processing')
      throw notTaken({ because: 'payment_in_progress', blockedUntil: undefined });
    await take(tx, ctx, { who, place }, visit, await holdRegister(tx, scope, register.id), wish);
  });
}

async function isRepeated(tx: Tx, { scope }: Place, appointmentId: string, wish: DeskPaymentWish): Promise<boolean> {
  const known = await deskPaymentByKey(tx, scope, wish.key);
  if (!known) return false;
  if (known.appointmentId === appointmentId && known.accountId === wish.registerId && known.amountMinor === BigInt(wish.amountMinor)) return true;
  throw new Problem('already_there', 409, 'Another payment was taken with this key.');
}

async function refuseUnlessTaken(tx: Tx, ctx: BookingContext, { scope }: Place, visit: Visit, wish: DeskPaymentWish): Promise<void> {
  const live = await livePayment(tx, scope.chainId, visitOrder(visit.appointmentId));
  const why = whyNotTaken({ ...visit, live: live?.status }, BigInt(wish.amountMinor), wish.version, ctx.now());
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

async function take(tx: Tx, ctx: BookingContext, { who, place }: AtDesk, visit: Visit, register: Register, wish: DeskPaymentWish): Promise<void> {
  const { scope } = place;
  const { appointmentId, currency } = visit;
  const at = ctx.now();
  const id = ctx.newId('dpm');
  const amountMinor = BigInt(wish.amountMinor);
  await insertDeskPayment(tx, scope, who, { id, appointmentId, key: wish.key, accountId: register.id, amountMinor, currency, at });
  await noteTakenAtDesk(tx, scope, visit, { amountMinor, by: who.name, at }, register.name);
  await noteAudit(tx, ctx, who, {
    action: 'payment.taken_at_desk',
    subject: { kind: 'appointment', id: appointmentId },
    locationId: scope.locationId,
    after: { deskPaymentId: id, amountMinor, currency, register: register.name },
  });
  const payload = { deskPaymentId: id, amountMinor: wish.amountMinor, currency };
  await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'payment.taken_at_desk', subjectId: appointmentId, payload, at });
  const prepayments = await openAccount(tx, ctx, scope, { kind: 'prepayments', ownerId: '', currency });
  const cause = { kind: 'desk_payment', id };
  const by = { id: who.userId, name: who.name };
  const purpose = { kind: 'appointment', id: appointmentId };
  await chargeAcquiringFee(tx, ctx, scope, { register, amountMinor, of: cause, at, by, purpose }, [prepayments]);
  await postEntry(tx, ctx, {
    scope,
    cause,
    happenedAt: at,
    memo: '',
    by,
    postings: [
      {
        from: prepayments,
        to: register.id,
        amountMinor,
        currency,
        operation: 'payment',
        itemId: 'services',
        purpose,
      },
    ],
  });
}
