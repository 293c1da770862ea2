import { toJsonAmount } from '@holdfast/contract/money';
import type { Operation } from '@holdfast/contract/operations';
import type { MoneyPlace, Transaction, TransactionFilter, TransactionPage } from '@holdfast/contract/transactions';
import { type RawBuilder, sql } from 'kysely';
import type { Place } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import { askedFor } from './transaction-sql.ts';

interface Row {
  readonly entry_id: string;
  readonly posting_no: number;
  readonly operation: Operation;
  readonly item_id: string | null;
  readonly item_name: string | null;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly from_kind: MoneyPlace['kind'];
  readonly from_id: string | null;
  readonly from_name: string;
  readonly to_kind: MoneyPlace['kind'];
  readonly to_id: string | null;
  readonly to_name: string;
  readonly happened_at: Date;
  readonly recorded_at: Date;
  readonly by_name: string | null;
  readonly comment: string | null;
  readonly counterparty: string | null;
  readonly memo: string;
  readonly client_id: string | null;
  readonly client_name: string | null;
  readonly staff_id: string | null;
  readonly staff_name: string | null;
  readonly appointment_id: string | null;
  readonly attempt_id: string | null;
  readonly provider: string | null;
  readonly label: string | null;
  readonly reversed_by: string | null;
  readonly reverses: string | null;
  readonly written: Transaction['written'];
}

const KEY = sql`p.happened_at desc, p.entry_id desc, p.posting_no desc`;

