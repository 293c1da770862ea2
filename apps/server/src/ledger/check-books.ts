import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { checkSeals, type SealFault } from './check-seals.ts';

export type BooksFault =
  /** The balance that is kept is not what the postings say. */
  | { readonly kind: 'balance'; readonly chainId: string; readonly accountId: string; readonly keptMinor: bigint; readonly postedMinor: bigint }
  /** A posting is not in the currency of an account it touches. */
  | { readonly kind: 'currency'; readonly chainId: string; readonly entryId: string }
  /** All accounts of a location in one currency do not add up to zero. */
  | { readonly kind: 'not_zero'; readonly chainId: string; readonly locationId: string; readonly currency: string; readonly sumMinor: bigint }
  /** An entry that moves nothing. */
  | { readonly kind: 'empty_entry'; readonly chainId: string; readonly entryId: string }
  /** A client's account is not what its ledger accounts say, or more was spent or held than there is. */
  | { readonly kind: 'client_account' | 'limit'; readonly chainId: string; readonly ownerId: string; readonly currency: string }
  /** What a location says of another is not what that one says of it. */
  | { readonly kind: 'between'; readonly chainId: string; readonly locationId: string; readonly otherId: string; readonly currency: string }
  | SealFault;

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
  const clients = await sql<{ chain_id: string; owner_id: string; currency: string; agrees: boolean; in_limit: boolean }>`
    select * from (
      select coalesce(c.chain_id, l.chain_id) chain_id, coalesce(c.owner_id, l.owner_id) owner_id, coalesce(c.currency, l.currency) currency,
             c.owner_id is not null and c.balance_minor = coalesce(l.total, 0) agrees,
             coalesce(c.balance_minor + c.held_minor <= c.credit_limit_minor, true) as in_limit
        from client_accounts c
        full join (select chain_id, owner_id, currency, sum(balance_minor) total from ledger_accounts where kind = 'client' group by 1, 2, 3) l
          on l.chain_id = c.chain_id and l.owner_id = c.owner_id and l.currency = c.currency) x
     where not (agrees and in_limit)`.execute(q);
  const between = await sql<{ chain_id: string; location_id: string; owner_id: string; currency: string }>`
    select a.chain_id, a.location_id, a.owner_id, a.currency from ledger_accounts a
      left join ledger_accounts b on b.chain_id = a.chain_id and b.kind = 'between' and b.location_id = a.owner_id and b.owner_id = a.location_id
        and b.currency = a.currency
     where a.kind = 'between' and a.balance_minor + coalesce(b.balance_minor, 0) <> 0`.execute(q);
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
    ...clients.rows.map((row) => ({
      kind: row.agrees ? ('limit' as const) : ('client_account' as const),
      chainId: row.chain_id,
      ownerId: row.owner_id,
      currency: row.currency,
    })),
    ...between.rows.map((row) => ({
      kind: 'between' as const,
      chainId: row.chain_id,
      locationId: row.location_id,
      otherId: row.owner_id,
      currency: row.currency,
    })),
    ...(await checkSeals(q)),
  ];
}
