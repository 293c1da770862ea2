-- Client accounts at work: types with a credit limit, top-ups, payments of visits, and parts that are held for what is still under way. Facts are never
-- changed; a mistake is undone by a row beside them. What is held is kept on client_accounts by the database, which therefore has the last word on
-- "spent twice".

-- The ordinary account ('' on client_accounts) is no type: every client has it, in every currency.
create table account_types (
  chain_id           text not null,
  type_id            text not null,
  name               text not null,
  currency           text not null check (currency ~ '^[A-Z]{3}$'),
  credit_limit_minor bigint not null default 0 constraint account_types_credit_limit check (credit_limit_minor >= 0),
  version            integer not null default 1,
  made_at            timestamptz not null,
  archived_at        timestamptz,
  constraint account_types_pk primary key (chain_id, type_id)
);
create unique index account_types_name on account_types (chain_id, lower(name)) where archived_at is null;

create table account_type_locations (
  chain_id    text not null,
  type_id     text not null,
  location_id text not null,
  constraint account_type_locations_pk primary key (chain_id, type_id, location_id),
  constraint account_type_locations_type foreign key (chain_id, type_id) references account_types (chain_id, type_id),
  constraint account_type_locations_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);

-- An account takes its limit from its type when it is opened.
create or replace function client_accounts_open() returns trigger language plpgsql as $$
declare lent bigint;
begin
  select t.credit_limit_minor into lent from account_types t
   where t.chain_id = new.chain_id and t.type_id = split_part(new.owner_id, '/', 2) and t.currency = new.currency for share;
  insert into client_accounts (chain_id, owner_id, currency, client_id, type_id, credit_limit_minor, opened_at)
    values (new.chain_id, new.owner_id, new.currency, split_part(new.owner_id, '/', 1), split_part(new.owner_id, '/', 2), coalesce(lent, 0), new.created_at)
    on conflict do nothing;
  return null;
end $$;

-- What is kept of an account for a visit whose rest is still to be paid. What is kept for a refund that is under way stands with the refund.
create table account_holds (
  chain_id     text not null,
  hold_id      text not null,
  location_id  text not null,
  owner_id     text not null,
  currency     text not null,
  purpose_kind text not null check (purpose_kind = 'appointment'),
  purpose_id   text not null,
  key          text not null,                -- the screen's name for this try; a second click repeats it
  amount_minor bigint not null check (amount_minor > 0),
  held_minor   bigint not null,              -- what of it is still held
  spent_minor  bigint not null default 0,    -- what of it has paid; the rest was let go
  status       text not null default 'live' check (status in ('live', 'spent', 'released')),
  made_at      timestamptz not null,
  user_id      text not null,
  user_name    text not null,
  ended_at     timestamptz,
  ended_because text,
  constraint account_holds_pk primary key (chain_id, hold_id),
  constraint account_holds_once unique (chain_id, location_id, key),
  constraint account_holds_account foreign key (chain_id, owner_id, currency) references client_accounts (chain_id, owner_id, currency),
  constraint account_holds_live check ((status = 'live') = (held_minor > 0) and (status = 'live') = (ended_at is null)),
  constraint account_holds_within check (held_minor >= 0 and spent_minor >= 0 and held_minor + spent_minor <= amount_minor),
  constraint account_holds_spent check ((status = 'spent') = (spent_minor > 0))
);
create index account_holds_live_for on account_holds (chain_id, purpose_kind, purpose_id) where status = 'live';
create index account_holds_of_account on account_holds (chain_id, owner_id, currency) where status = 'live';

create function account_holds_are_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.status <> 'live' and (new.status, new.held_minor, new.spent_minor) is distinct from (old.status, old.held_minor, old.spent_minor) then
      raise exception 'hold % is over', old.hold_id using errcode = 'HF928';
    end if;
    update client_accounts set held_minor = held_minor - old.held_minor
     where chain_id = old.chain_id and owner_id = old.owner_id and currency = old.currency and old.held_minor > 0;
  end if;
  update client_accounts set held_minor = held_minor + new.held_minor
   where chain_id = new.chain_id and owner_id = new.owner_id and currency = new.currency and new.held_minor > 0;
  return null;
