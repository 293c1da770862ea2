import { foldText } from '@holdfast/contract/fold-text';
import type { ReceiptContent, ReceiptKind } from '@holdfast/contract/receipts';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { triedAgainAt } from '../payments/put-aside.ts';

/** Locations where documents are due. */
export async function locationsWithDue(
  q: Queryable,
  at: Date,
  limit: number,
): Promise<readonly { readonly chainId: string; readonly locationId: string }[]> {
  const { rows } = await sql<{ chainId: string; locationId: string }>`
    select chain_id "chainId", location_id "locationId" from receipts_due where try_at is null or try_at <= ${at} group by 1, 2 limit ${limit}`.execute(
    q,
  );
  return rows;
}

/** Nobody else issues anything at this location for the rest of the transaction: documents follow each other in the order of what they are about. */
export async function lockIssuing(tx: Tx, { chainId, locationId }: Scope): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`receipts/${chainId}/${locationId}`}, 0))`.execute(tx);
}

/** In order, without what is put aside. */
export async function dueEntries(tx: Tx, { chainId, locationId }: Scope, at: Date, limit: number): Promise<readonly { readonly entryId: string }[]> {
  const { rows } = await sql<{ entryId: string }>`
    select entry_id "entryId" from receipts_due where chain_id = ${chainId} and location_id = ${locationId} and (try_at is null or try_at <= ${at})
     order by noted_no limit ${limit}`.execute(tx);
  return rows;
}

/** Answers how often it had failed. */
export async function noMoreDue(tx: Tx, { chainId }: Scope, entryId: string): Promise<number> {
  const { rows } = await sql<{
    tries: number;
  }>`delete from receipts_due where chain_id = ${chainId} and entry_id = ${entryId} returning tries`.execute(tx);
  return rows[0]?.tries ?? 0;
}

/** It has failed once more, and waits; undefined: somebody else has issued it. */
export async function noteTry(tx: Tx, { chainId }: Scope, entryId: string, at: Date): Promise<number | undefined> {
  const { rows } = await sql<{ tries: number }>`
    select tries from receipts_due where chain_id = ${chainId} and entry_id = ${entryId} for update`.execute(tx);
  const [row] = rows;
  if (!row) return undefined;
  const tries = Math.min(row.tries + 1, 30_000);
  await sql`update receipts_due set tries = ${tries}, try_at = ${triedAgainAt(at, tries)} where chain_id = ${chainId} and entry_id = ${entryId}`.execute(
    tx,
  );
  return tries;
}

/** The next number of a series. Its row stays locked until the document is written, or nothing happened at all: that is why there are no gaps. */
export async function nextNumber(tx: Tx, { chainId, locationId }: Scope, series: string, year: number): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    insert into receipt_series as s (chain_id, location_id, series, year, last_number) values (${chainId}, ${locationId}, ${series}, ${year}, 1)
    on conflict on constraint receipt_series_pk do update set last_number = s.last_number + 1 returning last_number number`.execute(tx);
  return rows[0]?.number ?? 0;
}

export interface NewReceipt {
  readonly id: string;
  readonly kind: ReceiptKind;
  readonly series: string;
  readonly year: number;
  readonly number: number;
  readonly name: string;
  readonly entryId: string;
  readonly ofReceipt: string | null;
  readonly clientId: string | null;
  readonly clientName: string | null;
  readonly purposeId: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly happenedAt: Date;
  readonly issuedAt: Date;
  readonly language: string;
  readonly content: ReceiptContent;
}

export async function insertReceipt(tx: Tx, { chainId, locationId }: Scope, one: NewReceipt): Promise<void> {
  await sql`
    insert into receipts (chain_id, receipt_id, location_id, kind, series, year, number, name, entry_id, of_receipt, client_id, client_name, search, purpose_id, amount_minor,
                          currency, happened_at, issued_at, language, content)
    values (${chainId}, ${one.id}, ${locationId}, ${one.kind}, ${one.series}, ${one.year}, ${one.number}, ${one.name}, ${one.entryId}, ${one.ofReceipt},
            ${one.clientId}, ${one.clientName}, ${foldText(one.clientName ?? '')}, ${one.purposeId}, ${one.amountMinor}, ${one.currency}, ${one.happenedAt}, ${one.issuedAt}, ${one.language},
            ${JSON.stringify(one.content)}::jsonb)`.execute(tx);
}

/** How money is called that went through this account. */
export async function paidByOf(q: Queryable, { chainId }: Scope, account: { kind: string; owner: string } | undefined): Promise<string> {
  if (!account) return 'account';
  if (account.kind === 'register') return account.owner === 'main' ? 'cash' : 'card';
  const { rows } = await sql<{ provider: string }>`
    select provider from provider_connections where chain_id = ${chainId} and connection_id = ${account.owner}`.execute(q);
  return rows[0]?.provider ?? 'online';
}

export interface Issuer {
  readonly timeZone: string;
  readonly language: string;
  readonly location: { readonly name: string; readonly address: string; readonly phone: string };
  readonly company: {
    readonly legalName: string;
    readonly registrationNumber: string;
    readonly taxNumber: string;
    readonly legalAddress: string;
  } | null;
  readonly receiptSeries: string;
  readonly creditNoteSeries: string;
  readonly namesClient: boolean;
  readonly footer: string;
}

/** Who issues, as they are called now. */
export async function issuerAt(q: Queryable, { chainId, locationId }: Scope): Promise<Issuer | undefined> {
  const { rows } = await sql<Issuer>`
    select l.time_zone "timeZone", l.default_language language, jsonb_build_object('name', l.name, 'address', l.address, 'phone', l.phone) location,
           case when c.legal_name is not null then jsonb_build_object('legalName', c.legal_name, 'registrationNumber', c.registration_number,
             'taxNumber', c.tax_number, 'legalAddress', c.legal_address) end company,
           coalesce(s.receipt_series, 'R') "receiptSeries", coalesce(s.credit_note_series, 'CN') "creditNoteSeries", coalesce(s.names_client, true) "namesClient",
           coalesce(s.footer, '') footer
      from locations l left join company_details c on c.chain_id = l.chain_id and c.location_id = l.location_id
      left join receipt_settings s on s.chain_id = l.chain_id and s.location_id = l.location_id
     where l.chain_id = ${chainId} and l.location_id = ${locationId}`.execute(q);
  return rows[0];
}
