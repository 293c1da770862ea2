-- The books grow into Finance. Each posting says what people call it (the operation) and under which payment item it stands, and carries the place and the
-- moment of its entry, so that a day or a page of transactions is read from one index. A client's account is one thing for the whole chain, with one limit,
-- whichever locations its money lies at. A mistake in any of this is undone by another entry, as before.

alter table ledger_accounts drop constraint ledger_accounts_kind_check;
alter table ledger_accounts add constraint ledger_accounts_kind_check check (kind in (
  'register', 'clearing', 'prepayments', 'client', 'unplaced', 'income', 'fees',
  'item',      -- what was spent or earned by hand under a payment item (owner)
  'tax',       -- what of the income is owed as tax, by rate (owner)
  'opening',   -- what was there before the books began
  'between')); -- what another location of the chain (owner) owes this one, or below zero is owed

alter table ledger_postings
  add column location_id text,
  add column happened_at timestamptz,
  add column operation   text not null default 'payment' check (operation in (
    'payment', 'refund', 'top_up', 'credit', 'spend', 'unplaced', 'transfer', 'manual', 'opening', 'payout', 'fee', 'correction', 'settlement',
    'income', 'tax', 'merge')),
  add column item_id     text;
-- Who did it; null: nobody, it followed from something else.
alter table ledger_entries add column by_id text, add column by_name text;

alter table ledger_postings disable trigger ledger_postings_append_only;
update ledger_postings p set location_id = e.location_id, happened_at = e.happened_at,
       operation = case when e.cause_kind in ('provider_refund') then 'refund' when e.cause_kind = 'clients_merged' then 'merge'
                        when e.cause_kind = 'another_time' then 'spend' when f.kind = 'client' then 'credit' when f.kind = 'unplaced' then 'unplaced' else 'payment' end,
       item_id = case when e.cause_kind = 'clients_merged' then null when 'client' in (f.kind, t.kind) and e.cause_kind <> 'another_time' then 'top_ups' when 'unplaced' in (f.kind, t.kind) then null else 'services' end
  from ledger_entries e, ledger_accounts f, ledger_accounts t
 where e.chain_id = p.chain_id and e.entry_id = p.entry_id and f.chain_id = p.chain_id and f.account_id = p.from_account_id
   and t.chain_id = p.chain_id and t.account_id = p.to_account_id;
alter table ledger_postings enable trigger ledger_postings_append_only;
alter table ledger_postings alter column location_id set not null, alter column happened_at set not null, alter column operation drop default;
create index ledger_postings_by_day on ledger_postings (chain_id, location_id, happened_at, entry_id, posting_no);
drop index ledger_postings_from_account;
drop index ledger_postings_to_account;
create index ledger_postings_from_account on ledger_postings (chain_id, from_account_id, happened_at);
create index ledger_postings_to_account on ledger_postings (chain_id, to_account_id, happened_at);

-- A client's account of one type and currency. Its money lies in ledger accounts of kind 'client', one at each location where some came in, all with the same
-- owner: the client's id, or with a type `client/type`. balance_minor is the sum of these, as in the books: below zero the salon owes the client.
create table client_accounts (
  chain_id           text not null,
  owner_id           text not null,
  currency           text not null,
  client_id          text not null,
  type_id            text not null default '',  -- '': the ordinary one, which every client has
  balance_minor      bigint not null default 0,
  held_minor         bigint not null default 0 constraint client_accounts_held check (held_minor >= 0), -- kept for payments that are still running
  credit_limit_minor bigint not null default 0 constraint client_accounts_credit_limit check (credit_limit_minor >= 0),
  opened_at          timestamptz not null,
  constraint client_accounts_pk primary key (chain_id, owner_id, currency),
  -- The last word: nobody spends what is not there, or is held for something else.
  constraint client_accounts_within_limit check (balance_minor + held_minor <= credit_limit_minor)
);
create index client_accounts_of_client on client_accounts (chain_id, client_id);

insert into client_accounts (chain_id, owner_id, currency, client_id, balance_minor, credit_limit_minor, opened_at)
  select chain_id, owner_id, currency, owner_id, sum(balance_minor), greatest(sum(balance_minor), 0), min(created_at) from ledger_accounts where kind = 'client' group by 1, 2, 3;

create function client_accounts_open() returns trigger language plpgsql as $$
begin
  insert into client_accounts (chain_id, owner_id, currency, client_id, type_id, opened_at)
    values (new.chain_id, new.owner_id, new.currency, split_part(new.owner_id, '/', 1), split_part(new.owner_id, '/', 2), new.created_at)
    on conflict do nothing;
  return null;
end $$;
create trigger client_accounts_open after insert on ledger_accounts for each row when (new.kind = 'client') execute function client_accounts_open();

create function client_accounts_follow() returns trigger language plpgsql as $$
begin
  update client_accounts set balance_minor = balance_minor + new.balance_minor - old.balance_minor
   where chain_id = new.chain_id and owner_id = new.owner_id and currency = new.currency;
  return null;
end $$;
create trigger client_accounts_follow after update of balance_minor on ledger_accounts for each row
  when (new.kind = 'client' and new.balance_minor <> old.balance_minor) execute function client_accounts_follow();

-- As before, and client accounts first: whoever decides by what is spendable locks them before it posts.
create or replace function ledger_keep_balances() returns trigger language plpgsql as $$
declare wrong text;
begin
  perform 1 from client_accounts c
    where (c.chain_id, c.owner_id, c.currency) in (
      select a.chain_id, a.owner_id, a.currency from posted p
        join ledger_accounts a on a.chain_id = p.chain_id and a.account_id in (p.from_account_id, p.to_account_id) where a.kind = 'client')
    order by c.chain_id, c.owner_id, c.currency for no key update;
  perform 1 from ledger_accounts a
    where (a.chain_id, a.account_id) in (select chain_id, from_account_id from posted union select chain_id, to_account_id from posted)
    order by a.chain_id, a.account_id for no key update;
  select p.entry_id into wrong from posted p join ledger_accounts a
      on a.chain_id = p.chain_id and a.account_id in (p.from_account_id, p.to_account_id)
    where a.currency <> p.currency limit 1;
  if wrong is not null then
    raise exception 'entry % mixes currencies', wrong using errcode = 'HF901';
  end if;
  update ledger_accounts a set balance_minor = a.balance_minor + m.moved
    from (select chain_id, account_id, sum(amount)::bigint moved from (
            select chain_id, to_account_id account_id, amount_minor amount from posted
            union all select chain_id, from_account_id, -amount_minor from posted) x group by 1, 2) m
   where a.chain_id = m.chain_id and a.account_id = m.account_id;
  return null;
end $$;
