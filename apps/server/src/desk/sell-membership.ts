import type { MembershipSale } from '@holdfast/contract/memberships';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import { type AccountRow, findAccount, mayBeUsed } from '../accounts/find-account.ts';
import { accountsOfHolds } from '../accounts/hold-rows.ts';
import type { BookingContext } from '../booking/context.ts';
import { lockClient } from '../clients/write-client.ts';
import { chargeAcquiringFee } from '../finance/charge-acquiring-fee.ts';
import { holdRegister, type Register, registersOf } from '../finance/read-registers.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { lockAccounts } from '../ledger/lock-accounts.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { spendClientMoney } from '../ledger/spend-client-money.ts';
import { membershipOrder } from '../memberships/membership-room.ts';
import { insertMembership, type MembershipRow, membershipByKey, noteOfferCancelled, noteSold } from '../memberships/membership-rows.ts';
import { stateOf } from '../memberships/membership-rules.ts';
import { type TypeRow, typesOnSale } from '../memberships/membership-type-rows.ts';
import { closePagesFor } from '../payments/close-pages.ts';
import { readOnlineMethod } from '../payments/read-methods.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import { membershipAsSeen, noteMembership } from './note-membership.ts';
import type { AtDesk } from './take-for-visit.ts';

/**
 * Sells a membership to a client: into a register, from an account of theirs, or by a link that they pay themselves. From then on the salon owes it. Repeating it
 * with the same key has one effect. Refuses with `not_found`, `right_missing` (this register), `changed_meanwhile` (another price), `not_enough_on_account`,
 * `step_not_allowed` (the account is not valid here), `payment_unavailable` (links are switched off), `already_there` (the key).
 */
export async function sellMembership(ctx: BookingContext, desk: AtDesk, clientId: string, wish: MembershipSale): Promise<void> {
  const { place } = desk;
  const { scope } = place;
  const { pay } = wish;
  const type = (await typesOnSale(ctx.db.read, scope, ctx.now())).find(({ id }) => id === wish.typeId);
  if (!type) throw new Problem('not_found', 404, 'There is no such membership on sale here.');
  if (Number(type.priceMinor) !== wish.priceMinor)
    throw new Problem('changed_meanwhile', 409, 'It has another price by now.', { priceMinor: Number(type.priceMinor) });
  const register = pay.way === 'register' ? await registerFor(ctx, desk, type, pay.registerId) : undefined;
  const account = pay.way === 'account' ? await accountFor(ctx, desk, type, pay.accountId) : undefined;
  if (pay.way === 'link' && !(await readOnlineMethod(ctx.db.read, scope, 'visit_link')).enabled)
    throw new Problem('payment_unavailable', 409, 'Payment by link is switched off here.');
  await onceForKey(() =>
    ctx.db.transaction(async (tx) => {
      await lockClient(tx, scope.chainId, clientId);
      if (await isRepeated(tx, desk, clientId, wish)) return;
      if (register) await holdRegister(tx, scope, register.id);
      await sell(tx, ctx, desk, { clientId, type, key: wish.key, register, account });
    }),
  );
}

interface Sale {
  readonly clientId: string;
  readonly type: TypeRow;
  readonly key: string;
  readonly register: Register | undefined;
  readonly account: AccountRow | undefined;
}

