import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import type { AccountName } from './open-account.ts';
import type { AccountKind } from './rules.ts';

/** What stands on an account, as kept: what came less what went, minor units. 0n when there is no such account. */
export async function balanceOf(q: Queryable, scope: Scope, { kind, ownerId, currency }: AccountName): Promise<bigint> {
  const { rows } = await sql<{ balance_minor: bigint }>`
    select balance_minor from ledger_accounts
     where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and kind = ${kind} and owner_id = ${ownerId} and currency = ${currency}`.execute(
    q,
  );
  return rows[0]?.balance_minor ?? 0n;
}

export interface PurposeMoney {
  readonly kind: AccountKind;
  readonly currency: string;
  /** What came to the accounts of this kind for the purpose less what went from them. Prepayments for it are negative: they are owed. */
  readonly movedMinor: bigint;
}

/** Where the money of one purpose stands: one line per kind of account and currency. */
export async function moneyOfPurpose(q: Queryable, scope: Scope, purpose: { kind: string; id: string }): Promise<readonly PurposeMoney[]> {
  const { rows } = await sql<{ kind: AccountKind; currency: string; moved: bigint }>`
    select a.kind, m.currency, sum(m.amount)::bigint moved
      from (select chain_id, to_account_id account_id, currency, amount_minor amount from ledger_postings
             where chain_id = ${scope.chainId} and purpose_kind = ${purpose.kind} and purpose_id = ${purpose.id}
            union all
            select chain_id, from_account_id, currency, -amount_minor from ledger_postings
             where chain_id = ${scope.chainId} and purpose_kind = ${purpose.kind} and purpose_id = ${purpose.id}) m
      join ledger_accounts a on a.chain_id = m.chain_id and a.account_id = m.account_id
     group by a.kind, m.currency order by a.kind, m.currency`.execute(q);
  return rows.map(({ kind, currency, moved }) => ({ kind, currency, movedMinor: moved }));
}

export interface WrittenPosting {
  readonly from: AccountName;
  readonly to: AccountName;
  readonly amountMinor: bigint;
  readonly purposeId: string | null;
}

/** The postings of the one entry that this cause has; empty when there is none. */
export async function postingsOfCause(q: Queryable, scope: Scope, cause: { kind: string; id: string }): Promise<readonly WrittenPosting[]> {
  const { rows } = await sql<{
    from_kind: AccountKind;
    from_owner: string;
    to_kind: AccountKind;
    to_owner: string;
    amount_minor: bigint;
    currency: string;
    purpose_id: string | null;
  }>`
    select f.kind from_kind, f.owner_id from_owner, t.kind to_kind, t.owner_id to_owner, p.amount_minor, p.currency, p.purpose_id
      from ledger_entries e
      join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id
      join ledger_accounts f on f.chain_id = p.chain_id and f.account_id = p.from_account_id
      join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
     where e.chain_id = ${scope.chainId} and e.location_id = ${scope.locationId} and e.cause_kind = ${cause.kind} and e.cause_id = ${cause.id}
     order by p.posting_no`.execute(q);
  return rows.map((row) => ({
    from: { kind: row.from_kind, ownerId: row.from_owner, currency: row.currency },
    to: { kind: row.to_kind, ownerId: row.to_owner, currency: row.currency },
    amountMinor: row.amount_minor,
    purposeId: row.purpose_id,
  }));
}

export interface EarnedForPurpose {
  readonly kind: 'income' | 'tax';
  /** The tax rate's id; '': none. */
  readonly rateId: string;
  readonly amountMinor: bigint;
}

/** What has been earned for a purpose, and what of it is owed as tax, by rate. */
export async function earnedForPurpose(
  q: Queryable,
  scope: Scope,
  purpose: { kind: string; id: string },
  currency: string,
): Promise<readonly EarnedForPurpose[]> {
  const { rows } = await sql<EarnedForPurpose>`
    select a.kind, a.owner_id "rateId", sum(case when p.from_account_id = a.account_id then p.amount_minor else -p.amount_minor end)::bigint "amountMinor"
      from ledger_postings p join ledger_accounts a on a.chain_id = p.chain_id and a.account_id in (p.from_account_id, p.to_account_id)
     where p.chain_id = ${scope.chainId} and p.purpose_kind = ${purpose.kind} and p.purpose_id = ${purpose.id} and p.currency = ${currency}
       and a.kind in ('income', 'tax')
     group by a.kind, a.owner_id`.execute(q);
  return rows;
}
