import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { balanceOf } from '../ledger/read-books.ts';
import { waitingRows } from './read-on-its-way.ts';

export interface SettlementFault {
  readonly about: string;
  readonly says: string;
}

/** What lies at a provider is explained to the cent: the sum of all that is listed as on its way is the balance of the account there; fees are what was posted. */
export async function checkSettlements(q: Queryable): Promise<readonly SettlementFault[]> {
  const faults: SettlementFault[] = [];
  const accounts = await sql<{ chainId: string; locationId: string; connectionId: string; currency: string }>`
    select a.chain_id "chainId", a.location_id "locationId", a.owner_id "connectionId", a.currency from ledger_accounts a
      join provider_connections c on c.chain_id = a.chain_id and c.connection_id = a.owner_id where a.kind = 'clearing'`.execute(q);
  for (const { chainId, locationId, connectionId, currency } of accounts.rows) {
    const { rows } = await sql<{ sum: bigint }>`
      select coalesce(sum(net), 0)::bigint sum from (${waitingRows(chainId, connectionId, currency)}) w`.execute(q);
    const clearing = await balanceOf(q, mintScope(chainId, locationId), { kind: 'clearing', ownerId: connectionId, currency });
    const listed = rows[0]?.sum ?? 0n;
    if (listed !== clearing) faults.push({ about: connectionId, says: `at the provider ${clearing} ${currency}, explained ${listed}` });
  }
  const fees = await sql<{ key: string; kept: bigint; posted: bigint }>`
    with posted as (
      select e.chain_id, regexp_replace(e.cause_id, ':[0-9]+$', '') id, sum(case when t.kind = 'fees' then p.amount_minor else -p.amount_minor end)::bigint amount
        from ledger_entries e
        join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id
        join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
       where e.cause_kind = 'provider_fee' group by 1, 2)
    select coalesce(x.id, f.connection_id || '/' || f.fee_key) key, coalesce(f.posted_minor, 0) kept, coalesce(x.amount, 0) posted
      from provider_fees f
      full join posted x on x.chain_id = f.chain_id and x.id = f.connection_id || '/' || f.fee_key || '/' || f.currency
     where coalesce(f.posted_minor, 0) <> coalesce(x.amount, 0)`.execute(q);
  for (const { key, kept, posted } of fees.rows) faults.push({ about: key, says: `fee ${kept}, in the books ${posted}` });
  return faults;
}
