import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Question } from '../kit/ask-together.ts';
import type { Queryable } from '../kit/database.ts';
import type { KnownPlace } from './money-figures.ts';

export interface LocationFacts {
  readonly timeZone: string;
  readonly currency: string;
}

export async function factsOfLocation(q: Queryable, { chainId, locationId }: Scope): Promise<LocationFacts> {
  const { rows } = await sql<LocationFacts>`
    select time_zone "timeZone", currency from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(q);
  return rows[0] ?? { timeZone: 'UTC', currency: 'EUR' };
}

/** The registers in their order, and what each provider connection is called. */
export function moneyPlaces({ chainId, locationId }: Scope): Question<KnownPlace> {
  return {
    select: sql`
    select r.account_id "accountId", coalesce(nullif(r.name, ''), a.owner_id) as name, r.kind, r.archived_at is not null archived, r.position, '' by_name
      from cash_registers r join ledger_accounts a on a.chain_id = r.chain_id and a.account_id = r.account_id
     where r.chain_id = ${chainId} and r.location_id = ${locationId}
    union all
    select a.account_id, coalesce(nullif(c.label, ''), c.provider, a.owner_id), a.kind, null, null, coalesce(nullif(c.label, ''), c.provider, a.owner_id)
      from ledger_accounts a left join provider_connections c on c.chain_id = a.chain_id and c.connection_id = a.owner_id
     where a.chain_id = ${chainId} and a.location_id = ${locationId} and a.kind in ('clearing', 'disputed')
     order by archived nulls last, position, by_name, "accountId"`,
    read: ({ accountId, name, kind }: KnownPlace) => ({ accountId, name, kind }),
  };
}

export interface VisitsOfDay {
  readonly status: string;
  readonly n: number;
  readonly costMinor: bigint;
}

/** The visits of a period by status, with what they cost. */
export function visitsBetween({ chainId, locationId }: Scope, from: Date, until: Date): Question<VisitsOfDay> {
  return {
    select: sql`
    select status, count(*)::int n, sum(cost_minor)::bigint::text cost from appointments
     where chain_id = ${chainId} and location_id = ${locationId} and starts_at >= ${from} and starts_at < ${until} group by status`,
    read: ({ status, n, cost }: { status: string; n: number; cost: string }) => ({ status, n, costMinor: BigInt(cost) }),
  };
}

/** What the location's own payment items are called; standard ones have words on the screens. */
export function itemNames({ chainId, locationId }: Scope): Question<readonly [id: string, name: string]> {
  return {
    select: sql`select item_id id, name from payment_items where chain_id = ${chainId} and location_id = ${locationId}`,
    read: ({ id, name }: { id: string; name: string }) => [id, name],
  };
}

export interface ValueOfDay {
  readonly day: string;
  readonly currency: string;
  readonly valueMinor: bigint;
}

export function valueOfDay({ day, currency, value }: { day: string; currency: string; value: string }): ValueOfDay {
  return { day, currency, valueMinor: BigInt(value) };
}

/** By how much registers and providers grew, day by day. */
export function netByDay({ chainId, locationId }: Scope, { from, until }: { from: Date; until: Date }, timeZone: string): Question<ValueOfDay> {
  const ours = sql`(select account_id from ledger_accounts where chain_id = ${chainId} and location_id = ${locationId} and kind in ('register', 'clearing', 'disputed'))`;
  return {
    select: sql`
    select (p.happened_at at time zone ${timeZone})::date::text as day, p.currency,
           sum(case when p.to_account_id in ${ours} then p.amount_minor else -p.amount_minor end)::bigint::text as value
      from ledger_postings p
     where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.happened_at >= ${from} and p.happened_at < ${until}
       and (p.from_account_id in ${ours}) <> (p.to_account_id in ${ours})
     group by 1, 2 order by 1, 2`,
    read: valueOfDay,
  };
}
