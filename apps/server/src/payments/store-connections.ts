import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { PaymentMethod } from './purposes.ts';
import type { ConnectionRow } from './store.ts';

/** A connection as people see it. */
export interface ConnectionFacts {
  readonly connectionId: string;
  readonly version: number;
  readonly provider: string;
  readonly label: string;
  readonly sandbox: boolean;
  readonly hints: Readonly<Record<string, string>>;
  readonly account: string | null;
  readonly registerId: string;
  readonly madeAt: Date;
  readonly testedAt: Date | null;
  readonly archivedAt: Date | null;
  readonly endsAt: Date | null;
  readonly refusedAt: Date | null;
  readonly refusedWhy: string | null;
  readonly underWay: number;
  readonly arrivedAt: ReadonlyMap<string, Date>;
}

interface StoredConnection {
  connection_id: string;
  version: number;
  provider: string;
  label: string;
  sandbox: boolean;
  credential_hints: Record<string, string>;
  account: string | null;
  register_account_id: string;
  created_at: Date;
  tested_at: Date | null;
  archived_at: Date | null;
  ends_at: Date | null;
  refused_at: Date | null;
  refused_why: string | null;
  under_way: number;
}

/** All of a location's connections, the present ones first. */
export async function connectionsHere(q: Queryable, { chainId, locationId }: Scope): Promise<readonly ConnectionFacts[]> {
  const { rows } = await sql<StoredConnection>`
    select c.*, (select count(*)::int from payment_attempts a where a.chain_id = c.chain_id and a.connection_id = c.connection_id
                    and a.status in ('intended', 'open', 'processing')) under_way
      from provider_connections c where c.chain_id = ${chainId} and c.location_id = ${locationId}
     order by c.archived_at nulls first, c.created_at, c.connection_id`.execute(q);
  return Promise.all(
    rows.map(async (row) => ({
      connectionId: row.connection_id,
      version: row.version,
      provider: row.provider,
      label: row.label,
      sandbox: row.sandbox,
      hints: row.credential_hints,
      account: row.account,
      registerId: row.register_account_id,
      madeAt: row.created_at,
      testedAt: row.tested_at,
      archivedAt: row.archived_at,
      endsAt: row.ends_at,
      refusedAt: row.refused_at,
      refusedWhy: row.refused_why,
      underWay: row.under_way,
      arrivedAt: await eventsArrived(q, chainId, row.connection_id),
    })),
  );
}

/** Which types of events have arrived, and when last. Hops from type to type, however many events there are. */
async function eventsArrived(q: Queryable, chainId: string, connectionId: string): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ event_type: string; arrived_at: Date }>`
    with recursive types as (
      (select event_type from webhook_inbox where chain_id = ${chainId} and connection_id = ${connectionId} order by event_type limit 1)
      union all
      select (select w.event_type from webhook_inbox w where w.chain_id = ${chainId} and w.connection_id = ${connectionId} and w.event_type > t.event_type
               order by w.event_type limit 1) from types t where t.event_type is not null)
    select t.event_type, (select max(w.received_at) from webhook_inbox w
        where w.chain_id = ${chainId} and w.connection_id = ${connectionId} and w.event_type = t.event_type) arrived_at
      from types t where t.event_type is not null limit 50`.execute(q);
  return new Map(rows.map((row) => [row.event_type, row.arrived_at]));
}

export interface MethodFacts {
  readonly method: PaymentMethod;
  readonly enabled: boolean;
  readonly connectionId: string | null;
  readonly version: number;
}

export async function methodsHere(q: Queryable, { chainId, locationId }: Scope): Promise<readonly MethodFacts[]> {
  const { rows } = await sql<{ method: PaymentMethod; enabled: boolean; connection_id: string | null; version: number }>`
    select method, enabled, connection_id, version from payment_methods where chain_id = ${chainId} and location_id = ${locationId}`.execute(q);
  return rows.map((row) => ({ method: row.method, enabled: row.enabled, connectionId: row.connection_id, version: row.version }));
}

export interface PlaceFacts {
  readonly currency: string;
  readonly timeZone: string;
  readonly companyDetails: boolean;
}

export async function factsOfPlace(q: Queryable, { chainId, locationId }: Scope): Promise<PlaceFacts | undefined> {
  const { rows } = await sql<{ currency: string; time_zone: string; company: boolean }>`
    select l.currency, l.time_zone, exists (select 1 from company_details d where d.chain_id = l.chain_id and d.location_id = l.location_id) company
      from locations l where l.chain_id = ${chainId} and l.location_id = ${locationId}`.execute(q);
  const [row] = rows;
  return row && { currency: row.currency, timeZone: row.time_zone, companyDetails: row.company };
}

/** The registers a provider may pay out to: those of the location's currency, in their order. */
export async function registersHere(
  q: Queryable,
  { chainId, locationId }: Scope,
  currency: string,
): Promise<readonly { id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select a.account_id id, coalesce(nullif(r.name, ''), a.owner_id) name
      from cash_registers r join ledger_accounts a on a.chain_id = r.chain_id and a.account_id = r.account_id
     where r.chain_id = ${chainId} and r.location_id = ${locationId} and r.archived_at is null and a.currency = ${currency}
     order by r.position, a.account_id`.execute(q);
  return rows;
}

/** What a change of a connection is decided on. */
export interface ConnectionState extends ConnectionRow {
  readonly version: number;
  readonly label: string;
  readonly registerId: string;
  readonly hints: Readonly<Record<string, string>>;
  readonly accountId: string | null;
  readonly archived: boolean;
}

interface StoredState {
  provider: string;
  sandbox: boolean;
  credentials: Uint8Array;
  version: number;
  label: string;
  register_account_id: string;
  credential_hints: Record<string, string>;
  account_id: string | null;
  archived_at: Date | null;
}

/** Undefined: no such connection at this location. */
export async function connectionHere(q: Queryable, scope: Scope, connectionId: string): Promise<ConnectionState | undefined> {
  const { rows } = await sql<StoredState>`
    select * from provider_connections
     where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and connection_id = ${connectionId}`.execute(q);
  return rows[0] && stateOf(rows[0], scope, connectionId);
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockConnection(tx: Tx, scope: Scope, connectionId: string): Promise<ConnectionState | undefined> {
  const { rows } = await sql<StoredState>`
    select * from provider_connections
     where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and connection_id = ${connectionId} for update`.execute(tx);
  return rows[0] && stateOf(rows[0], scope, connectionId);
}

function stateOf(row: StoredState, { chainId, locationId }: Scope, connectionId: string): ConnectionState {
  return {
    chainId,
    locationId,
    connectionId,
    provider: row.provider,
    sandbox: row.sandbox,
    credentials: row.credentials,
    version: row.version,
    label: row.label,
    registerId: row.register_account_id,
    hints: row.credential_hints,
    accountId: row.account_id,
    archived: row.archived_at !== null,
  };
}

export async function paymentsOf(q: Queryable, { chainId, connectionId }: ConnectionRow): Promise<{ ever: boolean; underWay: number }> {
  const { rows } = await sql<{ ever: boolean; under_way: number }>`
    select exists (select 1 from payment_attempts where chain_id = ${chainId} and connection_id = ${connectionId}) ever,
           (select count(*)::int from payment_attempts where chain_id = ${chainId} and connection_id = ${connectionId}
               and status in ('intended', 'open', 'processing')) under_way`.execute(q);
  return { ever: rows[0]?.ever ?? false, underWay: rows[0]?.under_way ?? 0 };
}