end $$;
create trigger account_holds_kept_new after insert on account_holds for each row execute function account_holds_are_kept();
create trigger account_holds_kept after update on account_holds for each row
  when ((old.held_minor, old.owner_id, old.status, old.spent_minor) is distinct from (new.held_minor, new.owner_id, new.status, new.spent_minor))
  execute function account_holds_are_kept();

-- What a visit has held for it, over all accounts.
create function held_for_visit(chain text, visit text) returns bigint language sql stable as $$
  select coalesce(sum(held_minor), 0)::bigint from account_holds
   where chain_id = chain and purpose_kind = 'appointment' and purpose_id = visit and status = 'live'
$$;

create function account_holds_end(chain text, kind text, id text, at timestamptz, because text) returns void language plpgsql as $$
begin
  update account_holds set status = 'released', held_minor = 0, ended_at = at, ended_because = because
   where chain_id = chain and purpose_kind = kind and purpose_id = id and status = 'live';
end $$;

-- A visit that does not take place keeps nobody's money, whichever way it came to that.
create function appointments_end_holds() returns trigger language plpgsql as $$
begin
  perform account_holds_end(new.chain_id, 'appointment', new.appointment_id, new.changed_at, new.status);
  return null;
end $$;
create trigger appointments_end_holds after update of status on appointments for each row
  when (old.status <> new.status and new.status in ('cancelled', 'expired')) execute function appointments_end_holds();

-- Money that fills an account: taken at the desk, or paid by the client through a link (an order 'account_top_up').
create table account_top_ups (
  chain_id     text not null,
  top_up_id    text not null,
  location_id  text not null,
  owner_id     text not null,
  kind         text not null check (kind in ('desk', 'link')),
  key          text not null,
  register_id  text,                          -- the ledger account it went into
  amount_minor bigint not null check (amount_minor > 0),
  currency     text not null,
  made_at      timestamptz not null,
  user_id      text not null,
  user_name    text not null,
  done_at      timestamptz,                   -- when it was on the account
  attempt_id   text,                          -- the payment that brought it
  cancelled_at timestamptz,
  constraint account_top_ups_pk primary key (chain_id, top_up_id),
  constraint account_top_ups_once unique (chain_id, location_id, key),
  constraint account_top_ups_register foreign key (chain_id, register_id) references ledger_accounts (chain_id, account_id),
  constraint account_top_ups_kind check ((kind = 'desk') = (register_id is not null) and (kind = 'link' or done_at is not null)),
  constraint account_top_ups_paid check (kind = 'desk' or (done_at is null) = (attempt_id is null))
);
create index account_top_ups_of_owner on account_top_ups (chain_id, owner_id, currency, made_at);

create table account_top_up_reversals (
  chain_id    text not null,
  top_up_id   text not null,
  asked_at    timestamptz not null,
  user_id     text not null,
  user_name   text not null,
  because     text not null,
  register_id text,                           -- from which it was handed back
  refund_id   text,                           -- or the refund at the provider
  reversed_at timestamptz,                    -- null: the provider has not confirmed yet
  failed_at   timestamptz,                    -- it said no: the money is on the account again
  constraint account_top_up_reversals_pk primary key (chain_id, top_up_id, asked_at),
  constraint account_top_up_reversals_top_up foreign key (chain_id, top_up_id) references account_top_ups (chain_id, top_up_id),
  constraint account_top_up_reversals_one_way check ((register_id is null) <> (refund_id is null)),
  constraint account_top_up_reversals_end check (reversed_at is null or failed_at is null)
);
create unique index account_top_up_reversals_once on account_top_up_reversals (chain_id, top_up_id) where failed_at is null;
create index account_top_up_reversals_refund on account_top_up_reversals (chain_id, refund_id) where refund_id is not null;

