import type { Operation } from '@holdfast/contract/operations';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Question } from '../kit/ask-together.ts';
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
  /** What it was for: `appointment`, `membership`. */
  readonly purposeKind: string | null;
  /** They undo what was posted before: the same words, the other way. */
  readonly undone: boolean;
  readonly from: MoveEnd;
  readonly to: MoveEnd;
  readonly amountMinor: bigint;
  readonly count: bigint;
}

interface Row {
  readonly currency: string;
  readonly operation: Operation;
  readonly item_id: string | null;
  readonly purpose_kind: string | null;
  readonly undone: boolean;
  readonly from_id: string;
  readonly from_kind: AccountKind;
  readonly from_owner: string;
  readonly to_id: string;
  readonly to_kind: AccountKind;
  readonly to_owner: string;
  readonly amount: string;
  readonly n: string;
}

/** What was posted for the moments from `from` until before `until`. One index read of that period; of its entries only those that undo are looked up. */
export function movesBetween({ chainId, locationId }: Scope, from: Date, until: Date): Question<Moves> {
  return {
    select: sql`
    with moved as materialized (
      select p.currency, p.operation, p.item_id, p.purpose_kind, p.from_account_id, p.to_account_id,
             exists (select from ledger_entries e where e.chain_id = ${chainId} and e.location_id = ${locationId} and e.entry_id = p.entry_id
                                                    and e.reverses_entry_id is not null) undone,
             sum(p.amount_minor)::bigint amount, count(*) n
        from ledger_postings p
       where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.happened_at >= ${from} and p.happened_at < ${until}
       group by p.currency, p.operation, p.item_id, p.purpose_kind, p.from_account_id, p.to_account_id, undone),
    named as (
      select m.currency, m.operation, m.item_id, m.purpose_kind, m.undone, m.amount, m.n, f.kind from_kind, t.kind to_kind,
             case f.kind when 'client' then '' else f.account_id end from_id, case f.kind when 'client' then '' else f.owner_id end from_owner,
             case t.kind when 'client' then '' else t.account_id end to_id, case t.kind when 'client' then '' else t.owner_id end to_owner
        from moved m
        cross join lateral (select a.account_id, a.kind, a.owner_id from ledger_accounts a where a.chain_id = ${chainId} and a.account_id = m.from_account_id limit 1) f
        cross join lateral (select a.account_id, a.kind, a.owner_id from ledger_accounts a where a.chain_id = ${chainId} and a.account_id = m.to_account_id limit 1) t)
    select currency, operation, item_id, purpose_kind, undone, from_id, from_kind, from_owner, to_id, to_kind, to_owner, sum(amount)::bigint::text amount, sum(n)::bigint::text n
      from named group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`,
    read: (row: Row) => ({
      currency: row.currency,
      operation: row.operation,
      itemId: row.item_id,
      purposeKind: row.purpose_kind,
      undone: row.undone,
      from: { accountId: row.from_id, kind: row.from_kind, ownerId: row.from_owner },
      to: { accountId: row.to_id, kind: row.to_kind, ownerId: row.to_owner },
      amountMinor: BigInt(row.amount),
      count: BigInt(row.n),
    }),
  };
}
