-- Who is still owed a prepayment, read without adding up all that was ever prepaid: nearly all of it was earned or given back long ago. No sum is kept
-- here, only for which appointments the postings do not come to zero now; how much that is, is what the postings say.
create table prepayments_owed (
  chain_id   text not null,
  account_id text not null,  -- the prepayments of a place in one currency
  purpose_id text not null,  -- the appointment; '': what was posted there for none, which is looked at anew each time
  constraint prepayments_owed_pk primary key (chain_id, account_id, purpose_id)
);

insert into prepayments_owed (chain_id, account_id, purpose_id)
  select a.chain_id, a.account_id, m.purpose_id
    from (select chain_id, from_account_id account_id, case purpose_kind when 'appointment' then purpose_id else '' end purpose_id, amount_minor amount from ledger_postings
          union all
          select chain_id, to_account_id, case purpose_kind when 'appointment' then purpose_id else '' end, -amount_minor from ledger_postings) m
    join ledger_accounts a on a.chain_id = m.chain_id and a.account_id = m.account_id and a.kind = 'prepayments'
   group by 1, 2, 3 having sum(m.amount) <> 0 or m.purpose_id = '';

-- Fires after ledger_keep_balances (by name), which holds the account's row: whoever posts for the same appointment meanwhile waits, and then sees this.
create function ledger_keep_prepayments_owed() returns trigger language plpgsql as $$
begin
  with touched as (
    select distinct a.chain_id, a.account_id, case p.purpose_kind when 'appointment' then p.purpose_id else '' end purpose_id
      from posted p join ledger_accounts a on a.chain_id = p.chain_id and a.account_id in (p.from_account_id, p.to_account_id) and a.kind = 'prepayments'),
  looked as materialized (
    select t.*, t.purpose_id = '' or coalesce((
             select sum(case p.from_account_id when t.account_id then p.amount_minor else -p.amount_minor end) from ledger_postings p
              where p.chain_id = t.chain_id and p.purpose_kind = 'appointment' and p.purpose_id = t.purpose_id
                and t.account_id in (p.from_account_id, p.to_account_id)), 0) <> 0 is_owed
      from touched t),
  settled as (
    delete from prepayments_owed o using looked l
     where not l.is_owed and o.chain_id = l.chain_id and o.account_id = l.account_id and o.purpose_id = l.purpose_id)
  insert into prepayments_owed (chain_id, account_id, purpose_id)
    select chain_id, account_id, purpose_id from looked where is_owed on conflict do nothing;
  return null;
end $$;
create trigger ledger_keep_prepayments_owed after insert on ledger_postings referencing new table as posted for each statement execute function ledger_keep_prepayments_owed();

-- A page of transactions under one payment item is an index read, however seldom the item is. Services are nearly all there is: they need none.
create index ledger_postings_by_item on ledger_postings (chain_id, location_id, item_id, happened_at, entry_id, posting_no) where item_id <> 'services';
