-- A visit is owed until it is over, and then it is income (decision 9). What has been paid for an appointment becomes due to be earned when the visit
-- ends, and again with every change of what decides it; a trigger notes that, so that no path that touches an appointment can forget it. No sum is kept
-- here: what was earned so far is what the books say.
create table appointment_income (
  chain_id       text not null,
  appointment_id text not null,
  location_id    text not null,
  due_at         timestamptz,                 -- when the books have to be compared with what is earned; null: they agree
  steps          integer not null default 0,  -- each entry has a cause of its own
  constraint appointment_income_pk primary key (chain_id, appointment_id),
  constraint appointment_income_appointment foreign key (chain_id, appointment_id) references appointments (chain_id, appointment_id)
);
create index appointment_income_due on appointment_income (due_at) where due_at is not null;

create function appointment_income_is_due() returns trigger language plpgsql as $$
declare taking_place boolean := new.status in ('waiting', 'confirmed', 'arrived');
begin
  insert into appointment_income as i (chain_id, appointment_id, location_id, due_at)
    values (new.chain_id, new.appointment_id, new.location_id, case when taking_place then greatest(new.ends_at, new.changed_at) else new.changed_at end)
    on conflict on constraint appointment_income_pk do update
      -- what was earned before may be too much by now: that is looked at soon, not when another end has come
      set due_at = case when taking_place and i.steps = 0 then greatest(new.ends_at, new.changed_at) else new.changed_at end;
  return null;
end $$;
create trigger appointment_income_begins after insert on appointments for each row when (new.paid_minor > 0) execute function appointment_income_is_due();
create trigger appointment_income_changes after update on appointments for each row
  when ((new.paid_minor > 0 or old.paid_minor > 0)
        and (new.paid_minor, new.status, new.ends_at, new.cost_minor) is distinct from (old.paid_minor, old.status, old.ends_at, old.cost_minor))
  execute function appointment_income_is_due();

-- What was cancelled is kept or given back by a person: it is nobody's income before that.
create function appointment_income_is_decided() returns trigger language plpgsql as $$
begin
  update appointment_income set due_at = new.closed_at where chain_id = new.chain_id and appointment_id = new.appointment_id;
  return null;
end $$;
create trigger appointment_income_is_decided after update on refunds for each row
  when (old.closed_at is null and new.closed_at is not null) execute function appointment_income_is_decided();

insert into appointment_income (chain_id, appointment_id, location_id, due_at)
  select chain_id, appointment_id, location_id, case when status in ('waiting', 'confirmed', 'arrived') then greatest(ends_at, changed_at) else changed_at end
    from appointments where paid_minor > 0;

-- Taxes. A rate never changes: another percentage is another rate that took its place, and what was booked under the old one keeps it, because each
-- service of an appointment keeps the tax as it was agreed. Without any rate everything is as it was before.
create table tax_rates (
  chain_id     text not null,
  location_id  text not null,
  rate_id      text not null,
  name         text not null,
  basis_points integer not null constraint tax_rates_percent check (basis_points between 0 and 10000),
  inclusive    boolean not null,             -- whether the prices in the catalogue contain it already; what a client is asked for always does
  made_at      timestamptz not null,
  ended_at     timestamptz,
  replaced_by  text,
  constraint tax_rates_pk primary key (chain_id, rate_id),
  constraint tax_rates_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);
create unique index tax_rates_name on tax_rates (chain_id, location_id, lower(name)) where ended_at is null;
alter table locations add column tax_rate_id text;                     -- of services that say nothing else; null: none
alter table services add column tax text not null default 'default';   -- 'default', 'none', or a rate's id
alter table appointment_services add column tax jsonb;                 -- {rateId, name, basisPoints, inclusive}
select watch_rules('tax_rates');

-- Booking writes down the tax beside the price; nothing else of it changes.
do $$
declare before text := pg_get_functiondef('claim_booking(jsonb)'::regprocedure); after text;
begin
  after := replace(replace(before, 'price_min_minor, price_max_minor, policy, pay)', 'price_min_minor, price_max_minor, policy, pay, tax)'),
                   $x$x->'policy', x->>'pay'$x$, $x$x->'policy', x->>'pay', nullif(x->'tax', 'null'::jsonb)$x$);
  if length(after) <> length(before) + length(', tax') + length($x$, nullif(x->'tax', 'null'::jsonb)$x$) then raise exception 'claim_booking is not as it was'; end if;
  execute after;
