-- A receipt says the tax of the services that a visit had when it was paid. Where they are others by the time it is earned, the tax on the documents was not the tax that
-- is owed. So what a visit earns is looked at as well: its receipts are taken back, and issued anew with the tax that was earned.
create or replace function receipts_are_due() returns trigger language plpgsql as $$
begin
  insert into receipts_due (chain_id, entry_id, location_id)
    select distinct chain_id, entry_id, location_id from posted
     where operation in ('payment', 'top_up', 'credit', 'refund', 'spend') or (operation in ('income', 'tax') and purpose_kind = 'appointment')
     order by 2 on conflict do nothing;
  return null;
end $$;

-- Receipts that were paid in different ways are issued anew one by one, by the entry that earned the visit.
drop index receipts_once_per_entry;
create unique index receipts_once_per_entry on receipts (chain_id, entry_id, coalesce(of_receipt, ''), (content->>'paidBy'));

-- What the figures of a day mean can change with the program. A closed day is compared by what they meant when it was closed; null: closed before this was kept.
alter table day_closings add column figures_by smallint;
