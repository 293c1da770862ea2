import { noteAudit } from '../access/note-audit.ts';
import { accountIdOf, ownerOf } from '../accounts/account-name.ts';
import { typesToOpen } from '../accounts/account-types.ts';
import { findAccount, mayBeUsed } from '../accounts/find-account.ts';
import type { BookingContext } from '../booking/context.ts';
import { lockClient } from '../clients/write-client.ts';
import { Problem } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import type { AtDesk } from './take-for-visit.ts';

/** Opens an account of a type for a client, before its first use. Repeating it changes nothing. Refuses with `not_found`, `step_not_allowed` (not valid here). */
export async function openAccountByHand(ctx: BookingContext, { who, place }: AtDesk, clientId: string, typeId: string): Promise<void> {
  const { scope } = place;
  await ctx.db.transaction(async (tx) => {
    await lockClient(tx, scope.chainId, clientId);
    const type = (await typesToOpen(tx, scope, clientId)).find((one) => one.typeId === typeId);
    if (!type) throw new Problem('not_found', 404, 'There is no such type that could be opened here.');
    const name = { ownerId: ownerOf({ clientId, typeId }), currency: type.currency };
    const account = await findAccount(tx, scope, accountIdOf(name));
    if (!mayBeUsed(account).mayTopUp) throw new Problem('step_not_allowed', 409, 'This account cannot be opened here.');
    await openAccount(tx, ctx, scope, { kind: 'client', ...name });
    await noteAudit(tx, ctx, who, {
      action: 'account.opened',
      subject: { kind: 'client', id: clientId },
      locationId: scope.locationId,
      after: { type: type.name, currency: type.currency },
    });
  });
}
