import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface ReceiptFault {
  readonly about: string;
  readonly says: string;
}

/** Numbers without gaps, each series as far as its counter, and a document for every entry at which money came. Reads everything: for the audit. */
export async function checkReceipts(q: Queryable): Promise<readonly ReceiptFault[]> {
  const { rows } = await sql<ReceiptFault>`
    select s.location_id || ' ' || s.series || '-' || s.year about, 'numbered to ' || s.last_number || ', but there are ' || count(r.receipt_id) || ' documents' says
      from receipt_series s left join receipts r on r.chain_id = s.chain_id and r.location_id = s.location_id and r.series = s.series and r.year = s.year
     group by s.chain_id, s.location_id, s.series, s.year, s.last_number having count(r.receipt_id) <> s.last_number or coalesce(max(r.number), 0) <> s.last_number
    union all
    select p.entry_id, 'money came, and no receipt was issued or is due' from ledger_postings p
      join ledger_entries e on e.chain_id = p.chain_id and e.entry_id = p.entry_id and e.reverses_entry_id is null
      join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id and t.kind in ('register', 'clearing')
     where p.operation in ('payment', 'top_up', 'credit')
       and not exists (select 1 from receipts r where r.chain_id = p.chain_id and r.entry_id = p.entry_id)
       and not exists (select 1 from receipts_due d where d.chain_id = p.chain_id and d.entry_id = p.entry_id)
    union all
    select r.receipt_id, r.name || ' is over ' || r.amount_minor || ', its lines ' || (select coalesce(sum((l->>'amountMinor')::bigint), 0) from jsonb_array_elements(r.content->'lines') l)
      from receipts r where r.amount_minor <> (select coalesce(sum((l->>'amountMinor')::bigint), 0) from jsonb_array_elements(r.content->'lines') l)`.execute(
    q,
  );
  return rows;
}
