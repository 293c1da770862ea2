-- A visit can be paid three ways: with the booking (an order 'booking'), by its link (an order 'visit', whose id is the appointment's) and at the desk. The
-- first two may want the same appointment's money at the same time, so what is live is a matter of what is paid for, no longer of the order alone.

-- A line is live while its attempt can bring money that is expected: not final, and no other has taken its place.
alter table payment_lines add column live boolean not null default false;
update payment_lines l set live = true from payment_attempts a
 where a.chain_id = l.chain_id and a.attempt_id = l.attempt_id and a.status in ('intended', 'open', 'processing') and a.superseded_at is null;
-- The last word: one thing is paid with one payment at a time, whatever kind of order asks for it.
create unique index payment_lines_one_live on payment_lines (chain_id, purpose_kind, purpose_id) where live;

-- An attempt begins live and ends once: no status leads back, and nothing takes superseded_at away.
create function payment_lines_end_with_attempt() returns trigger language plpgsql as $$
begin
  update payment_lines set live = false where chain_id = new.chain_id and attempt_id = new.attempt_id and live;
  return null;
end $$;
create trigger payment_lines_end_with_attempt after update of status, superseded_at on payment_attempts for each row
  when (new.status in ('captured', 'failed', 'closed') or new.superseded_at is not null) execute function payment_lines_end_with_attempt();

create or replace function intend_payment(p jsonb) returns void language plpgsql as $$
begin
  with intended as (
    insert into payment_attempts (chain_id, attempt_id, location_id, connection_id, order_kind, order_id, reference, idempotency_key,
        amount_minor, currency, status, payable_until, look_at, created_at)
      values (p->>'chain', p->>'attempt', p->>'location', p->>'connection', p->>'orderKind', p->>'orderId', p->>'reference',
        p->>'idempotencyKey', (p->>'amount')::bigint, p->>'currency', 'intended', (p->>'payableUntil')::timestamptz,
        (p->>'lookAt')::timestamptz, (p->>'now')::timestamptz))
  insert into payment_lines (chain_id, attempt_id, line_no, purpose_kind, purpose_id, amount_minor, live)
    select p->>'chain', p->>'attempt', (l.no - 1)::smallint, l.line->>'kind', l.line->>'id', (l.line->>'amount')::bigint, true
      from jsonb_array_elements(p->'lines') with ordinality l(line, no);
end $$;

-- What an order may ask money for: what its attempts asked for, and what its room says of its kind.
create function purposes_of_order(chain text, kind text, id text) returns table (purpose_kind text, purpose_id text) language plpgsql stable as $$
begin
  return query
    select 'appointment', a.appointment_id from appointments a where kind = 'booking' and a.chain_id = chain and a.booking_id = id
    union select 'appointment', id where kind = 'visit'
    union select l.purpose_kind, l.purpose_id from payment_attempts a join payment_lines l on l.chain_id = a.chain_id and l.attempt_id = a.attempt_id
           where a.chain_id = chain and a.order_kind = kind and a.order_id = id;
end $$;

-- Every attempt that ever asked for any of it, whoever's order it was.
create function attempts_about_order(chain text, kind text, id text) returns table (attempt_id text) language plpgsql stable as $$
begin
  return query
    select l.attempt_id from purposes_of_order(chain, kind, id) p
      join payment_lines l on l.chain_id = chain and l.purpose_kind = p.purpose_kind and l.purpose_id = p.purpose_id
    union select a.attempt_id from payment_attempts a where a.chain_id = chain and a.order_kind = kind and a.order_id = id;
end $$;

-- What is paid for here is no longer wanted in this form: whatever is still open for it is to be closed at the provider.
-- Answers whether some attempt, an older one included, is already with the provider's risk or bank checks ('processing').
create or replace function supersede_payments(chain text, kind text, id text, at timestamptz) returns boolean language plpgsql as $$
declare about text[]; processing boolean;
begin
  about := array(select x.attempt_id from attempts_about_order(chain, kind, id) x);
  select coalesce(bool_or(status = 'processing'), false) into processing from (
    select status from payment_attempts where chain_id = chain and attempt_id = any(about) and status in ('intended', 'open', 'processing')
     order by attempt_id for update) live;
  if not processing then
    update payment_attempts set superseded_at = at, look_at = at
     where chain_id = chain and attempt_id = any(about) and status in ('intended', 'open') and superseded_at is null;
  end if;
  return processing;
end $$;

-- The payment that is under way for any of it, the one being checked first; null otherwise.
create or replace function live_payment(chain text, kind text, id text) returns jsonb language plpgsql stable as $$
begin
  return (select jsonb_build_object('attemptId', a.attempt_id, 'status', a.status, 'payableUntil', a.payable_until, 'pageUrl', a.page_url)
    from payment_attempts a
   where a.chain_id = chain and a.attempt_id in (select x.attempt_id from attempts_about_order(chain, kind, id) x)
     and a.status in ('intended', 'open', 'processing') and (a.superseded_at is null or a.status = 'processing')
   order by a.status = 'processing' desc, a.order_kind = kind desc, a.created_at desc limit 1);
end $$;

create or replace function stray_money(chain text, kind text, id text) returns boolean language plpgsql stable as $$
begin
  return exists (select 1 from attention a where a.chain_id = chain and a.attempt_id in (select x.attempt_id from attempts_about_order(chain, stray_money.kind, id) x)
                    and a.kind in ('amount_mismatch', 'currency_mismatch') and a.resolved_at is null);
end $$;

-- A link is an address that is signed over the appointment and never runs out; here stands only that somebody made it.
create table payment_links (
  chain_id       text not null,
  appointment_id text not null,
  location_id    text not null,
  made_at        timestamptz not null,
  made_by        text not null,
  constraint payment_links_pk primary key (chain_id, appointment_id),
  constraint payment_links_appointment foreign key (chain_id, appointment_id) references appointments (chain_id, appointment_id)
);

-- Money taken at the desk: facts, each with its entry in the ledger. A mistake is undone by a reversal beside it, never by changing it.
create table desk_payments (
  chain_id        text not null,
  desk_payment_id text not null,
  location_id     text not null,
  appointment_id  text not null,
  key             text not null,             -- the screen's name for this try; a second click repeats it
  account_id      text not null,             -- the register it went into
  amount_minor    bigint not null check (amount_minor > 0),
  currency        text not null,
  taken_at        timestamptz not null,
  user_id         text not null,
  user_name       text not null,
  constraint desk_payments_pk primary key (chain_id, desk_payment_id),
  constraint desk_payments_once unique (chain_id, location_id, key),
  constraint desk_payments_appointment foreign key (chain_id, appointment_id) references appointments (chain_id, appointment_id),
  constraint desk_payments_register foreign key (chain_id, account_id) references ledger_accounts (chain_id, account_id)
);
create index desk_payments_of_appointment on desk_payments (chain_id, appointment_id);

create table desk_reversals (
  chain_id        text not null,
  desk_payment_id text not null,
  reversed_at     timestamptz not null,
  user_id         text not null,
  user_name       text not null,
  because         text not null,
  constraint desk_reversals_once primary key (chain_id, desk_payment_id),
  constraint desk_reversals_payment foreign key (chain_id, desk_payment_id) references desk_payments (chain_id, desk_payment_id)
);

create function desk_payments_are_facts() returns trigger language plpgsql as $$
begin
  raise exception 'what was taken at the desk is never changed: % on % is refused', tg_op, tg_table_name using errcode = 'HF912';
end $$;
create trigger desk_payments_are_facts before update or delete on desk_payments for each statement execute function desk_payments_are_facts();
create trigger desk_reversals_are_facts before update or delete on desk_reversals for each statement execute function desk_payments_are_facts();

-- Whether somebody may be looking at a page on which just this can be paid.
create function page_is_open(chain text, kind text, id text) returns boolean language plpgsql stable as $$
begin
  return exists (select 1 from payment_lines l join payment_attempts a on a.chain_id = l.chain_id and a.attempt_id = l.attempt_id
                  where l.chain_id = chain and l.purpose_kind = kind and l.purpose_id = id and l.live and (a.page_url is not null or a.status = 'processing'));
end $$;
