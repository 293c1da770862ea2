-- Payments: connections to providers, attempts, the inbox. An attempt's row exists before the provider is called; it is asked
-- about until it is final; at most one live attempt per order; what a line pays for is opaque here (purpose_kind, purpose_id).

-- Facts of this installation that are not a tenant's: the mark in our payment references, the demo clock.
create table installation (
  key   text primary key,
  value text not null
);

create table provider_connections (
  chain_id         text not null,
  connection_id    text not null,
  location_id      text not null,
  provider         text not null,
  label            text not null,
  credentials      bytea not null,           -- sealed with the installation's key; never leaves the server
  credential_hints jsonb not null,           -- last four characters of each, for people
  sandbox          boolean not null,
  register_account_id text not null,
  created_at       timestamptz not null,
  constraint provider_connections_pk primary key (chain_id, connection_id),
  constraint provider_connections_register foreign key (chain_id, register_account_id) references ledger_accounts (chain_id, account_id)
);

create table payment_methods (
  chain_id      text not null,
  location_id   text not null,
  method        text not null check (method in ('online_registration', 'visit_link')),
  enabled       boolean not null default false,
  connection_id text,
  constraint payment_methods_pk primary key (chain_id, location_id, method),
  constraint payment_methods_connection foreign key (chain_id, connection_id) references provider_connections (chain_id, connection_id),
  constraint payment_methods_on_needs_connection check (not enabled or connection_id is not null)
);
select watch_rules('payment_methods');

create table payment_attempts (
  chain_id            text not null,
  attempt_id          text not null,
  location_id         text not null,
  connection_id       text not null,
  order_kind          text not null,          -- what is paid together: 'booking'
  order_id            text not null,
  reference           text not null,          -- what the provider and the webhooks call it
  idempotency_key     text not null,
  amount_minor        bigint not null check (amount_minor > 0),
  currency            text not null,
  status              text not null check (status in ('intended', 'open', 'processing', 'captured', 'failed', 'closed')),
  payable_until       timestamptz not null,
  look_at             timestamptz,            -- when the provider is asked next; null once final
  looks               integer not null default 0,
  superseded_at       timestamptz,            -- another attempt took its place: close it as soon as possible
  asked_at            timestamptz,            -- when the provider was first asked for a page; null: it cannot know of this attempt
  request             jsonb,                  -- what it was asked, word for word, until its page is known: a repeated call must be the same call
  provider_payment_id text,
  page_url            text,
  captured_minor      bigint not null default 0 check (captured_minor >= 0),
  captured_currency   text,
  captured_at         timestamptz,
  refunded_minor      bigint not null default 0 check (refunded_minor >= 0),
  last_error          text,
  created_at          timestamptz not null,
  constraint payment_attempts_pk primary key (chain_id, attempt_id),
  constraint payment_attempts_connection foreign key (chain_id, connection_id) references provider_connections (chain_id, connection_id),
  constraint payment_attempts_reference unique (chain_id, reference),
  constraint payment_attempts_final_is_not_asked check ((look_at is null) = (status in ('captured', 'failed', 'closed'))),
  constraint payment_attempts_captured check ((status = 'captured') = (captured_minor > 0) and (status = 'captured') = (captured_at is not null)
    and (status = 'captured') = (captured_currency is not null)),
  constraint payment_attempts_refund_within check (refunded_minor <= captured_minor)
);
-- Whatever a late fact says: captured money never goes back to being unpaid, only a refund is added to it; what was asked stays as it was asked.
create function payment_attempts_keep_history() returns trigger language plpgsql as $$
begin
  raise exception 'attempt % cannot go back', old.attempt_id using errcode = 'HF910';
end $$;
create trigger payment_attempts_keep_history before update on payment_attempts for each row
  when (new.captured_minor < old.captured_minor or new.refunded_minor < old.refunded_minor or (old.status = 'captured' and new.status <> 'captured')
     or (old.amount_minor, old.currency, old.reference, old.idempotency_key, old.connection_id, old.order_kind, old.order_id)
        is distinct from (new.amount_minor, new.currency, new.reference, new.idempotency_key, new.connection_id, new.order_kind, new.order_id))
  execute function payment_attempts_keep_history();
