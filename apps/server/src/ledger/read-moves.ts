import type { Operation } from '@holdfast/contract/operations';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import type { AccountKind } from './rules.ts';

export interface MoveEnd {
  /** '' for client accounts, which are taken together. */
  readonly accountId: string;
  readonly kind: AccountKind;
  readonly ownerId: string;
}

/** All postings of a period that say the same, added up. */
export interface Moves {
  readonly currency: string;
  readonly operation: Operation;
  readonly itemId: string | null;
  /** They undo what was posted before: the same words, the other way. */
  readonly undone: boolean;
  readonly from: MoveEnd;
  readonly to: MoveEnd;
  readonly amountMinor: bigint;
  readonly count: bigint;
}

/** What was posted for the moments from `from` until before `until`. One index read of that period. */
export async function movesBetween(q: Queryable, { chainId, locationId }: Scope, from: Date, until: Date): Promise<readonly Moves[]> {
  const { rows } = await sql<{
    currency: string;
    operation: Operation;
    item_id: string | null;
    undone: boolean;
    from_id: string;
    from_kind: AccountKind;
    from_owner: string;
    to_id: string;
    to_kind: AccountKind;
    to_owner: string;
    amount: bigint;
    n: bigint;
  }>`
    with moved as (
      select p.currency, p.operation, p.item_id, e.reverses_entry_id is not null undone, p.from_account_id, p.to_account_id,
             sum(p.amount_minor)::bigint amount, count(*) n
        from ledger_postings p join ledger_entries e on e.chain_id = p.chain_id and e.entry_id = p.entry_id
       where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.happened_at >= ${from} and p.happened_at < ${until}
       group by 1, 2, 3, 4, 5, 6),
    named as (
      select m.currency, m.operation, m.item_id, m.undone, m.amount, m.n, f.kind from_kind, t.kind to_kind,
             case f.kind when 'client' then '' else f.account_id end from_id, case f.kind when 'client' then '' else f.owner_id end from_owner,
             case t.kind when 'client' then '' else t.account_id end to_id, case t.kind when 'client' then '' else t.owner_id end to_owner
        from moved m join ledger_accounts f on f.chain_id = ${chainId} and f.account_id = m.from_account_id
        join ledger_accounts t on t.chain_id = ${chainId} and t.account_id = m.to_account_id)
    select currency, operation, item_id, undone, from_id, from_kind, from_owner, to_id, to_kind, to_owner, sum(amount)::bigint amount, sum(n)::bigint n
      from named group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`.execute(q);
  return rows.map((row) => ({
    currency: row.currency,
    operation: row.operation,
    itemId: row.item_id,
    undone: row.undone,
    from: { accountId: row.from_id, kind: row.from_kind, ownerId: row.from_owner },
    to: { accountId: row.to_id, kind: row.to_kind, ownerId: row.to_owner },
    amountMinor: row.amount,
    count: row.n,
  }));
}
