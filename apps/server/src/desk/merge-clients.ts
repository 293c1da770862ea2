import { noteAudit } from '../access/note-audit.ts';
import type { Who } from '../access/who.ts';
import { adoptAccounts } from '../accounts/adopt-accounts.ts';
import { adoptVisits } from '../booking/visits-of-client.ts';
import { mergeRows } from '../clients/merge-rows.ts';
import { lockClient } from '../clients/write-client.ts';
import type { Deps } from '../kit/deps.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { adoptMemberships } from '../memberships/leave-memberships.ts';
import { adoptMessages } from '../messages/forget-messages.ts';
import { adoptCredit } from '../payments/adopt-credit.ts';

/**
 * One person who is there twice becomes one client: visits, bookings and what stands on the account come along, nothing is erased, and whoever books
 * with the other's phone is the survivor from now on. Refuses with `not_found`, `changed_meanwhile`, `invalid_request`.
 */
export async function mergeClients(deps: Deps, who: Who, survivor: string, { other, version }: { other: string; version: number }): Promise<void> {
  if (other === survivor) throw new Problem('invalid_request', 422, 'A client cannot become themself.', { fields: [{ field: 'other' }] });
  const { chainId } = who;
  await deps.db.transaction(async (tx) => {
    // in one order, or two who merge the same pair the other way round wait for each other
    for (const id of [survivor, other].sort()) await lockClient(tx, chainId, id, id === survivor ? version : undefined);
    const at = deps.now();
    await adoptVisits(tx, chainId, survivor, other);
    await adoptCredit(tx, chainId, await adoptAccounts(tx, deps, { chainId, from: other, to: survivor, at }));
    await adoptMemberships(tx, chainId, survivor, other);
    await adoptMessages(tx, chainId, survivor, other);
    await mergeRows(tx, chainId, survivor, other);
    await noteAudit(tx, deps, who, { action: 'client.merged', subject: { kind: 'client', id: survivor }, after: { other } });
    await tell(tx, chainId, { id: deps.newId('out'), topic: 'client.merged', subjectId: survivor, payload: { other }, at });
  });
}
