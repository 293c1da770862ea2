import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';

export type ManualKind = 'manual' | 'transfer' | 'opening';

export interface ManualFacts {
  readonly kind: ManualKind;
  readonly key: string;
  readonly clientId: string | null;
  readonly staffId: string | null;
  readonly counterparty: string;
  readonly comment: string;
  /** The one in whose place it stands. */
  readonly replacesId: string | null;
}

/** False: something was written down with this key before. */
export async function insertManualEntry(tx: Tx, { chainId, locationId }: Scope, id: string, facts: ManualFacts): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into manual_entries (chain_id, location_id, manual_entry_id, kind, key, client_id, staff_id, counterparty, comment, replaces_id)
    values (${chainId}, ${locationId}, ${id}, ${facts.kind}, ${facts.key}, ${facts.clientId}, ${facts.staffId}, ${facts.counterparty}, ${facts.comment},
            ${facts.replacesId})
    on conflict on constraint manual_entries_once do nothing`.execute(tx);
  return numAffectedRows === 1n;
}

export interface WrittenEntry {
  readonly id: string;
  readonly kind: ManualKind;
  readonly entryId: string;
  readonly from: string;
  readonly to: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly itemId: string | null;
  readonly happenedAt: Date;
  readonly replacesId: string | null;
  readonly reversed: boolean;
}

const columns = sql`
  m.manual_entry_id id, m.kind, e.entry_id "entryId", p.from_account_id "from", p.to_account_id "to", p.amount_minor "amountMinor", p.currency, p.item_id "itemId",
  e.happened_at "happenedAt", m.replaces_id "replacesId",
  exists (select 1 from ledger_entries r where r.chain_id = e.chain_id and r.reverses_entry_id = e.entry_id) reversed`;
const joined = sql`
  manual_entries m join ledger_entries e on e.chain_id = m.chain_id and e.cause_kind = m.kind and e.cause_id = m.manual_entry_id
  join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id and p.posting_no = 0`;

/** What this try of a screen has become; undefined: nothing yet. */
export async function writtenByKey(q: Queryable, { chainId, locationId }: Scope, key: string): Promise<WrittenEntry | undefined> {
  const { rows } = await sql<WrittenEntry>`
    select ${columns} from ${joined} where m.chain_id = ${chainId} and m.location_id = ${locationId} and m.key = ${key}`.execute(q);
  return rows[0];
}

/** Nobody else undoes or changes it for the rest of the transaction. */
export async function lockWritten(tx: Tx, { chainId, locationId }: Scope, id: string): Promise<WrittenEntry | undefined> {
  await sql`select 1 from manual_entries where chain_id = ${chainId} and location_id = ${locationId} and manual_entry_id = ${id} for update`.execute(
    tx,
  );
  const { rows } = await sql<WrittenEntry>`
    select ${columns} from ${joined} where m.chain_id = ${chainId} and m.location_id = ${locationId} and m.manual_entry_id = ${id}`.execute(tx);
  return rows[0];
}

/** The id of what was written down by hand in this entry; undefined: it was not. */
export async function writtenInEntry(q: Queryable, { chainId, locationId }: Scope, entryId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select m.manual_entry_id id from ledger_entries e
      join manual_entries m on m.chain_id = e.chain_id and m.manual_entry_id = e.cause_id and m.kind = e.cause_kind
     where e.chain_id = ${chainId} and e.location_id = ${locationId} and e.entry_id = ${entryId}`.execute(q);
  return rows[0]?.id;
}

export async function balancesOf(q: Queryable, chainId: string, accountIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ id: string; balance: bigint }>`
    select account_id id, balance_minor balance from ledger_accounts where chain_id = ${chainId} and account_id = any(${[...accountIds]})`.execute(q);
  return new Map(rows.map(({ id, balance }) => [id, balance]));
}

/** Clients who were merged into another one are that one; undefined: there is no such client. */
export async function knownClient(q: Queryable, chainId: string, clientId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select coalesce(merged_into, client_id) id from clients where chain_id = ${chainId} and client_id = ${clientId} and erased_at is null`.execute(q);
  return rows[0]?.id;
}

export async function knownStaff(q: Queryable, { chainId, locationId }: Scope, staffId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from staff where chain_id = ${chainId} and location_id = ${locationId} and staff_id = ${staffId}`.execute(q);
  return rows.length === 1;
}

/** Is it said already what was in this register before? */
export async function hasOpening(q: Queryable, { chainId, locationId }: Scope, registerId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ledger_postings p join ledger_entries e on e.chain_id = p.chain_id and e.entry_id = p.entry_id
     where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.operation = 'opening' and p.to_account_id = ${registerId} and e.reverses_entry_id is null
       and not exists (select 1 from ledger_entries r where r.chain_id = e.chain_id and r.reverses_entry_id = e.entry_id)`.execute(q);
  return rows.length > 0;
}

/** Those of these accounts that are registers. */
export async function registersAmong(q: Queryable, { chainId, locationId }: Scope, accountIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select account_id id from cash_registers where chain_id = ${chainId} and location_id = ${locationId} and account_id = any(${[...accountIds]})`.execute(
    q,
  );
  return rows.map(({ id }) => id);
}

/** One at a time says what was in a register before. */
export async function lockRegisterForOpening(tx: Tx, { chainId, locationId }: Scope, registerId: string): Promise<void> {
  await sql`
    select 1 from cash_registers where chain_id = ${chainId} and location_id = ${locationId} and account_id = ${registerId} for no key update`.execute(
    tx,
  );
}