async function sell(tx: Tx, ctx: BookingContext, desk: AtDesk, { clientId, type, key, register, account }: Sale): Promise<void> {
  const { who, place } = desk;
  const { scope } = place;
  const at = ctx.now();
  const id = ctx.newId('mem');
  const by = { id: who.userId, name: who.name };
  const way = register ? 'register' : account ? 'account' : 'link';
  const registerId = register?.id ?? null;
  await insertMembership(tx, scope, { id, clientId, typeId: type.id, way, key, registerId, accountTypeId: account?.typeId ?? null, by, at });
  const { priceMinor: amountMinor, currency, name } = type;
  const cause = { kind: 'membership_sale', id };
  const purpose = { kind: 'membership', id };
  const words = { scope, cause, happenedAt: at, memo: '', by };
  if (way !== 'link') await noteSold(tx, scope, id, { attemptId: null, at });
  await noteMembership(tx, ctx, desk, way === 'link' ? 'link_made' : 'sold', { id, clientId, name }, { amountMinor: Number(amountMinor), currency });
  if (register) {
    const prepayments = await openAccount(tx, ctx, scope, { kind: 'prepayments', ownerId: '', currency });
    await chargeAcquiringFee(tx, ctx, scope, { register, amountMinor, of: cause, at, by, purpose }, [prepayments]);
    const posting = { from: prepayments, to: register.id, amountMinor, currency, operation: 'payment', itemId: 'memberships', purpose } as const;
    await postEntry(tx, ctx, { ...words, postings: [posting] });
  }
  if (account) {
    const { ownerId } = account;
    if (account.openedAt === null) await openAccount(tx, ctx, scope, { kind: 'client', ownerId, currency });
    await lockAccounts(tx, scope.chainId, await accountsOfHolds(tx, scope, [account]));
    await spendClientMoney(tx, ctx, scope, { cause, ownerId, amountMinor, currency, purpose, itemId: 'memberships', memo: '', by, at });
  }
}

/** A link that nobody has paid leads nowhere any more; what still arrives is on the client's account. Refuses with `payment_in_progress`, `step_not_allowed`. */
export async function cancelMembershipLink(ctx: BookingContext, desk: AtDesk, membershipId: string, version: number): Promise<string> {
  const { scope } = desk.place;
  const order = membershipOrder(membershipId);
  const clientId = await ctx.db.transaction(async (tx) => {
    const membership = await membershipAsSeen(tx, desk, membershipId, version);
    const at = ctx.now();
    const state = stateOf(membership, at);
    if (state === 'checking') throw new Problem('payment_in_progress', 409, 'The client has paid, and the provider is checking it.');
    if (state !== 'offered') throw new Problem('step_not_allowed', 409, 'It has been paid, or taken back.', { state });
    if ((await supersedePayments(tx, scope, order, at)) === 'processing')
      throw new Problem('payment_in_progress', 409, 'The client has paid, and the provider is checking it.');
    await noteOfferCancelled(tx, scope, membershipId, at);
    await noteMembership(tx, ctx, desk, 'link_cancelled', membership, {});
    return membership.clientId;
  });
  await closePagesFor(ctx.payments, scope, order);
  return clientId;
}

async function registerFor(ctx: BookingContext, { place }: AtDesk, type: TypeRow, registerId: string): Promise<Register> {
  const register = (await registersOf(ctx.db.read, place.scope)).find(({ id }) => id === registerId);
  if (!register || register.currency !== type.currency) throw new Problem('not_found', 404, 'There is no such register.');
  if (!mayTouchRegister(place, register.id)) throw rightMissing('accounts.top_up');
  return register;
}

async function accountFor(ctx: BookingContext, { place }: AtDesk, type: TypeRow, accountId: string): Promise<AccountRow> {
  if (!place.rights.has('accounts.pay')) throw rightMissing('accounts.pay');
  const account = await findAccount(ctx.db.read, place.scope, accountId);
  if (account.currency !== type.currency || !mayBeUsed(account).mayPay)
    throw new Problem('step_not_allowed', 409, 'This account is not valid here.', { reason: 'not_valid_here' });
  return account;
}

async function isRepeated(tx: Tx, { place }: AtDesk, clientId: string, { key, typeId, pay }: MembershipSale): Promise<boolean> {
  const known: MembershipRow | undefined = await membershipByKey(tx, place.scope, key);
  if (!known) return false;
  const sameRegister = pay.way !== 'register' || known.registerId === pay.registerId;
  if (known.clientId === clientId && known.typeId === typeId && known.way === pay.way && sameRegister) return true;
  throw keyTaken();
}

/** The same key for two clients at once: the first has it. */
async function onceForKey(deed: () => Promise<void>): Promise<void> {
  try {
    await deed();
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'memberships_once') throw keyTaken();
    throw error;
  }
}

function keyTaken(): Problem {
  return new Problem('already_there', 409, 'Something else was sold with this key.');
}
