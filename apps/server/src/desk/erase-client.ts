import { noteAudit } from '../access/note-audit.ts';
import type { Who } from '../access/who.ts';
import { accountsInUse, endTopUpLinks, topUpOrdersOf } from '../accounts/leave-accounts.ts';
import { forgetInVisits, ordersOfClient } from '../booking/visits-of-client.ts';
import { eraseRows } from '../clients/merge-rows.ts';
import { lockClient } from '../clients/write-client.ts';
import { forgetCodes } from '../confirmations/forget-codes.ts';
import { forgetInTransactions } from '../finance/forget-in-transactions.ts';
import { forgetRows } from '../imports/forget-rows.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { clientBalances } from '../ledger/client-money.ts';
import { endMembershipLinks, membershipOrdersOf, membershipsInUse } from '../memberships/leave-memberships.ts';
import { forgetMessages } from '../messages/forget-messages.ts';
import { forgetWebhooks } from '../payments/adopt-credit.ts';
import { forgetInLines } from '../waiting/forget-in-lines.ts';
import { forgetDeliveries } from '../webhooks/forget-deliveries.ts';

/**
 * Personal data of a client go, from everywhere; visits and money stay, without a name. Refuses with `still_used` while a visit is to come or the salon
 * owes them money, or they owe it: nobody could be found to give it back to, or to ask; and with `payment_in_progress`.
 */
export async function eraseClient(deps: Deps, who: Who, clientId: string, version: number): Promise<void> {
  const { chainId } = who;
  await deps.db.transaction(async (tx) => {
    const { phone } = await lockClient(tx, chainId, clientId, version);
    const at = deps.now();
    const { upcoming } = await forgetInVisits(tx, chainId, clientId, at);
    if (upcoming > 0) throw new Problem('still_used', 409, 'Visits of this client are still to come.', { upcoming });
    // payments before accounts, as whoever settles one locks them
    await endMembershipLinks(tx, chainId, clientId, at);
    await endTopUpLinks(tx, chainId, clientId, at);
    const owed = [...(await clientBalances(tx, chainId, clientId))].filter(([, amount]) => amount > 0n);
    if (owed.length > 0)
      throw new Problem('still_used', 409, 'This client still has money on their account.', {
        credit: owed.map(([currency, amount]) => ({ currency, amountMinor: Number(amount) })),
      });
    const open = await accountsInUse(tx, chainId, clientId);
    if (open > 0)
      throw new Problem('still_used', 409, 'This client owes something, or money of theirs is kept for something under way.', { accounts: open });
    const memberships = await membershipsInUse(tx, chainId, clientId, at);
    if (memberships > 0) throw new Problem('still_used', 409, 'This client has a membership that can still be used.', { memberships });
    const orders = [ordersOfClient, membershipOrdersOf, topUpOrdersOf].map((of) => of(tx, chainId, clientId));
    await forgetWebhooks(tx, chainId, (await Promise.all(orders)).flat());
    await forgetMessages(tx, chainId, clientId);
    await forgetDeliveries(tx, chainId, clientId);
    await forgetCodes(tx, chainId, phone);
    await forgetInTransactions(tx, chainId, clientId);
    await forgetRows(tx, chainId, clientId);
    await forgetInLines(tx, chainId, clientId, at);
    await eraseRows(tx, chainId, clientId, at);
    await noteAudit(tx, deps, who, { action: 'client.erased', subject: { kind: 'client', id: clientId } });
  });
}