-- A visit, or a part of it, paid from an account. hold_id: what had been held for it.
create table account_payments (
  chain_id           text not null,
  account_payment_id text not null,
  location_id        text not null,
  appointment_id     text not null,
  key                text not null,
  owner_id           text not null,
  hold_id            text,
  amount_minor       bigint not null check (amount_minor > 0),
  currency           text not null,
  paid_at            timestamptz not null,
  user_id            text not null,
  user_name          text not null,
  constraint account_payments_pk primary key (chain_id, account_payment_id),
  constraint account_payments_once unique (chain_id, location_id, key),
  constraint account_payments_appointment foreign key (chain_id, appointment_id) references appointments (chain_id, appointment_id)
);
create index account_payments_of_appointment on account_payments (chain_id, appointment_id);

create table account_payment_reversals (
  chain_id           text not null,
  account_payment_id text not null,
  reversed_at        timestamptz not null,
  user_id            text not null,
  user_name          text not null,
  because            text not null,
  constraint account_payment_reversals_once primary key (chain_id, account_payment_id),
  constraint account_payment_reversals_payment foreign key (chain_id, account_payment_id) references account_payments (chain_id, account_payment_id)
);

-- Facts: what alone may change is whose they are, when one client was written down twice.
create function account_payments_are_facts() returns trigger language plpgsql as $$
begin
  raise exception 'what was paid from an account is never changed: % on % is refused', tg_op, tg_table_name using errcode = 'HF929';
end $$;
create trigger account_payments_are_facts before update on account_payments for each row
  when ((old.chain_id, old.account_payment_id, old.location_id, old.appointment_id, old.amount_minor, old.currency, old.paid_at)
     is distinct from (new.chain_id, new.account_payment_id, new.location_id, new.appointment_id, new.amount_minor, new.currency, new.paid_at))
  execute function account_payments_are_facts();
create trigger account_payments_stay before delete on account_payments for each statement execute function account_payments_are_facts();
create trigger account_payment_reversals_are_facts before update or delete on account_payment_reversals for each statement execute function account_payments_are_facts();

-- A top-up whose money the provider has given back, or will not give back: then nothing is kept for that any more, and a person has to look.
create function payment_refunds_end_reversals() returns trigger language plpgsql as $$
declare undone account_top_up_reversals; top_up account_top_ups; ended timestamptz := coalesce(new.done_at, new.made_at);
begin
  update account_top_up_reversals set failed_at = case when new.status = 'failed' then ended end, reversed_at = case when new.status = 'refunded' then ended end
   where chain_id = new.chain_id and refund_id = new.refund_id and failed_at is null and reversed_at is null returning * into undone;
  if undone.top_up_id is null or new.status <> 'failed' then return null; end if;
  select * into top_up from account_top_ups where chain_id = new.chain_id and top_up_id = undone.top_up_id;
  -- what was kept of it for another one goes on being kept
  update client_accounts c set held_minor = c.held_minor - r.held_minor from payment_refunds r
   where r.chain_id = new.chain_id and r.refund_id = new.refund_id and r.held_minor > 0
     and c.chain_id = top_up.chain_id and c.owner_id = top_up.owner_id and c.currency = top_up.currency;
  update payment_refunds set held_minor = 0 where chain_id = new.chain_id and refund_id = new.refund_id and held_minor > 0;
  insert into attention (chain_id, attention_id, location_id, kind, subject_kind, subject_id, attempt_id, amount_minor, currency, detail, opened_at)
    values (new.chain_id, 'att_' || replace(gen_random_uuid()::text, '-', ''), new.location_id, 'refund_failed', 'account_top_up', undone.top_up_id, new.attempt_id,
            new.amount_minor, new.currency, jsonb_build_object('trouble', new.last_error), ended) on conflict do nothing;
  return null;
end $$;
create trigger payment_refunds_end_reversals after update of status on payment_refunds for each row
  when (old.status <> new.status and new.status in ('failed', 'refunded')) execute function payment_refunds_end_reversals();

-- Somebody tries again: nobody has to look any more.
create function account_top_up_reversals_again() returns trigger language plpgsql as $$
begin
  update attention set resolved_at = new.asked_at, resolution = 'sent_again'
   where chain_id = new.chain_id and subject_kind = 'account_top_up' and subject_id = new.top_up_id and kind = 'refund_failed' and resolved_at is null;
  return null;
end $$;
create trigger account_top_up_reversals_again after insert on account_top_up_reversals for each row execute function account_top_up_reversals_again();