-- One live attempt per order: two tabs cannot both open a page.
create unique index payment_attempts_one_live on payment_attempts (chain_id, order_kind, order_id)
  where status in ('intended', 'open', 'processing') and superseded_at is null;
create index payment_attempts_order on payment_attempts (chain_id, order_kind, order_id);
create index payment_attempts_provider_id on payment_attempts (chain_id, connection_id, provider_payment_id);
-- The sweep asks every few seconds: whom do we have to ask about?
create index payment_attempts_look_at on payment_attempts (look_at) where look_at is not null;

create table payment_lines (
  chain_id     text not null,
  attempt_id   text not null,
  line_no      smallint not null,
  purpose_kind text not null,
  purpose_id   text not null,
  amount_minor bigint not null check (amount_minor > 0),
  outcome      text not null default 'pending' check (outcome in ('pending', 'applied', 'credited', 'unplaced')),
  account_id   text,                          -- the ledger account this line's money went to
  placed_minor bigint not null default 0,     -- how much came for it, in the captured currency; an attempt's lines add up to what was captured
  refunded_minor bigint not null default 0,   -- how much of that went back at the provider
  placed_at    timestamptz,
  constraint payment_lines_pk primary key (chain_id, attempt_id, line_no),
  constraint payment_lines_attempt foreign key (chain_id, attempt_id) references payment_attempts (chain_id, attempt_id),
  constraint payment_lines_account foreign key (chain_id, account_id) references ledger_accounts (chain_id, account_id),
  constraint payment_lines_placed check ((outcome = 'pending') = (placed_at is null) and (outcome = 'pending') = (account_id is null)),
  constraint payment_lines_refund_within check (refunded_minor between 0 and placed_minor)
);
create index payment_lines_purpose on payment_lines (chain_id, purpose_kind, purpose_id);

-- A room that wants to be paid states its wish here, in its own transaction. p: {chain, location, connection, attempt,
-- reference, idempotencyKey, orderKind, orderId, amount, currency, payableUntil, lookAt, now, lines: [{kind, id, amount}]}
create function intend_payment(p jsonb) returns void language plpgsql as $$
begin
  with intended as (
    insert into payment_attempts (chain_id, attempt_id, location_id, connection_id, order_kind, order_id, reference, idempotency_key,
        amount_minor, currency, status, payable_until, look_at, created_at)
      values (p->>'chain', p->>'attempt', p->>'location', p->>'connection', p->>'orderKind', p->>'orderId', p->>'reference',
        p->>'idempotencyKey', (p->>'amount')::bigint, p->>'currency', 'intended', (p->>'payableUntil')::timestamptz,
        (p->>'lookAt')::timestamptz, (p->>'now')::timestamptz))
  insert into payment_lines (chain_id, attempt_id, line_no, purpose_kind, purpose_id, amount_minor)
    select p->>'chain', p->>'attempt', (l.no - 1)::smallint, l.line->>'kind', l.line->>'id', (l.line->>'amount')::bigint
      from jsonb_array_elements(p->'lines') with ordinality l(line, no);
end $$;

-- Its order is no longer wanted in this form: whatever is still open for it is to be closed at the provider.
-- Answers whether some attempt, an older one included, is already with the provider's risk or bank checks ('processing').
create function supersede_payments(chain text, kind text, id text, at timestamptz) returns boolean language plpgsql as $$
declare processing boolean;
begin
  select coalesce(bool_or(status = 'processing'), false) into processing from (
    select status from payment_attempts where chain_id = chain and order_kind = kind and order_id = id
       and status in ('intended', 'open', 'processing')
     order by attempt_id for update) live;
  if not processing then
    update payment_attempts set superseded_at = at, look_at = at
     where chain_id = chain and order_kind = kind and order_id = id and status in ('intended', 'open') and superseded_at is null;
  end if;
  return processing;
end $$;

