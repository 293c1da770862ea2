import type { AccountPaymentWish } from '@holdfast/contract/accounts';
import { accountsOfHolds } from '../accounts/hold-rows.ts';
import { payFromAccount } from '../accounts/pay-from-account.ts';
import { accountPaymentByKey } from '../accounts/payment-rows.ts';
import type { BookingContext } from '../booking/context.ts';
import { notePaidFromAccount } from '../booking/note-account-money.ts';
import { spendHeld } from '../booking/spend-held.ts';
import { lockAccounts } from '../ledger/lock-accounts.ts';
import { openAccount } from '../ledger/open-account.ts';
import { accountForVisit, isSame, noteAccountDeed } from './account-for-visit.ts';
import { type AtDesk, takeForVisit } from './take-for-visit.ts';

/**
 * A visit, or a part of it, is paid from a client's account, wherever in the chain its money lies. What is held for the visit is spent with it where that pays
 * the rest. Repeating it with the same key has one effect.
 *
 * Refuses with `not_enough_on_account` (`spendableMinor`), `step_not_allowed` (not valid here), `already_there`, and as {@link takeForVisit}.
 */
export async function payVisitFromAccount(ctx: BookingContext, desk: AtDesk, appointmentId: string, wish: AccountPaymentWish): Promise<void> {
  const { who, place } = desk;
  const { scope } = place;
  await takeForVisit(ctx, scope, appointmentId, {
    amountMinor: wish.amountMinor,
    version: wish.version,
    async isRepeated(tx) {
      const known = await accountPaymentByKey(tx, scope, wish.key);
      return known !== undefined && isSame(known, appointmentId, wish);
    },
    async take(tx, visit) {
      const account = await accountForVisit(tx, scope, visit, wish.accountId);
      const at = ctx.now();
      const amountMinor = BigInt(wish.amountMinor);
      const by = { id: who.userId, name: who.name };
      await notePaidFromAccount(tx, scope, visit, { amountMinor, by: who.name, at });
      const held = await spendHeld(tx, ctx, scope, [appointmentId], at);
      // what a credit limit allows may be spent before anything was ever on it
      if (account.openedAt === null) await openAccount(tx, ctx, scope, { kind: 'client', ownerId: account.ownerId, currency: account.currency });
      await lockAccounts(tx, scope.chainId, [...(await accountsOfHolds(tx, scope, [account])), ...held.accountIds]);
      const { ownerId, clientId, currency } = account;
      const id = await payFromAccount(tx, ctx, scope, { appointmentId, key: wish.key, ownerId, amountMinor, currency, by, at });
      await held.post();
      await noteAccountDeed(tx, ctx, desk, visit, 'paid_from_account', { id, clientId, amountMinor });
    },
  });
}
