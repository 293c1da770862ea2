import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

/** A client's account as it stands, seen from one location. */
export interface AccountRow {
  readonly ownerId: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly typeId: string;
  readonly typeName: string | null;
  readonly currency: string;
  readonly balanceMinor: bigint;
  readonly heldMinor: bigint;
  readonly creditLimitMinor: bigint;
  /** Null: nothing was ever on it. */
  readonly openedAt: Date | null;
  readonly archived: boolean;
  /** May it be filled and spent at this location? */
  readonly validHere: boolean;
  readonly erased: boolean;
  readonly lies: readonly { readonly locationId: string; readonly locationName: string; readonly balanceMinor: number }[];
}

/** What an account is before its first use: names that are asked for, joined with what there is. */
const columns = sql`
  n.owner_id "ownerId", n.client_id "clientId", c.name "clientName", n.type_id "typeId", t.name "typeName", n.currency,
  -coalesce(a.balance_minor, 0)::bigint "balanceMinor", coalesce(a.held_minor, 0)::bigint "heldMinor",
  coalesce(a.credit_limit_minor, t.credit_limit_minor, 0)::bigint "creditLimitMinor", a.opened_at "openedAt", t.archived_at is not null archived,
  case when n.type_id = '' then n.currency = here.currency
       else exists (select 1 from account_type_locations v where v.chain_id = n.chain_id and v.type_id = n.type_id and v.location_id = here.location_id) end "validHere",
  c.erased_at is not null erased,
  (select coalesce(jsonb_agg(jsonb_build_object('locationId', m.location_id, 'locationName', l.name, 'balanceMinor', -m.balance_minor) order by l.name), '[]')
     from ledger_accounts m join locations l on l.chain_id = m.chain_id and l.location_id = m.location_id
    where m.chain_id = n.chain_id and m.kind = 'client' and m.owner_id = n.owner_id and m.currency = n.currency and m.balance_minor <> 0) lies`;

const joins = sql`
  join clients c on c.chain_id = n.chain_id and c.client_id = n.client_id and c.merged_into is null
  left join account_types t on t.chain_id = n.chain_id and t.type_id = n.type_id
  left join client_accounts a on a.chain_id = n.chain_id and a.owner_id = n.owner_id and a.currency = n.currency
  join locations here on here.chain_id = n.chain_id`;

/** One account, opened or not; undefined: no such client or type, or the type has another currency. */
export async function accountByName(
  q: Queryable,
  { chainId, locationId }: Scope,
  { ownerId, clientId, typeId, currency }: { ownerId: string; clientId: string; typeId: string; currency: string },
): Promise<AccountRow | undefined> {
  const { rows } = await sql<AccountRow>`
    select ${columns} from (select ${chainId}::text chain_id, ${ownerId}::text owner_id, ${clientId}::text client_id, ${typeId}::text type_id, ${currency}::text currency) n
      ${joins} and here.location_id = ${locationId}
     where n.type_id = '' or t.currency = n.currency`.execute(q);
  return rows[0];
}

/** A client's accounts: all that were ever opened, and the ordinary one of the location's currency in any case, first. */
export async function accountRowsOfClient(q: Queryable, { chainId, locationId }: Scope, clientId: string): Promise<readonly AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select ${columns} from (
        select chain_id, owner_id, client_id, type_id, currency from client_accounts where chain_id = ${chainId} and client_id = ${clientId}
        union select chain_id, ${clientId}, ${clientId}, '', currency from locations where chain_id = ${chainId} and location_id = ${locationId}) n
      ${joins} and here.location_id = ${locationId}
     order by n.type_id <> '' or n.currency <> here.currency, n.type_id <> '', t.name, n.currency`.execute(q);
  return rows;
}

export interface ListAsked {
  readonly type: string | undefined;
  readonly only: 'all' | 'with_money' | 'owing' | 'held';
  readonly limit: number;
  readonly after: { readonly balanceMinor: bigint; readonly ownerId: string; readonly currency: string } | undefined;
}

/** Accounts of the chain, those on which most is first. `patterns`: what each word of a search has to be found as. */
export async function listAccountRows(
  q: Queryable,
  { chainId, locationId }: Scope,
  asked: ListAsked,
  patterns: readonly string[],
): Promise<readonly AccountRow[]> {
  const { type, only, after, limit } = asked;
  const { rows } = await sql<AccountRow>`
    select ${columns} from client_accounts n ${joins} and here.location_id = ${locationId}
     where n.chain_id = ${chainId} and c.search like all (${[...patterns]}::text[])
       and (${type ?? null}::text is null or n.type_id = ${type === 'ordinary' ? '' : (type ?? '')})
       and case ${only}::text when 'with_money' then n.balance_minor < 0 when 'owing' then n.balance_minor > 0 when 'held' then n.held_minor > 0 else true end
       and (${after === undefined}::boolean
            or (n.balance_minor, n.owner_id, n.currency) > (${after ? -after.balanceMinor : 0n}::bigint, ${after?.ownerId ?? ''}, ${after?.currency ?? ''}))
     order by n.balance_minor, n.owner_id, n.currency limit ${limit}`.execute(q);
  return rows;
}

export async function accountTotals(
  q: Queryable,
  chainId: string,
): Promise<readonly { currency: string; owedMinor: bigint; owingMinor: bigint; heldMinor: bigint }[]> {
  const { rows } = await sql<{ currency: string; owedMinor: bigint; owingMinor: bigint; heldMinor: bigint }>`
    select currency, coalesce(sum(-balance_minor) filter (where balance_minor < 0), 0)::bigint "owedMinor",
           coalesce(sum(balance_minor) filter (where balance_minor > 0), 0)::bigint "owingMinor", sum(held_minor)::bigint "heldMinor"
      from client_accounts where chain_id = ${chainId} group by currency order by currency`.execute(q);
  return rows;
}
