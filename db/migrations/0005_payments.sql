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
  constraint payment_attempts_final_is_not_asked check ((look_at is null) = (status in ('captured', 'failed', 'closed')))
);
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
  placed_at    timestamptz,
  constraint payment_lines_pk primary key (chain_id, attempt_id, line_no),
  constraint payment_lines_attempt foreign key (chain_id, attempt_id) references payment_attempts (chain_id, attempt_id),
  constraint payment_lines_placed check ((outcome = 'pending') = (placed_at is null))
);
create index payment_lines_purpose on payment_lines (chain_id, purpose_kind, purpose_id);

-- A room that wants to be paid states its wish here, in its own transaction. p: {chain, location, connection, attempt,
-- reference, idempotencyKey, orderKind, orderId, amount, currency, payableUntil, lookAt, now, lines: [{kind, id, amount}]}
create function intend_payment(p jsonb) returns void language plpgsql as $$
begin
  insert into payment_attempts (chain_id, attempt_id, location_id, connection_id, order_kind, order_id, reference, idempotency_key,
      amount_minor, currency, status, payable_until, look_at, created_at)
    values (p->>'chain', p->>'attempt', p->>'location', p->>'connection', p->>'orderKind', p->>'orderId', p->>'reference',
      p->>'idempotencyKey', (p->>'amount')::bigint, p->>'currency', 'intended', (p->>'payableUntil')::timestamptz,
      (p->>'lookAt')::timestamptz, (p->>'now')::timestamptz);
  insert into payment_lines (chain_id, attempt_id, line_no, purpose_kind, purpose_id, amount_minor)
    select p->>'chain', p->>'attempt', (l.no - 1)::smallint, l.line->>'kind', l.line->>'id', (l.line->>'amount')::bigint
      from jsonb_array_elements(p->'lines') with ordinality l(line, no);
end $$;

-- Its order is no longer wanted in this form: whatever is still open for it is to be closed at the provider.
-- Answers whether some attempt is already with the provider's risk or bank checks ('processing').
create function supersede_payments(chain text, kind text, id text, at timestamptz) returns boolean language plpgsql as $$
declare processing boolean;
begin
  select coalesce(bool_or(status = 'processing'), false) into processing from (
    select status from payment_attempts where chain_id = chain and order_kind = kind and order_id = id
       and status in ('intended', 'open', 'processing') and superseded_at is null
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
