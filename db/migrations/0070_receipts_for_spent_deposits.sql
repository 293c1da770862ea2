-- What lay on a client's account had a receipt without tax when it came, and none when it paid for a visit or a membership: the tax in that stood on no
-- document, and what was refunded onto an account had no receipt to take back. A deposit that is spent has its receipt now. One refund may take back several of
-- them, each with a credit note of its own.
create or replace function receipts_are_due() returns trigger language plpgsql as $$
begin
  insert into receipts_due (chain_id, entry_id, location_id)
    select distinct chain_id, entry_id, location_id from posted where operation in ('payment', 'top_up', 'credit', 'refund', 'spend') order by 2 on conflict do nothing;
  return null;
end $$;

create unique index receipts_once_per_entry on receipts (chain_id, entry_id, coalesce(of_receipt, ''));
alter table receipts drop constraint receipts_one_per_entry;

-- What was spent before, in the order in which it was written down; with what became a client's that had been nobody's.
insert into receipts_due (chain_id, entry_id, location_id)
  select p.chain_id, p.entry_id, min(p.location_id) from ledger_postings p join ledger_entries e on e.chain_id = p.chain_id and e.entry_id = p.entry_id
    join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
   where (p.operation = 'spend' or (p.operation = 'credit' and t.kind = 'unplaced'))
     and not exists (select from receipts r where r.chain_id = p.chain_id and r.entry_id = p.entry_id)
   group by p.chain_id, p.entry_id, e.recorded_at order by e.recorded_at, p.entry_id on conflict do nothing;
