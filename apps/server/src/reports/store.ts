import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { registersOf } from '../finance/read-registers.ts';
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
  const registers = await registersOf(q, scope);
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
