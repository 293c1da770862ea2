import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { openAccount } from './open-account.ts';
import { postEntry } from './post-entry.ts';

/** What stands on a client's accounts of all types, by currency: what the salon owes them, minor units (below zero: they owe). */
export async function clientBalances(q: Queryable, chainId: string, clientId: string): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ currency: string; owed: bigint }>`
    select currency, -sum(balance_minor)::bigint owed from client_accounts
     where chain_id = ${chainId} and client_id = ${clientId} group by currency`.execute(q);
  return new Map(rows.map(({ currency, owed }) => [currency, owed]));
}

/**
 * What stands on one client's accounts moves to another's of the same types, location by location: an entry each, because nothing in the books is changed.
 * Answers the accounts that took another's place. `because`: where it happens again for a pair that was merged before.
 */
export async function moveClientMoney(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  { chainId, from, to, because, at }: { chainId: string; from: string; to: string; because?: string; at: Date },
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ accountId: string; locationId: string; ownerId: string; currency: string; balance: bigint }>`
    select account_id "accountId", location_id "locationId", owner_id "ownerId", currency, balance_minor balance from ledger_accounts
     where chain_id = ${chainId} and kind = 'client'
       and owner_id in (select c.owner_id from client_accounts c where c.chain_id = ${chainId} and c.client_id = ${from})
     order by account_id for update`.execute(tx);
  const replaced = new Map<string, string>();
  for (const { accountId, locationId, ownerId, currency, balance } of rows) {
    const scope = mintScope(chainId, locationId);
    const target = await openAccount(tx, deps, scope, { kind: 'client', ownerId: `${to}${ownerId.slice(from.length)}`, currency });
    replaced.set(accountId, target);
    if (balance === 0n) continue;
    const amountMinor = balance < 0n ? -balance : balance;
    await postEntry(tx, deps, {
      scope,
      cause: { kind: 'clients_merged', id: [from, to, accountId, ...(because ? [because] : [])].join('/') },
      happenedAt: at,
      memo: 'one client was written down twice',
      // owed money stands below zero: it comes off the old account by coming to it
      postings: [
        balance < 0n
          ? { from: target, to: accountId, amountMinor, currency, operation: 'merge' }
          : { from: accountId, to: target, amountMinor, currency, operation: 'merge' },
      ],
    });
  }
  return replaced;
}
