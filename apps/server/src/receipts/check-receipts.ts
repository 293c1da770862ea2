import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface ReceiptFault {
  readonly about: string;
  readonly says: string;
}

/**
 * Numbers without gaps, each series as far as its counter; documents for all that came and for all that went back of it, and no receipt taken back further
 * than it goes; and what is corrected when a visit is earned comes to nothing. Reads everything: for the audit.
 */
export async function checkReceipts(q: Queryable): Promise<readonly ReceiptFault[]> {
  const { rows } = await sql<ReceiptFault>`
    select s.location_id || ' ' || s.series || '-' || s.year about, 'numbered to ' || s.last_number || ', but there are ' || count(r.receipt_id) || ' documents' says
      from receipt_series s left join receipts r on r.chain_id = s.chain_id and r.location_id = s.location_id and r.series = s.series and r.year = s.year
     group by s.chain_id, s.location_id, s.series, s.year, s.last_number having count(r.receipt_id) <> s.last_number or coalesce(max(r.number), 0) <> s.last_number
    union all
    select entry_id, format('its documents are over %s, and have to be over %s', documents, case when documents < least_of_it then least_of_it else most_of_it end)
      from (
        -- what lies on an account goes back with a credit note as far as it came with a receipt
        select p.chain_id, p.entry_id, sum(p.amount_minor) most_of_it,
               coalesce(sum(p.amount_minor) filter (where e.reverses_entry_id is null and p.operation <> 'refund' or 'prepayments' in (f.kind, t.kind)), 0) least_of_it,
               (select coalesce(sum(r.amount_minor), 0) from receipts r where r.chain_id = p.chain_id and r.entry_id = p.entry_id) documents
          from ledger_postings p join ledger_entries e on e.chain_id = p.chain_id and e.entry_id = p.entry_id
          join ledger_accounts f on f.chain_id = p.chain_id and f.account_id = p.from_account_id
          join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
          cross join lateral (select case when e.reverses_entry_id is null then f.kind else t.kind end came_from, case when e.reverses_entry_id is null then t.kind else f.kind end came_to) w
         where (p.operation in ('payment', 'top_up', 'credit') and w.came_to in ('register', 'clearing')) or (p.operation = 'credit' and w.came_to = 'unplaced')
            or (p.operation = 'spend' and w.came_from = 'prepayments') or (p.operation = 'refund' and e.reverses_entry_id is null)
         group by p.chain_id, p.entry_id) told
     where documents not between least_of_it and most_of_it
       and not exists (select 1 from receipts_due d where d.chain_id = told.chain_id and d.entry_id = told.entry_id)
    union all
    select r.entry_id, format('what was paid for the visit is %s more on its documents since it was earned', sum(case r.kind when 'receipt' then r.amount_minor else -r.amount_minor end))
      from receipts r join ledger_entries e on e.chain_id = r.chain_id and e.entry_id = r.entry_id and e.cause_kind = 'income'
     group by r.chain_id, r.entry_id having sum(case r.kind when 'receipt' then r.amount_minor else -r.amount_minor end) <> 0
    union all
    select r.receipt_id, format('%s is over %s, and %s of it was taken back', r.name, r.amount_minor, sum(n.amount_minor)) from receipts r
      join receipts n on n.chain_id = r.chain_id and n.of_receipt = r.receipt_id
     group by r.chain_id, r.receipt_id, r.name, r.amount_minor having sum(n.amount_minor) > r.amount_minor
    union all
    select r.receipt_id, r.name || ' is over ' || r.amount_minor || ', its lines ' || (select coalesce(sum((l->>'amountMinor')::bigint), 0) from jsonb_array_elements(r.content->'lines') l)
      from receipts r where r.amount_minor <> (select coalesce(sum((l->>'amountMinor')::bigint), 0) from jsonb_array_elements(r.content->'lines') l)`.execute(
    q,
  );
  return rows;
}