/** One page, newest first. What comes meanwhile moves nothing: the next page goes on from the last line of this one, wherever that stands. */
export async function readTransactions(
  q: Queryable,
  place: Place,
  filter: TransactionFilter,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<TransactionPage> {
  const asked = await askedFor(q, place.scope, filter);
  const [entryId = '', postingNo = ''] = after?.split('.') ?? [];
  let from = sql``;
  if (after !== undefined) {
    const { rows } = await sql<{ at: string }>`
      select happened_at::text at from ledger_postings
       where chain_id = ${place.scope.chainId} and location_id = ${place.scope.locationId} and entry_id = ${entryId} and posting_no::text = ${postingNo}`.execute(
      q,
    );
    if (!rows[0]) return { transactions: [], next: null };
    from = sql` and (p.happened_at, p.entry_id, p.posting_no) < (${rows[0].at}::timestamptz, ${entryId}, ${Number(postingNo)}::smallint)`;
  }
  const lines = await decorate(q, place, sql`select p.* ${asked.postings}${from} order by ${KEY} limit ${limit + 1}`);
  const page = lines.slice(0, limit);
  return { transactions: page, next: lines.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** All that the filter asks for, page after page. */
export async function* walkTransactions(q: Queryable, place: Place, filter: TransactionFilter): AsyncGenerator<readonly Transaction[]> {
  let after: string | undefined;
  do {
    const page = await readTransactions(q, place, filter, { after, limit: 500 });
    if (page.transactions.length > 0) yield page.transactions;
    after = page.next ?? undefined;
  } while (after);
}

/** The lines of one entry. Empty: there is no such entry here. */
export async function linesOfEntry(q: Queryable, place: Place, entryId: string): Promise<readonly Transaction[]> {
  const { chainId, locationId } = place.scope;
  const lines = await decorate(
    q,
    place,
    sql`select p.* from ledger_postings p where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.entry_id = ${entryId}`,
  );
  return lines.toReversed();
}

/** With everything a person wants to know about a few postings. What is only a name is looked up beside it: the fewer joins, the sooner they are planned. */
async function decorate(q: Queryable, place: Place, postings: RawBuilder<unknown>): Promise<readonly Transaction[]> {
  const { rows } = await sql<Row>`
    with p as materialized (${postings})
    select p.entry_id, p.posting_no, p.operation, p.item_id,
           (select i.name from payment_items i where i.chain_id = p.chain_id and i.location_id = p.location_id and i.item_id = p.item_id) item_name, p.amount_minor, p.currency, p.happened_at, e.recorded_at, e.by_name, e.memo,
           f.kind from_kind, ${placeId(sql`f`)} from_id, ${placeName(sql`f`)} from_name,
           t.kind to_kind, ${placeId(sql`t`)} to_id, ${placeName(sql`t`)} to_name,
           m.comment, m.counterparty, case when m.kind = e.cause_kind then m.kind end written,
           c.client_id, c.name client_name, coalesce(m.staff_id, a.staff_id) staff_id,
           (select s.name from staff s where s.chain_id = p.chain_id and s.location_id = p.location_id and s.staff_id = coalesce(m.staff_id, a.staff_id)) staff_name, a.appointment_id, att.attempt_id, ac.provider, ac.label,
           (select r.entry_id from ledger_entries r where r.chain_id = e.chain_id and r.reverses_entry_id = e.entry_id) reversed_by, e.reverses_entry_id reverses
      from p
      join ledger_entries e on e.chain_id = p.chain_id and e.entry_id = p.entry_id
      join ledger_accounts f on f.chain_id = p.chain_id and f.account_id = p.from_account_id
      join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
      left join appointments a on p.purpose_kind in ('appointment', 'visit') and a.chain_id = p.chain_id and a.appointment_id = p.purpose_id
      left join bookings b on p.purpose_kind = 'booking' and b.chain_id = p.chain_id and b.booking_id = p.purpose_id
      left join manual_entries m on p.purpose_kind = 'manual_entry' and m.chain_id = p.chain_id and m.manual_entry_id = p.purpose_id
      left join memberships ms on p.purpose_kind = 'membership' and ms.chain_id = p.chain_id and ms.membership_id = p.purpose_id
      left join clients known on known.chain_id = p.chain_id and known.client_id = coalesce(m.client_id, a.client_id, b.client_id, ms.client_id,
             case when t.kind = 'client' then split_part(t.owner_id, '/', 1) when f.kind = 'client' then split_part(f.owner_id, '/', 1) end)
      left join clients c on c.chain_id = p.chain_id and c.client_id = coalesce(known.merged_into, known.client_id)
      left join payment_attempts att on e.cause_kind in ('payment_captured', 'payment_captured_more', 'provider_refund', 'dispute_moved', 'dispute_lost', 'dispute_lost_undone')
             and att.chain_id = e.chain_id and att.attempt_id = split_part(e.cause_id, ':', 1)
      left join provider_connections ac on ac.chain_id = att.chain_id and ac.connection_id = att.connection_id
     order by ${KEY}`.execute(q);
  return rows.map((row) => shown(row, place.rights.has('clients.see')));
}

function placeId(account: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case ${account}.kind when 'register' then ${account}.account_id when 'clearing' then ${account}.owner_id when 'disputed' then ${account}.owner_id end`;
}

function placeName(account: RawBuilder<unknown>): RawBuilder<unknown> {
  const of = (table: string, name: string, id: string) =>
    sql`(select nullif(n.${sql.ref(name)}, '') from ${sql.table(table)} n where n.chain_id = ${account}.chain_id and n.${sql.ref(id)} = ${account}.`;
  return sql`coalesce(case ${account}.kind when 'register' then coalesce(${of('cash_registers', 'name', 'account_id')}account_id), ${account}.owner_id)
                                           when 'clearing' then ${of('provider_connections', 'label', 'connection_id')}owner_id)
                                           when 'disputed' then ${of('provider_connections', 'label', 'connection_id')}owner_id)
                                           when 'between' then ${of('locations', 'name', 'location_id')}owner_id) end, '')`;
}

function shown(row: Row, seesClients: boolean): Transaction {
  const places = [
    { kind: row.from_kind, id: row.from_id, name: row.from_name },
    { kind: row.to_kind, id: row.to_id, name: row.to_name },
  ] as const;
  // what we owe moves the other way: money spent from an account leaves the account, while the books lessen a debt there
  const [from, to] = isOurs(row.from_kind) || isOurs(row.to_kind) ? places : [places[1], places[0]];
  return {
    id: `${row.entry_id}.${row.posting_no}`,
    entryId: row.entry_id,
    operation: row.operation,
    itemId: row.item_id,
    itemName: row.item_name,
    direction: directionOf(row.from_kind, row.to_kind),
    amountMinor: toJsonAmount(row.amount_minor),
    currency: row.currency,
    from,
    to,
    happenedAt: row.happened_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    by: row.by_name,
    comment: row.comment ?? '',
    counterparty: row.counterparty ?? '',
    reference: row.memo,
    client: seesClients && row.client_id !== null ? { id: row.client_id, name: row.client_name ?? '' } : null,
    staff: row.staff_id === null ? null : { id: row.staff_id, name: row.staff_name ?? '' },
    appointmentId: row.appointment_id,
    payment: row.attempt_id === null ? null : { attemptId: row.attempt_id, provider: row.provider ?? '', label: row.label ?? '' },
    reversedBy: row.reversed_by,
    reverses: row.reverses,
    written: row.written,
  };
}

/** As the salon sees it: money that it has comes, goes, or only changes its place. */
function directionOf(from: MoneyPlace['kind'], to: MoneyPlace['kind']): Transaction['direction'] {
  if (isOurs(from) === isOurs(to)) return 'within';
  return isOurs(to) ? 'in' : 'out';
}

function isOurs(kind: MoneyPlace['kind']): boolean {
  return kind === 'register' || kind === 'clearing' || kind === 'disputed';
}
