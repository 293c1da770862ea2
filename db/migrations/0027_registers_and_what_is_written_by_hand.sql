-- A location has registers of its own beside Main and Card payment account, and payment items of its own beside the standard ones. What somebody writes down
-- by hand is a posting like any other; beside it stands only what the books have no word for: whom it was paid to, and why.

alter table ledger_accounts add constraint ledger_accounts_at_location unique (chain_id, location_id, account_id);
create table cash_registers (
  chain_id        text not null,
  location_id     text not null,
  account_id      text not null,             -- its ledger account: that is the register's id everywhere
  name            text not null default '',  -- '': Main or Card payment account, named in the language of whoever looks
  kind            text not null check (kind in ('cash', 'cashless')),
  position        integer not null,
  fee_basis_points integer not null default 0 constraint cash_registers_fee_share check (fee_basis_points between 0 and 10000),
  fee_fixed_minor bigint not null default 0 constraint cash_registers_fee_fixed check (fee_fixed_minor >= 0),
  comment         text not null default '',
  version         integer not null default 1,
  archived_at     timestamptz,
  constraint cash_registers_pk primary key (chain_id, account_id),
  constraint cash_registers_account foreign key (chain_id, location_id, account_id) references ledger_accounts (chain_id, location_id, account_id),
  constraint cash_registers_fee_of_cashless check (kind = 'cashless' or (fee_basis_points = 0 and fee_fixed_minor = 0))
);
create unique index cash_registers_name on cash_registers (chain_id, location_id, lower(name)) where archived_at is null and name <> '';
create index cash_registers_of_location on cash_registers (chain_id, location_id, position);

-- Main and Card payment account are there with their accounts, whoever opens these.
create function cash_registers_open() returns trigger language plpgsql as $$
begin
  insert into cash_registers (chain_id, location_id, account_id, kind, position)
    values (new.chain_id, new.location_id, new.account_id, case new.owner_id when 'card' then 'cashless' else 'cash' end, case new.owner_id when 'card' then 1 else 0 end)
    on conflict do nothing;
  return null;
end $$;
create trigger cash_registers_open after insert on ledger_accounts for each row when (new.kind = 'register' and new.owner_id in ('main', 'card'))
  execute function cash_registers_open();

insert into cash_registers (chain_id, location_id, account_id, kind, position)
  select chain_id, location_id, account_id, case owner_id when 'card' then 'cashless' else 'cash' end, case owner_id when 'card' then 1 else 0 end
    from ledger_accounts where kind = 'register' and owner_id in ('main', 'card');

create table payment_items (
  chain_id    text not null,
  location_id text not null,
  item_id     text not null,
  name        text not null,
  direction   text not null check (direction in ('in', 'out')),
  position    integer not null,
  version     integer not null default 1,
  archived_at timestamptz,
  constraint payment_items_pk primary key (chain_id, item_id)
);
create unique index payment_items_name on payment_items (chain_id, location_id, direction, lower(name)) where archived_at is null;
create index payment_items_of_location on payment_items (chain_id, location_id, position);

-- An income or expense, a transfer between registers, what was in a register before. How much, when and where it went is said by its entry in the books, and
-- nowhere else. One that is changed is undone, and another one takes its place.
create table manual_entries (
  chain_id        text not null,
  location_id     text not null,
  manual_entry_id text not null,
  kind            text not null check (kind in ('manual', 'transfer', 'opening')),
  key             text not null,             -- of the screen's try: repeating it has one effect
  client_id       text,
  staff_id        text,
  counterparty    text not null default '',
  comment         text not null default '',
  replaces_id     text,
  constraint manual_entries_pk primary key (chain_id, manual_entry_id),
  constraint manual_entries_once unique (chain_id, location_id, key),
  constraint manual_entries_replaced_once unique (chain_id, replaces_id),
  constraint manual_entries_client foreign key (chain_id, client_id) references clients (chain_id, client_id),
  constraint manual_entries_staff foreign key (chain_id, location_id, staff_id) references staff (chain_id, location_id, staff_id),
  constraint manual_entries_replaces foreign key (chain_id, replaces_id) references manual_entries (chain_id, manual_entry_id)
);
create index manual_entries_of_client on manual_entries (chain_id, client_id) where client_id is not null;

-- What is undone is hidden where people look at transactions, unless they ask: there are few of these.
create index ledger_entries_reversals on ledger_entries (chain_id, location_id, entry_id, reverses_entry_id) where reverses_entry_id is not null;
-- A page under one operation, however rare it is.
create index ledger_postings_by_operation on ledger_postings (chain_id, location_id, operation, happened_at, entry_id, posting_no);