end $$;

-- Receipts and credit notes follow from entries. Which entries need one is noted by the database, so that no path that posts can forget it; the number is
-- given in the transaction that writes the document, under the lock of its series, so that a number is never lost and never given twice.
create table receipts_due (
  chain_id    text not null,
  entry_id    text not null,
  location_id text not null,
  noted_no    bigint not null generated by default as identity,
  constraint receipts_due_pk primary key (chain_id, entry_id)
);
create index receipts_due_in_order on receipts_due (chain_id, location_id, noted_no);

create function receipts_are_due() returns trigger language plpgsql as $$
begin
  insert into receipts_due (chain_id, entry_id, location_id)
    select distinct chain_id, entry_id, location_id from posted where operation in ('payment', 'top_up', 'credit', 'refund') order by 2 on conflict do nothing;
  return null;
end $$;
create trigger receipts_are_due after insert on ledger_postings referencing new table as posted for each statement execute function receipts_are_due();

create table receipt_settings (
  chain_id           text not null,
  location_id        text not null,
  receipt_series     text not null default 'R' constraint receipt_settings_receipts check (receipt_series ~ '^[A-Z0-9]{1,8}$'),
  credit_note_series text not null default 'CN' constraint receipt_settings_credit_notes check (credit_note_series ~ '^[A-Z0-9]{1,8}$'),
  names_client       boolean not null default true,
  footer             text not null default '',
  version            integer not null default 1,
  constraint receipt_settings_pk primary key (chain_id, location_id),
  constraint receipt_settings_differ check (receipt_series <> credit_note_series)
);

create table receipt_series (
  chain_id    text not null,
  location_id text not null,
  series      text not null,
  year        smallint not null,              -- by the calendar of the location
  last_number integer not null constraint receipt_series_grows check (last_number >= 0),
  constraint receipt_series_pk primary key (chain_id, location_id, series, year)
);

create table receipts (
  chain_id     text not null,
  receipt_id   text not null,
  location_id  text not null,
  kind         text not null check (kind in ('receipt', 'credit_note')),
  series       text not null,
  year         smallint not null,
  number       integer not null check (number >= 1),
  name         text not null,                 -- R-2026-000123
  entry_id     text not null,
  of_receipt   text,                          -- what a credit note takes back
  client_id    text,
  client_name  text,                          -- as it was; not shown any more when the client was erased
  search       text not null default '',      -- the name without capitals and accents
  purpose_id   text,                          -- the appointment
  amount_minor bigint not null check (amount_minor > 0),
  currency     text not null,
  happened_at  timestamptz not null,
  issued_at    timestamptz not null,
  language     text not null,
  content      jsonb not null,
  constraint receipts_pk primary key (chain_id, receipt_id),
  constraint receipts_one_per_entry unique (chain_id, entry_id),
  constraint receipts_numbered_once unique (chain_id, location_id, series, year, number),
  constraint receipts_entry foreign key (chain_id, entry_id) references ledger_entries (chain_id, entry_id),
  constraint receipts_of foreign key (chain_id, of_receipt) references receipts (chain_id, receipt_id)
);
create index receipts_by_day on receipts (chain_id, location_id, happened_at, receipt_id);
create index receipts_of_purpose on receipts (chain_id, purpose_id) where purpose_id is not null;
create index receipts_taken_back on receipts (chain_id, of_receipt) where of_receipt is not null;

create function receipts_are_kept() returns trigger language plpgsql as $$
begin
  raise exception 'what was issued is kept as it is: % on % is refused', tg_op, tg_table_name using errcode = 'HF913';
end $$;
create trigger receipts_are_kept before update or delete on receipts for each statement execute function receipts_are_kept();
create trigger receipts_are_not_emptied before truncate on receipts for each statement execute function receipts_are_kept();

-- What came before there were receipts gets its own as well, in the order in which it was written down.
insert into receipts_due (chain_id, entry_id, location_id)
  select p.chain_id, p.entry_id, min(p.location_id) from ledger_postings p join ledger_entries e on e.chain_id = p.chain_id and e.entry_id = p.entry_id
   where p.operation in ('payment', 'top_up', 'credit', 'refund') group by p.chain_id, p.entry_id, e.recorded_at order by e.recorded_at, p.entry_id;