-- verify → insert → 200 → process. A webhook is kept as it came.
create table webhook_inbox (
  chain_id            text not null,
  connection_id       text not null,
  event_id            text not null,
  event_type          text not null,
  reference           text,
  provider_payment_id text,
  raw                 bytea not null,
  received_at         timestamptz not null,
  status              text not null check (status in ('new', 'done', 'not_ours', 'parked')),
  tries               integer not null default 0,
  try_at              timestamptz,
  last_error          text,
  done_at             timestamptz,
  constraint webhook_inbox_pk primary key (chain_id, connection_id, event_id),
  constraint webhook_inbox_connection foreign key (chain_id, connection_id) references provider_connections (chain_id, connection_id),
  constraint webhook_inbox_waits check ((try_at is not null) = (status in ('new', 'parked')))
);
create index webhook_inbox_try_at on webhook_inbox (try_at) where try_at is not null;

-- What a person has to look at. Resolved, never erased.
create table attention (
  chain_id     text not null,
  attention_id text not null,
  location_id  text not null,
  kind         text not null,
  subject_kind text not null,
  subject_id   text not null,
  attempt_id   text,
  amount_minor bigint,
  currency     text,
  detail       jsonb not null default '{}',
  opened_at    timestamptz not null,
  resolved_at  timestamptz,
  resolution   text,
  constraint attention_pk primary key (chain_id, attention_id),
  constraint attention_resolved check ((resolved_at is null) = (resolution is null))
);
create index attention_open on attention (chain_id, location_id, opened_at) where resolved_at is null;
create index attention_subject on attention (chain_id, subject_kind, subject_id);
-- The same trouble is shown once while it is open, however often the provider repeats it.
create unique index attention_once on attention (chain_id, kind, subject_kind, subject_id) where resolved_at is null and kind in ('provider_disagrees', 'payment_unclear', 'unknown_payment');

-- The payment an order is being paid with, if one is under way; null otherwise.
create function live_payment(chain text, kind text, id text) returns jsonb language plpgsql stable as $$
begin
  return (select jsonb_build_object('attemptId', attempt_id, 'status', status, 'payableUntil', payable_until, 'pageUrl', page_url)
    from payment_attempts where chain_id = chain and order_kind = kind and order_id = id and status in ('intended', 'open', 'processing') and superseded_at is null);
end $$;

-- Late money of these purposes whose client has not chosen yet (A12), oldest first; [] when there is none. As much of it as has not gone back at the provider.
create function waiting_credits(chain text, kind text, ids text[]) returns jsonb language plpgsql stable as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('attentionId', a.attention_id, 'attemptId', a.attempt_id, 'purposeId', a.subject_id,
                                               'amountMinor', l.placed_minor - l.refunded_minor, 'currency', a.currency) order by a.opened_at, a.attention_id), '[]')
    from attention a join payment_lines l on l.chain_id = a.chain_id and l.attempt_id = a.attempt_id and l.purpose_kind = a.subject_kind and l.purpose_id = a.subject_id
   where a.chain_id = chain and a.subject_kind = waiting_credits.kind and a.subject_id = any(ids) and a.kind = 'late_payment' and a.resolved_at is null
     and l.outcome = 'credited' and l.refunded_minor < l.placed_minor);
end $$;

-- Whether money has come for the order that nobody asked for in this form, and nobody has decided about yet: until then no more is asked for.
create function stray_money(chain text, kind text, id text) returns boolean language plpgsql stable as $$
begin
  return exists (select 1 from attention a where a.chain_id = chain and a.subject_kind = stray_money.kind and a.subject_id = stray_money.id
                    and a.kind in ('amount_mismatch', 'currency_mismatch') and a.resolved_at is null);
end $$;

-- What is to be told or done after a commit, written in the same transaction.
create table outbox (
  chain_id   text not null,
  outbox_id  text not null,
  topic      text not null,
  subject_id text not null,
  payload    jsonb not null default '{}',
  told_at    timestamptz not null,
  due_at     timestamptz,                    -- null once handed on
  tries      integer not null default 0,
  last_error text,
  constraint outbox_pk primary key (chain_id, outbox_id)
);
create index outbox_due on outbox (due_at) where due_at is not null;
