-- What a provider says it took, kept and paid out, beside what the books say. A line of the provider's is a fact: what changes about it is another version.
-- What we make of it (whose payment it is, whether it agrees) is one row for each line; what a person decided about that is a row of its own.

create table reconciliation_settings (
  chain_id           text not null,
  connection_id      text not null,
  location_id        text not null,
  auto_accept        boolean not null default true,  -- a payout that is right to the cent needs nobody
  missing_after_days smallint not null default 7 constraint reconciliation_missing_after check (missing_after_days between 1 and 90),
  assumed_fee_bp     integer constraint reconciliation_assumed_fee check (assumed_fee_bp between 0 and 2000), -- hundredths of a percent, where nobody tells the fee
  due_at             timestamptz,                    -- when the provider's lines are read again; null: there is nothing to read
  read_at            timestamptz,
  read_until         timestamptz,
  tries              integer not null default 0,
  last_error         text,
  version            integer not null default 1,
  constraint reconciliation_settings_pk primary key (chain_id, connection_id),
  constraint reconciliation_settings_connection foreign key (chain_id, connection_id) references provider_connections (chain_id, connection_id)
);
create index reconciliation_due on reconciliation_settings (due_at) where due_at is not null;

insert into reconciliation_settings (chain_id, connection_id, location_id, due_at)
  select chain_id, connection_id, location_id, created_at + interval '1 hour' from provider_connections;
create function reconciliation_begins() returns trigger language plpgsql as $$
begin
  insert into reconciliation_settings (chain_id, connection_id, location_id, due_at)
    values (new.chain_id, new.connection_id, new.location_id, new.created_at + interval '1 hour') on conflict do nothing;
  return null;
end $$;
create trigger reconciliation_begins after insert on provider_connections for each row execute function reconciliation_begins();

-- What a provider keeps of a payment (or of a line that is no payment of ours): what it said last, and what of it stands in the books.
create table provider_fees (
  chain_id      text not null,
  connection_id text not null,
  fee_key       text not null, -- payment/<attempt> or line/<line>
  location_id   text not null,
  attempt_id    text,
  currency      text not null,
  told_minor    bigint not null,
  posted_minor  bigint not null default 0,
  steps         integer not null default 0, -- so many entries
  source        text not null constraint provider_fees_source check (source in ('assumed', 'payment', 'line', 'accepted')),
  due           boolean not null default false, -- told, and not posted yet
  told_at       timestamptz not null,
  constraint provider_fees_pk primary key (chain_id, connection_id, fee_key, currency)
);
create index provider_fees_due on provider_fees (chain_id, connection_id) where due;
create index provider_fees_of_attempt on provider_fees (chain_id, attempt_id) where attempt_id is not null;

create table settlement_lines (
  chain_id            text not null,
  connection_id       text not null,
  line_id             text not null,
  version_no          integer not null,
  location_id         text not null,
  source              text not null constraint settlement_lines_source check (source in ('api', 'file', 'hand', 'own')),
  import_id           text,
  row_no              integer,
  kind                text not null,
  reference           text,
  provider_payment_id text,
  amount_minor        bigint not null,
  fee_minor           bigint not null,
  currency            text not null,
  at                  timestamptz not null,
  payout_id           text,
  note                text not null default '',
  known_at            timestamptz not null,
  constraint settlement_lines_pk primary key (chain_id, connection_id, line_id, version_no)
);
create function settlement_lines_are_facts() returns trigger language plpgsql as $$
begin
  raise exception 'what a provider said is never changed' using errcode = 'HF900';
end $$;
create trigger settlement_lines_are_facts before update or delete on settlement_lines for each statement execute function settlement_lines_are_facts();
create trigger settlement_lines_no_truncate before truncate on settlement_lines for each statement execute function settlement_lines_are_facts();

