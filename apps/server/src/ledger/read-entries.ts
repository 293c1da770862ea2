import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { BookEntry, BookPosting } from './entry-text.ts';

/** An entry as it stands in the database, and its seal if it has one. */
export interface ReadEntry {
  readonly seq: bigint | null;
  readonly hash: string | null;
  readonly entry: BookEntry;
}

interface Row {
  seq: bigint | null;
  hash: string | null;
  entry_id: string;
  chain_id: string;
  location_id: string;
  cause_kind: string;
  cause_id: string;
  happened_at: string;
  recorded_at: string;
  memo: string;
  by_id: string | null;
  by_name: string | null;
  reverses: string | null;
  posting_no: number | null;
  from_id: string;
  from_kind: string;
  from_owner: string;
  from_currency: string;
  to_id: string;
  to_kind: string;
  to_owner: string;
  to_currency: string;
  amount: string;
  currency: string;
  operation: string;
  item_id: string | null;
  purpose_kind: string | null;
  purpose_id: string | null;
  posting_location: string | null;
  posting_happened_at: string | null;
}

/**
 * Reads whole entries for sealing, exporting and checking: all three see them through this one query. `wanted` names them: a query with the columns
 * entry_id, seq, hash (bytea). They come in the order of seq, then of their ids.
 */
export async function readEntries(q: Queryable, chainId: string, wanted: RawBuilder<unknown>): Promise<readonly ReadEntry[]> {
  const exact = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  const { rows } = await sql<Row>`
    with wanted as materialized (${wanted})
    select w.seq, encode(w.hash, 'hex') hash, e.entry_id, e.chain_id, e.location_id, e.cause_kind, e.cause_id, e.memo, e.by_id, e.by_name,
           ${exact('e.happened_at')} happened_at, ${exact('e.recorded_at')} recorded_at, e.reverses_entry_id reverses,
           p.posting_no, p.amount_minor::text amount, p.currency, p.operation, p.item_id, p.purpose_kind, p.purpose_id,
           f.account_id from_id, f.kind from_kind, f.owner_id from_owner, f.currency from_currency,
           t.account_id to_id, t.kind to_kind, t.owner_id to_owner, t.currency to_currency,
           case when p.location_id <> e.location_id then p.location_id end posting_location,
           case when p.happened_at <> e.happened_at then ${exact('p.happened_at')} end posting_happened_at
      from wanted w
      join ledger_entries e on e.chain_id = ${chainId} and e.entry_id = w.entry_id
      left join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id
      left join ledger_accounts f on f.chain_id = p.chain_id and f.account_id = p.from_account_id
      left join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
     order by w.seq, w.entry_id, p.posting_no`.execute(q);
  const read: (ReadEntry & { entry: { postings: BookPosting[] } })[] = [];
  for (const row of rows) {
    let one = read.at(-1);
    if (one?.entry.entry !== row.entry_id) {
      one = { seq: row.seq, hash: row.hash, entry: { ...entryOf(row), postings: [] } };
      read.push(one);
    }
    if (row.posting_no !== null) one.entry.postings.push(postingOf(row, row.posting_no));
  }
  return read;
}

function entryOf(row: Row): Omit<BookEntry, 'postings'> {
  return {
    entry: row.entry_id,
    chain: row.chain_id,
    location: row.location_id,
    cause: [row.cause_kind, row.cause_id],
    happenedAt: row.happened_at,
    recordedAt: row.recorded_at,
    memo: row.memo,
    by: row.by_id === null && row.by_name === null ? null : [row.by_id, row.by_name],
    reverses: row.reverses,
  };
}

function postingOf(row: Row, no: number): BookPosting {
  return {
    no,
    from: [row.from_id, row.from_kind, row.from_owner, row.from_currency],
    to: [row.to_id, row.to_kind, row.to_owner, row.to_currency],
    amount: row.amount,
    currency: row.currency,
    operation: row.operation,
    item: row.item_id,
    purpose: row.purpose_kind === null || row.purpose_id === null ? null : [row.purpose_kind, row.purpose_id],
    ...(row.posting_location === null ? {} : { location: row.posting_location }),
    ...(row.posting_happened_at === null ? {} : { happenedAt: row.posting_happened_at }),
  };
}
