-- The ground floor of money: append-only double entry. A posting is from, to, amount, so an unbalanced entry cannot be
-- written down. An entry has one cause, ever. A mistake is undone by an entry the other way. Balances are kept in the same
-- transaction and checked against the postings by the audit.
--
-- balance_minor = what came to the account less what went from it: registers and clearing (what the salon has or is owed)
-- grow, prepayments, client accounts and unplaced money (what the salon owes) go below zero. All accounts together are zero.

create table ledger_accounts (
  chain_id      text not null,
  account_id    text not null,
  location_id   text not null,
  kind          text not null check (kind in ('register', 'clearing', 'prepayments', 'client', 'unplaced', 'income', 'fees')),
  owner_id      text not null default '',
  currency      text not null check (currency ~ '^[A-Z]{3}$'),
  balance_minor bigint not null default 0,
  created_at    timestamptz not null,
  constraint ledger_accounts_pk primary key (chain_id, account_id),
  constraint ledger_accounts_one_each unique (chain_id, location_id, kind, owner_id, currency)
);

create table ledger_entries (
  chain_id         text not null,
  entry_id         text not null,
  location_id      text not null,
  cause_kind       text not null,
  cause_id         text not null,
  happened_at      timestamptz not null,
  recorded_at      timestamptz not null,
  memo             text not null default '',
  reverses_entry_id text,
  constraint ledger_entries_pk primary key (chain_id, entry_id),
  constraint ledger_entries_one_per_cause unique (chain_id, cause_kind, cause_id),
  constraint ledger_entries_reversed_once unique (chain_id, reverses_entry_id)
);
create index ledger_entries_by_time on ledger_entries (chain_id, location_id, recorded_at);

create table ledger_postings (
  chain_id        text not null,
  entry_id        text not null,
  posting_no      smallint not null,
  from_account_id text not null,
  to_account_id   text not null,
  amount_minor    bigint not null check (amount_minor > 0),
  currency        text not null,
  purpose_kind    text,
  purpose_id      text,
  constraint ledger_postings_pk primary key (chain_id, entry_id, posting_no),
  constraint ledger_postings_entry foreign key (chain_id, entry_id) references ledger_entries (chain_id, entry_id),
  constraint ledger_postings_from foreign key (chain_id, from_account_id) references ledger_accounts (chain_id, account_id),
  constraint ledger_postings_to foreign key (chain_id, to_account_id) references ledger_accounts (chain_id, account_id),
  constraint ledger_postings_move check (from_account_id <> to_account_id)
);
create index ledger_postings_from_account on ledger_postings (chain_id, from_account_id);
create index ledger_postings_to_account on ledger_postings (chain_id, to_account_id);
create index ledger_postings_purpose on ledger_postings (chain_id, purpose_kind, purpose_id) where purpose_id is not null;

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'HF900';
end $$;
create trigger ledger_entries_append_only before update or delete on ledger_entries for each statement execute function ledger_is_append_only();
create trigger ledger_entries_no_truncate before truncate on ledger_entries for each statement execute function ledger_is_append_only();
create trigger ledger_postings_append_only before update or delete on ledger_postings for each statement execute function ledger_is_append_only();
create trigger ledger_postings_no_truncate before truncate on ledger_postings for each statement execute function ledger_is_append_only();

-- Balances are kept by the database. Accounts are locked in the order of their ids, so two entries cannot deadlock each other. 'no key',
-- because the foreign keys of the postings already hold a key share of the same rows: a plain 'for update' would wait for the other's.
create function ledger_keep_balances() returns trigger language plpgsql as $$
declare wrong text;
begin
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
create trigger ledger_keep_balances after insert on ledger_postings referencing new table as posted for each statement execute function ledger_keep_balances();

-- A balance is moved by postings and by nothing else: an update from anywhere but the trigger above is refused.
create function ledger_guard_balance() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then raise exception 'a balance is moved by postings only' using errcode = 'HF902'; end if;
  return new;
end $$;
create trigger ledger_accounts_guard_balance before update on ledger_accounts for each row
  when (old.balance_minor <> new.balance_minor) execute function ledger_guard_balance();
create trigger ledger_accounts_identity before update on ledger_accounts for each row
  when ((old.chain_id, old.account_id, old.location_id, old.kind, old.owner_id, old.currency)
     is distinct from (new.chain_id, new.account_id, new.location_id, new.kind, new.owner_id, new.currency)) execute function ledger_is_append_only();