create table settlement_items (
  chain_id            text not null,
  item_id             text not null,
  connection_id       text not null,
  location_id         text not null,
  line_id             text not null,
  version_no          integer not null,
  source              text not null,
  kind                text not null constraint settlement_items_kind check (kind in ('payment', 'refund', 'fee', 'adjustment', 'payout', 'missing', 'refund_missing')),
  reference           text,
  provider_payment_id text,
  amount_minor        bigint not null,
  fee_minor           bigint not null,
  currency            text not null,
  at                  timestamptz not null,
  payout_id           text,
  note                text not null default '',
  attempt_id          text,
  matched_by          text,
  status              text not null constraint settlement_items_status check (status in (
    'matched', 'fee_differs', 'amount_differs', 'currency_differs', 'unknown', 'adjustment', 'missing', 'refund_missing', 'payout_open',
    'accepted', 'dismissed', 'gone')),
  difference_minor    bigint not null default 0, -- what the provider says less what the books say
  corrected_minor     bigint not null default 0, -- what was posted because of it, as the clearing account sees it
  by_hand_only        boolean not null default false,
  revision            integer not null default 1,
  changed_at          timestamptz not null,
  constraint settlement_items_pk primary key (chain_id, item_id),
  constraint settlement_items_line unique (chain_id, connection_id, line_id)
);
create index settlement_items_of_attempt on settlement_items (chain_id, attempt_id) where attempt_id is not null;
create index settlement_items_of_payout on settlement_items (chain_id, connection_id, payout_id) where payout_id is not null;
create index settlement_items_unsettled on settlement_items (chain_id, connection_id, at) where payout_id is null;
create index settlement_items_payouts on settlement_items (chain_id, location_id, at) where kind = 'payout';
create index settlement_items_open on settlement_items (chain_id, location_id, at, item_id)
  where status in ('fee_differs', 'amount_differs', 'currency_differs', 'unknown', 'adjustment', 'missing', 'refund_missing', 'payout_open');
create index settlement_items_of_payment on settlement_items (chain_id, connection_id, provider_payment_id) where provider_payment_id is not null;

create table settlement_decisions (
  chain_id    text not null,
  decision_id text not null,
  location_id text not null,
  item_id     text not null,
  what        text not null constraint settlement_decisions_what check (what in ('accepted', 'dismissed', 'matched', 'undone')),
  about       text not null, -- the status it was decided about
  moved_minor bigint not null default 0,
  fee_minor   bigint not null default 0,
  entries     text[] not null default '{}', -- the entries' causes
  reason      text not null default '',
  undoes      text,
  by_id       text,
  by_name     text not null,
  at          timestamptz not null,
  constraint settlement_decisions_pk primary key (chain_id, decision_id),
  constraint settlement_decisions_undone_once unique (chain_id, undoes),
  constraint settlement_decisions_item foreign key (chain_id, item_id) references settlement_items (chain_id, item_id)
);
create index settlement_decisions_of_item on settlement_decisions (chain_id, item_id);
create trigger settlement_decisions_are_facts before update or delete on settlement_decisions for each statement execute function settlement_lines_are_facts();

-- A file that is being read, in the pieces in which it came: any process goes on where another one died. The pieces go when it has been read.
create table settlement_imports (
  chain_id      text not null,
  import_id     text not null,
  location_id   text not null,
  connection_id text not null,
  file_name     text not null,
  bytes         bigint not null,
  parts         integer not null,
  status        text not null constraint settlement_imports_status check (status in ('uploading', 'mapping', 'reading', 'done', 'unreadable', 'discarded')),
  look          jsonb,  -- how the file is written: encoding, separator, heading
  mapping       jsonb,
  register_id   text,
  leased_until  timestamptz,
  read_rows     bigint not null default 0,
  read_bytes    bigint not null default 0,
  counts        jsonb not null default '{}',
  trouble       jsonb,
  made_by       text not null,
  made_at       timestamptz not null,
  done_at       timestamptz,
  constraint settlement_imports_pk primary key (chain_id, import_id),
  constraint settlement_imports_connection foreign key (chain_id, connection_id) references provider_connections (chain_id, connection_id)
);
create index settlement_imports_of_location on settlement_imports (chain_id, location_id, made_at);
create index settlement_imports_reading on settlement_imports (leased_until) where status = 'reading';
create table settlement_import_parts (
  chain_id  text not null,
  import_id text not null,
  part_no   integer not null,
  content   bytea not null,
  constraint settlement_import_parts_pk primary key (chain_id, import_id, part_no),
  constraint settlement_import_parts_import foreign key (chain_id, import_id) references settlement_imports (chain_id, import_id)
);
-- Rows that became no line, and why.
create table settlement_import_rows (
  chain_id  text not null,
  import_id text not null,
  row_no    bigint not null,
  why       text not null,
  content   text not null,
  constraint settlement_import_rows_pk primary key (chain_id, import_id, row_no),
  constraint settlement_import_rows_import foreign key (chain_id, import_id) references settlement_imports (chain_id, import_id)
);
create table settlement_mappings (
  chain_id      text not null,
  connection_id text not null,
  fingerprint   text not null,
  mapping       jsonb not null,
  used_at       timestamptz not null,
  constraint settlement_mappings_pk primary key (chain_id, connection_id, fingerprint),
  constraint settlement_mappings_connection foreign key (chain_id, connection_id) references provider_connections (chain_id, connection_id)
);

create unique index attention_once_settlement on attention (chain_id, kind, subject_kind, subject_id)
  where resolved_at is null and kind in ('payout_differs', 'payment_missing_at_provider');
