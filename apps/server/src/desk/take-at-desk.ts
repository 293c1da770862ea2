import type { DeskPaymentWish } from '@holdfast/contract/checkout';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Place } from '../access/who.ts';
import type { BookingContext } from '../booking/context.ts';
import { noteTakenAtDesk } from '../booking/note-desk-money.ts';
import type { Visit } from '../booking/read-visit.ts';
import { spendHeld } from '../booking/spend-held.ts';
import { chargeAcquiringFee } from '../finance/charge-acquiring-fee.ts';
import { holdRegister, type Register, registersOf } from '../finance/read-registers.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { lockAccounts } from '../ledger/lock-accounts.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { deskPaymentByKey, insertDeskPayment } from './store.ts';
import { type AtDesk, takeForVisit } from './take-for-visit.ts';

/**
 * Cash or a card at the desk, for a visit, into a register. What is held for the visit on client accounts is spent with it where it pays the rest. Repeating
 * it with the same key has one effect.
 *
 * Refuses with `right_missing` (this register), `already_there` (the key was used for something else), and as {@link takeForVisit}.
 */
export async function takeAtDesk(ctx: BookingContext, { who, place }: AtDesk, appointmentId: string, wish: DeskPaymentWish): Promise<void> {
  const { scope } = place;
  const register = (await registersOf(ctx.db.read, scope)).find(({ id }) => id === wish.registerId);
  if (!register) throw new Problem('not_found', 404, 'There is no such register.');
  if (!mayTouchRegister(place, register.id)) throw rightMissing('checkout.take');
  await takeForVisit(ctx, scope, appointmentId, {
    amountMinor: wish.amountMinor,
    version: wish.version,
    isRepeated: (tx) => isRepeated(tx, place, appointmentId, wish),
    async refuse(_tx, visit) {
      if (register.currency !== visit.currency) throw new Problem('not_found', 404, 'There is no register of this currency.');
    },
    take: async (tx, visit) => take(tx, ctx, { who, place }, visit, await holdRegister(tx, scope, register.id), wish),
  });
}

async function isRepeated(tx: Tx, { scope }: Place, appointmentId: string, wish: DeskPaymentWish): Promise<boolean> {
  const known = await deskPaymentByKey(tx, scope, wish.key);
  if (!known) return false;
  if (known.appointmentId === appointmentId && known.accountId === wish.registerId && known.amountMinor === BigInt(wish.amountMinor)) return true;
  throw new Problem('already_there', 409, 'Another payment was taken with this key.');
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
  const held = await spendHeld(tx, ctx, scope, [appointmentId], at);
  const prepayments = await openAccount(tx, ctx, scope, { kind: 'prepayments', ownerId: '', currency });
  const cause = { kind: 'desk_payment', id };
  const by = { id: who.userId, name: who.name };
  const purpose = { kind: 'appointment', id: appointmentId };
  await chargeAcquiringFee(tx, ctx, scope, { register, amountMinor, of: cause, at, by, purpose }, [prepayments, ...held.accountIds]);
  if (held.accountIds.length > 0) await lockAccounts(tx, scope.chainId, [prepayments, register.id, ...held.accountIds]);
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
  await held.post();
}
