import type { TopUpLinkWish, TopUpWish } from '@holdfast/contract/accounts';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import { noteAudit } from '../access/note-audit.ts';
import { accountIdOf } from '../accounts/account-name.ts';
import { type AccountRow, findAccount, lockAccount, mayBeUsed } from '../accounts/find-account.ts';
import { offerTopUpLink, topUpFromRegister } from '../accounts/top-up-account.ts';
import { topUpOrder } from '../accounts/top-up-room.ts';
import { lockTopUp, noteTopUpCancelled, topUpById, topUpByKey } from '../accounts/top-up-rows.ts';
import { topUpState } from '../accounts/top-up-rules.ts';
import type { BookingContext } from '../booking/context.ts';
import { lockClient } from '../clients/write-client.ts';
import { chargeAcquiringFee } from '../finance/charge-acquiring-fee.ts';
import { holdRegister, registersOf } from '../finance/read-registers.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { closePagesFor } from '../payments/close-pages.ts';
import { readOnlineMethod } from '../payments/read-methods.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import type { AtDesk } from './take-for-visit.ts';

/**
 * Cash or a card for a client's account, into a register. Repeating it with the same key has one effect.
 * Refuses with `not_found`, `right_missing` (this register), `step_not_allowed` (the account cannot be filled here), `already_there` (the key).
 */
export async function topUpAtDesk(ctx: BookingContext, desk: AtDesk, accountId: string, wish: TopUpWish): Promise<void> {
  const { who, place } = desk;
  const { scope } = place;
  const { clientId, currency } = await findAccount(ctx.db.read, scope, accountId);
  const register = (await registersOf(ctx.db.read, scope)).find(({ id }) => id === wish.registerId);
  if (!register || register.currency !== currency) throw new Problem('not_found', 404, 'There is no such register.');
  if (!mayTouchRegister(place, register.id)) throw rightMissing('accounts.top_up');
  await onceForKey(() =>
    ctx.db.transaction(async (tx) => {
      await lockClient(tx, scope.chainId, clientId);
      if (await isRepeated(tx, desk, accountId, wish, register.id)) return;
      const { ownerId } = fillable(await lockAccount(tx, scope, accountId));
      const at = ctx.now();
      const amountMinor = BigInt(wish.amountMinor);
      const by = { id: who.userId, name: who.name };
      const held = await holdRegister(tx, scope, register.id);
      const filling = { key: wish.key, ownerId, amountMinor, currency, registerId: held.id, by, at };
      const id = await topUpFromRegister(tx, ctx, scope, filling, async (of, account) => {
        await chargeAcquiringFee(tx, ctx, scope, { register: held, amountMinor, of, at, by }, [account]);
      });
      await noteTopUp(tx, ctx, desk, 'topped_up', { clientId, id, amountMinor, currency, register: register.name });
    }),
  );
}

/**
 * A link by which the client pays the top-up themself. Refuses with `not_found`, `payment_unavailable` (payment by link is switched off), `step_not_allowed`,
 * `already_there`.
 */
export async function makeTopUpLink(ctx: BookingContext, desk: AtDesk, accountId: string, wish: TopUpLinkWish): Promise<void> {
  const { who, place } = desk;
  const { scope } = place;
  const { clientId, currency } = await findAccount(ctx.db.read, scope, accountId);
  if (!(await readOnlineMethod(ctx.db.read, scope, 'visit_link')).enabled)
    throw new Problem('payment_unavailable', 409, 'Payment by link is switched off here.');
  await onceForKey(() =>
    ctx.db.transaction(async (tx) => {
      await lockClient(tx, scope.chainId, clientId);
      if (await isRepeated(tx, desk, accountId, wish, null)) return;
      const { ownerId } = fillable(await lockAccount(tx, scope, accountId));
      const amountMinor = BigInt(wish.amountMinor);
      const by = { id: who.userId, name: who.name };
      const id = await offerTopUpLink(tx, ctx, scope, { key: wish.key, ownerId, amountMinor, currency, by, at: ctx.now() });
      await noteTopUp(tx, ctx, desk, 'top_up_link_made', { clientId, id, amountMinor, currency });
    }),
  );
}

