import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export type BooksFault =
  /** The balance that is kept is not what the postings say. */
  | { readonly kind: 'balance'; readonly chainId: string; readonly accountId: string; readonly keptMinor: bigint; readonly postedMinor: bigint }
  /** A posting is not in the currency of an account it touches. */
  | { readonly kind: 'currency'; readonly chainId: string; readonly entryId: string }
  /** All accounts of a location in one currency do not add up to zero. */
  | { readonly kind: 'not_zero'; readonly chainId: string; readonly locationId: string; readonly currency: string; readonly sumMinor: bigint }
  /** An entry that moves nothing. */
  | { readonly kind: 'empty_entry'; readonly chainId: string; readonly entryId: string };

/** Recomputes every chain's books from the postings. Empty = all is well. Reads everything: for the audit, not for a page. */
export async function checkBooks(q: Queryable): Promise<readonly BooksFault[]> {
  const balances = await sql<{ chain_id: string; account_id: string; kept: bigint; posted: bigint }>`
    select a.chain_id, a.account_id, a.balance_minor kept, coalesce(m.moved, 0)::bigint posted
      from ledger_accounts a
      left join (select chain_id, account_id, sum(amount) moved from (
                   select chain_id, to_account_id account_id, amount_minor amount from ledger_postings
                   union all select chain_id, from_account_id, -amount_minor from ledger_postings) x group by 1, 2) m
        on m.chain_id = a.chain_id and m.account_id = a.account_id
     where a.balance_minor <> coalesce(m.moved, 0)`.execute(q);
  const currencies = await sql<{ chain_id: string; entry_id: string }>`
    select distinct p.chain_id, p.entry_id from ledger_postings p
      join ledger_accounts a on a.chain_id = p.chain_id and a.account_id in (p.from_account_id, p.to_account_id)
     where a.currency <> p.currency`.execute(q);
  const sums = await sql<{ chain_id: string; location_id: string; currency: string; total: bigint }>`
    select chain_id, location_id, currency, sum(balance_minor)::bigint total from ledger_accounts
     group by 1, 2, 3 having sum(balance_minor) <> 0`.execute(q);
  const empty = await sql<{ chain_id: string; entry_id: string }>`
    select e.chain_id, e.entry_id from ledger_entries e
     where not exists (select 1 from ledger_postings p where p.chain_id = e.chain_id and p.entry_id = e.entry_id)`.execute(q);
  return [
    ...balances.rows.map((row) => ({
      kind: 'balance' as const,
      chainId: row.chain_id,
      accountId: row.account_id,
      keptMinor: row.kept,
      postedMinor: row.posted,
    })),
    ...currencies.rows.map((row) => ({ kind: 'currency' as const, chainId: row.chain_id, entryId: row.entry_id })),
    ...sums.rows.map((row) => ({
      kind: 'not_zero' as const,
      chainId: row.chain_id,
      locationId: row.location_id,
      currency: row.currency,
      sumMinor: row.total,
    })),
    ...empty.rows.map((row) => ({ kind: 'empty_entry' as const, chainId: row.chain_id, entryId: row.entry_id })),
  ];
}
