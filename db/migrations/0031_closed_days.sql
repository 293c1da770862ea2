-- Whoever closes a day has said what was in the till; what is posted afterwards must not change that. So an entry for a closed day is dated to the first
-- moment that is still open, by the database, whoever posts it. And figures of any day, however long ago, are read without adding up all that came before:
-- totals by account and day are kept here from the postings.

create table day_closings (
  chain_id         text not null,
  closing_id       text not null,
  location_id      text not null,
  day              date not null,         -- the last day that is closed by it, by the calendar of the place
  closed_from      timestamptz,           -- where the closing before it ended; null: it is the first one
  closed_until     timestamptz not null,  -- the first moment of the next day there
  closed_at        timestamptz not null,
  user_id          text not null,
  user_name        text not null,
  note             text not null default '',
  counts           jsonb not null,        -- what was in each register, as counted
  figures          jsonb not null,        -- what the books said of that day; they must say so for ever
  postings         bigint not null,       -- how many there were before closed_until
  reopened_at      timestamptz,
  reopened_by_id   text,
  reopened_by_name text,
  reopened_because text,
  constraint day_closings_pk primary key (chain_id, closing_id),
  constraint day_closings_location foreign key (chain_id, location_id) references locations (chain_id, location_id),
  constraint day_closings_forward check (closed_from < closed_until),
  constraint day_closings_reopened check ((reopened_at is null) = (reopened_by_id is null) and (reopened_at is null) = (reopened_because is null))
);
create unique index day_closings_once on day_closings (chain_id, location_id, day) where reopened_at is null;
create unique index day_closings_until on day_closings (chain_id, location_id, closed_until) where reopened_at is null;

-- Whoever posts holds the gate of the place together with all others who post; whoever closes (or opens again) waits until they have committed, and holds it
-- alone. So postings never wait for each other here, and none slips into a day that is being closed.
create function ledger_day_gate(chain_id text, location_id text) returns bigint language sql immutable as $$
  select hashtextextended(chain_id || '/' || location_id, 31)
$$;

-- Two statements, so that the second one sees what was committed while the first one waited.
create function ledger_after_closed_days() returns trigger language plpgsql as $$
declare open_from timestamptz;
begin
  perform pg_advisory_xact_lock_shared(ledger_day_gate(new.chain_id, new.location_id));
  select c.closed_until into open_from from day_closings c
    where c.chain_id = new.chain_id and c.location_id = new.location_id and c.reopened_at is null order by c.closed_until desc limit 1;
  if new.happened_at < open_from then new.happened_at := open_from; end if;
  return new;
end $$;
create trigger ledger_entries_after_closed_days before insert on ledger_entries for each row execute function ledger_after_closed_days();

-- What was said at a closing stays; only that it was opened again is added, once.
create function day_closings_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a closing is kept' using errcode = 'HF900';
  end if;
  perform pg_advisory_xact_lock(ledger_day_gate(new.chain_id, new.location_id));
  if tg_op = 'UPDATE' and (old.reopened_at is not null or (to_jsonb(old) - array['reopened_at', 'reopened_by_id', 'reopened_by_name', 'reopened_because'])
      is distinct from (to_jsonb(new) - array['reopened_at', 'reopened_by_id', 'reopened_by_name', 'reopened_because'])) then
    raise exception 'a closing is kept as it was' using errcode = 'HF900';
  end if;
  return new;
end $$;
create trigger day_closings_guard before insert or update or delete on day_closings for each row execute function day_closings_guard();

-- What came to and went from an account in each day of UTC; the balance at any moment is the one of today less the days since, and the rest of one day. One
-- row belongs to one account, whose own row is locked by whoever writes here: nobody waits more than for the balance. Client accounts are many and need
-- none: all accounts of a place are zero together.
create table ledger_day_totals (
  chain_id   text not null,
  account_id text not null,
  day        date not null,
  in_minor   bigint not null,
  out_minor  bigint not null,
  constraint ledger_day_totals_pk primary key (chain_id, account_id, day)
);

insert into ledger_day_totals (chain_id, account_id, day, in_minor, out_minor)
  select m.chain_id, m.account_id, (m.happened_at at time zone 'UTC')::date, sum(m.came), sum(m.went)
    from (select chain_id, to_account_id account_id, happened_at, amount_minor came, 0 went from ledger_postings
          union all select chain_id, from_account_id, happened_at, 0, amount_minor from ledger_postings) m
    join ledger_accounts a on a.chain_id = m.chain_id and a.account_id = m.account_id and a.kind <> 'client'
   group by 1, 2, 3;

-- Fires after ledger_keep_balances (by name), which holds the accounts' rows. Also the last word on a posting's moment, which is its entry's.
create function ledger_keep_day_totals() returns trigger language plpgsql as $$
begin
  if exists (select 1 from posted p join ledger_entries e on e.chain_id = p.chain_id and e.entry_id = p.entry_id
              where (e.happened_at, e.location_id) is distinct from (p.happened_at, p.location_id)) then
    raise exception 'a posting happened when and where its entry did' using errcode = 'HF903';
  end if;
  insert into ledger_day_totals as t (chain_id, account_id, day, in_minor, out_minor)
    select m.chain_id, m.account_id, m.day, sum(m.came), sum(m.went)
      from (select chain_id, to_account_id account_id, (happened_at at time zone 'UTC')::date as day, amount_minor came, 0 went from posted
            union all select chain_id, from_account_id, (happened_at at time zone 'UTC')::date, 0, amount_minor from posted) m
      join ledger_accounts a on a.chain_id = m.chain_id and a.account_id = m.account_id and a.kind <> 'client'
     group by 1, 2, 3 order by 1, 2, 3
    on conflict on constraint ledger_day_totals_pk do update set in_minor = t.in_minor + excluded.in_minor, out_minor = t.out_minor + excluded.out_minor;
  return null;
end $$;
create trigger ledger_keep_day_totals after insert on ledger_postings referencing new table as posted for each statement execute function ledger_keep_day_totals();

-- Screens with figures hear that money has come or gone, or a day was closed.
alter table live_changes add column money boolean not null default false;
create function money_live() returns trigger language plpgsql as $$
begin
  insert into live_changes (chain_id, location_id, money) values (new.chain_id, new.location_id, true);
  return null;
end $$;
create trigger ledger_entries_live after insert on ledger_entries for each row execute function money_live();
create trigger day_closings_live after insert or update on day_closings for each row execute function money_live();
