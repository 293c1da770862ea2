import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Question } from '../kit/ask-together.ts';
import type { AccountKind } from './rules.ts';

export interface BalanceAt {
  /** '' for client accounts, which are taken together. */
  readonly accountId: string;
  readonly kind: AccountKind;
  readonly ownerId: string;
  readonly currency: string;
  readonly balanceMinor: bigint;
}

/**
 * What stood on each account of a place just before a moment, by what had happened until then. Read backwards from today's balances through the totals of
 * whole days, and the postings of one day of UTC: it does not matter how long the history is. Client accounts are the rest, since all together are zero.
 */
export function balancesAt({ chainId, locationId }: Scope, at: Date): Question<BalanceAt> {
  const dayStart = new Date(Math.floor(at.getTime() / 86_400_000) * 86_400_000);
  return {
    select: sql`
    with known as materialized (
      select a.account_id, a.kind, a.owner_id, a.currency,
             (a.balance_minor
               - coalesce((select sum(t.in_minor - t.out_minor) from ledger_day_totals t
                            where t.chain_id = a.chain_id and t.account_id = a.account_id and t.day >= (${dayStart}::timestamptz at time zone 'UTC')::date), 0)
               + coalesce((select sum(p.amount_minor) from ledger_postings p
                            where p.chain_id = a.chain_id and p.to_account_id = a.account_id and p.happened_at >= ${dayStart} and p.happened_at < ${at}), 0)
               - coalesce((select sum(p.amount_minor) from ledger_postings p
                            where p.chain_id = a.chain_id and p.from_account_id = a.account_id and p.happened_at >= ${dayStart} and p.happened_at < ${at}), 0)
             )::bigint balance
        from ledger_accounts a where a.chain_id = ${chainId} and a.location_id = ${locationId} and a.kind <> 'client')
    select account_id, kind, owner_id, currency, balance::text as balance from known
    union all select '', 'client', '', currency, (-sum(balance))::bigint::text from known group by currency`,
    read: (row: { account_id: string; kind: AccountKind; owner_id: string; currency: string; balance: string }) => ({
      accountId: row.account_id,
      kind: row.kind,
      ownerId: row.owner_id,
      currency: row.currency,
      balanceMinor: BigInt(row.balance),
    }),
  };
}