/** A link that nobody has paid leads nowhere any more; what still arrives is on the account. Refuses with `not_found`, `payment_in_progress`, `step_not_allowed`. */
export async function cancelTopUpLink(ctx: BookingContext, desk: AtDesk, topUpId: string): Promise<string> {
  const { scope } = desk.place;
  const order = topUpOrder(topUpId);
  const accountId = await ctx.db.transaction(async (tx) => {
    await lockTopUp(tx, scope, topUpId);
    const topUp = await topUpById(tx, scope, topUpId);
    if (!topUp) throw new Problem('not_found', 404, 'There is no such top-up.');
    const state = topUpState(topUp);
    if (state === 'cancelled') return accountIdOf(topUp);
    if (state === 'checking') throw new Problem('payment_in_progress', 409, 'The client has paid, and the provider is checking it.');
    if (state !== 'waiting') throw new Problem('step_not_allowed', 409, 'It has been paid.');
    const at = ctx.now();
    if ((await supersedePayments(tx, scope, order, at)) === 'processing')
      throw new Problem('payment_in_progress', 409, 'The client has paid, and the provider is checking it.');
    await noteTopUpCancelled(tx, scope.chainId, topUpId, at);
    const { clientId, amountMinor, currency } = topUp;
    await noteTopUp(tx, ctx, desk, 'top_up_link_cancelled', { clientId, id: topUpId, amountMinor, currency });
    return accountIdOf(topUp);
  });
  await closePagesFor(ctx.payments, scope, order);
  return accountId;
}

function fillable(account: AccountRow): AccountRow {
  if (mayBeUsed(account).mayTopUp) return account;
  throw new Problem('step_not_allowed', 409, 'This account cannot be filled here.', { reason: account.archived ? 'archived' : 'not_valid_here' });
}

async function isRepeated(
  tx: Tx,
  { place }: AtDesk,
  accountId: string,
  wish: { key: string; amountMinor: number },
  registerId: string | null,
): Promise<boolean> {
  const known = await topUpByKey(tx, place.scope, wish.key);
  if (!known) return false;
  if (accountIdOf(known) === accountId && known.registerId === registerId && known.amountMinor === BigInt(wish.amountMinor)) return true;
  throw keyTaken();
}

/** The same key for two clients at once: the first has it. */
async function onceForKey(deed: () => Promise<void>): Promise<void> {
  try {
    await deed();
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'account_top_ups_once') throw keyTaken();
    throw error;
  }
}

function keyTaken(): Problem {
  return new Problem('already_there', 409, 'Another top-up was made with this key.');
}

/** In the audit log and to whoever listens. */
export async function noteTopUp(
  tx: Tx,
  ctx: BookingContext,
  { who, place }: AtDesk,
  what:
    | 'topped_up'
    | 'top_up_link_made'
    | 'top_up_link_sent'
    | 'top_up_link_cancelled'
    | 'top_up_reversed'
    | 'top_up_refund_asked'
    | 'rest_given_back'
    | 'rest_refund_asked',
  {
    clientId,
    ...facts
  }: { clientId: string; id: string; amountMinor: bigint; currency: string; register?: string; because?: string; channel?: string; askedBy?: string },
): Promise<void> {
  const { scope } = place;
  const subject = { kind: 'client', id: clientId };
  await noteAudit(tx, ctx, who, { action: `account.${what}`, subject, locationId: scope.locationId, after: facts });
  const payload = { topUpId: facts.id, amountMinor: Number(facts.amountMinor), currency: facts.currency };
  await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: `account.${what}`, subjectId: clientId, payload, at: ctx.now() });
}
