import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import type { AccountName } from './open-account.ts';
import type { AccountKind } from './rules.ts';

/** The two times of the books. */
export interface AsKnown {
  /** What happened before this moment … */
  readonly happenedUntil: Date;
  /** … as far as it had been written down by this one. */
  readonly knownAt: Date;
}

export interface KnownBalance {
  readonly accountId: string;
  readonly kind: AccountKind;
  readonly ownerId: string;
  readonly currency: string;
  readonly balanceMinor: bigint;
}

/**
 * Every account of the location as it was on some day, as far as that was known at some moment. What is kept is today's: what happened later, or was
 * written down later, is taken off it. So a question about last week costs a week's postings, however old the books are.
 */
export async function balancesAsKnown(q: Queryable, scope: Scope, { happenedUntil, knownAt }: AsKnown): Promise<readonly KnownBalance[]> {
  const { rows } = await sql<KnownBalance>`
    with later as materialized (
      select p.from_account_id, p.to_account_id, p.amount_minor from ledger_postings p
       where p.chain_id = ${scope.chainId} and p.location_id = ${scope.locationId} and p.happened_at >= ${happenedUntil}
      union all
      select p.from_account_id, p.to_account_id, p.amount_minor from ledger_entries e
        join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id
       where e.chain_id = ${scope.chainId} and e.location_id = ${scope.locationId} and e.recorded_at > ${knownAt} and p.happened_at < ${happenedUntil}
    ), moved as (
      select account_id, sum(amount)::bigint moved from (
        select to_account_id account_id, amount_minor amount from later union all select from_account_id, -amount_minor from later) m group by 1
    )
    select a.account_id "accountId", a.kind, a.owner_id "ownerId", a.currency, a.balance_minor - coalesce(m.moved, 0) "balanceMinor"
      from ledger_accounts a left join moved m on m.account_id = a.account_id
     where a.chain_id = ${scope.chainId} and a.location_id = ${scope.locationId}
     order by a.currency, a.kind, a.owner_id, a.account_id`.execute(q);
  return rows;
}

/** One account on some day, as far as that was known at some moment. 0n when there is no such account. */
export async function balanceAsKnown(
  q: Queryable,
  scope: Scope,
  { kind, ownerId, currency }: AccountName,
  { happenedUntil, knownAt }: AsKnown,
): Promise<bigint> {
  const { rows } = await sql<{ balance: bigint }>`
    select a.balance_minor - coalesce((
      select sum(m.amount) from (
        select chain_id, entry_id, happened_at, amount_minor amount from ledger_postings where chain_id = a.chain_id and to_account_id = a.account_id
        union all
        select chain_id, entry_id, happened_at, -amount_minor from ledger_postings where chain_id = a.chain_id and from_account_id = a.account_id) m
        join ledger_entries e on e.chain_id = m.chain_id and e.entry_id = m.entry_id
       where m.happened_at >= ${happenedUntil} or e.recorded_at > ${knownAt}), 0)::bigint balance
      from ledger_accounts a
     where a.chain_id = ${scope.chainId} and a.location_id = ${scope.locationId} and a.kind = ${kind} and a.owner_id = ${ownerId}
       and a.currency = ${currency}`.execute(q);
  return rows[0]?.balance ?? 0n;
}
