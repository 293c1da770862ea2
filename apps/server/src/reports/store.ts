import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { allRegistersOf } from '../finance/read-registers.ts';
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
export async function moneyPlaces(q: Queryable, scope: Scope): Promise<readonly KnownPlace[]> {
  const registers = await allRegistersOf(q, scope);
  const { rows } = await sql<{ accountId: string; name: string }>`
    select a.account_id "accountId", coalesce(nullif(c.label, ''), c.provider, a.owner_id) as name
      from ledger_accounts a left join provider_connections c on c.chain_id = a.chain_id and c.connection_id = a.owner_id
     where a.chain_id = ${scope.chainId} and a.location_id = ${scope.locationId} and a.kind = 'clearing' order by 2, a.account_id`.execute(q);
  return [
    ...registers.map(({ id, name, kind }) => ({ accountId: id, name, kind })),
    ...rows.map(({ accountId, name }) => ({ accountId, name, kind: 'clearing' as const })),
  ];
}

export interface VisitsOfDay {
  readonly status: string;
  readonly n: number;
  readonly costMinor: bigint;
}

/** The visits of a period by status, with what they cost. */
export async function visitsBetween(q: Queryable, { chainId, locationId }: Scope, from: Date, until: Date): Promise<readonly VisitsOfDay[]> {
  const { rows } = await sql<VisitsOfDay>`
    select status, count(*)::int n, sum(cost_minor)::bigint "costMinor" from appointments
     where chain_id = ${chainId} and location_id = ${locationId} and starts_at >= ${from} and starts_at < ${until} group by status`.execute(q);
  return rows;
}

/** What the location's own payment items are called; standard ones have words on the screens. */
export async function itemNames(q: Queryable, { chainId, locationId }: Scope): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select item_id id, name from payment_items where chain_id = ${chainId} and location_id = ${locationId}`.execute(q);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** By how much registers and providers grew, day by day. */
export async function netByDay(
  q: Queryable,
  { chainId, locationId }: Scope,
  { from, until }: { from: Date; until: Date },
  timeZone: string,
): Promise<readonly { day: string; currency: string; valueMinor: bigint }[]> {
  const { rows } = await sql<{ day: string; currency: string; valueMinor: bigint }>`
    select (p.happened_at at time zone ${timeZone})::date::text as day, p.currency,
           sum(case when t.kind in ('register', 'clearing') then p.amount_minor else 0 end
               - case when f.kind in ('register', 'clearing') then p.amount_minor else 0 end)::bigint "valueMinor"
      from ledger_postings p join ledger_accounts f on f.chain_id = p.chain_id and f.account_id = p.from_account_id
      join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
     where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.happened_at >= ${from} and p.happened_at < ${until}
       and (f.kind in ('register', 'clearing')) <> (t.kind in ('register', 'clearing'))
     group by 1, 2 order by 1, 2`.execute(q);
  return rows;
}
