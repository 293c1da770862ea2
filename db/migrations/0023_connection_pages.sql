-- The page of each connection: what arrives there, trying it with real money of the smallest amount, certificates that end, and money that is given
-- back from here. Whatever falls due is a column that is swept against the clock.

alter table provider_connections
  add column ends_at       timestamptz,      -- when the credentials stop working by themselves; null: never
  add column end_notice_at timestamptz;      -- from when on a person is to know of it; null once told
create index provider_connections_end_notice_at on provider_connections (end_notice_at) where end_notice_at is not null;

-- What has arrived, newest first.
create index webhook_inbox_by_time on webhook_inbox (chain_id, connection_id, received_at, event_id);

-- A message without a good proof is not kept (anybody can send one), but that one came is: the newest fifty of each connection. Written by a trigger on
-- what the receipt notes, at most one a minute, so that no path can forget it.
create table webhook_refusals (
  chain_id      text not null,
  connection_id text not null,
  refused_at    timestamptz not null,
  why           text not null,
  constraint webhook_refusals_pk primary key (chain_id, connection_id, refused_at),
  constraint webhook_refusals_connection foreign key (chain_id, connection_id) references provider_connections (chain_id, connection_id)
);
create function provider_connections_refused() returns trigger language plpgsql as $$
begin
  insert into webhook_refusals (chain_id, connection_id, refused_at, why)
    values (new.chain_id, new.connection_id, new.refused_at, coalesce(new.refused_why, '')) on conflict do nothing;
  delete from webhook_refusals r where r.chain_id = new.chain_id and r.connection_id = new.connection_id and r.refused_at <= (
    select o.refused_at from webhook_refusals o where o.chain_id = new.chain_id and o.connection_id = new.connection_id
     order by o.refused_at desc offset 50 limit 1);
  return null;
end $$;
create trigger provider_connections_refused after update of refused_at on provider_connections for each row
  when (new.refused_at is not null and new.refused_at is distinct from old.refused_at) execute function provider_connections_refused();

-- A payment of the smallest amount that somebody of the salon makes to see a connection work. It is an order of its own kind ('connection_test').
create table connection_tests (
  chain_id      text not null,
  test_id       text not null,
  location_id   text not null,
  connection_id text not null,
  amount_minor  bigint not null check (amount_minor > 0),
  currency      text not null,
  started_at    timestamptz not null,
  started_by    text not null,               -- who, as people know them
  payable_until timestamptz not null,
  ended_at      timestamptz,                 -- it asks for money no more: paid, or come to nothing
  constraint connection_tests_pk primary key (chain_id, test_id),
  constraint connection_tests_connection foreign key (chain_id, connection_id) references provider_connections (chain_id, connection_id)
);
-- One at a time: two clicks, or two people, get the same page.
create unique index connection_tests_one_live on connection_tests (chain_id, connection_id) where ended_at is null;
create index connection_tests_of_connection on connection_tests (chain_id, connection_id, started_at);

-- Money given back from here: the intent stands here before the provider is called, and is asked about until it is final. What moves the books is what the
-- provider then says of the payment.
create table payment_refunds (
  chain_id              text not null,
  refund_id             text not null,
  location_id           text not null,
  attempt_id            text not null,
  amount_minor          bigint not null check (amount_minor > 0),
  currency              text not null,
  refunded_before_minor bigint not null check (refunded_before_minor >= 0), -- what had gone back when it was first spoken of
  idempotency_key       text not null,
  status                text not null check (status in ('intended', 'pending', 'refunded', 'failed')),
  provider_refund_id    text,
  look_at               timestamptz,         -- when it is carried on; null once final
  looks                 integer not null default 0,
  last_error            text,
  made_at               timestamptz not null,
  made_by               text not null,
  done_at               timestamptz,
  constraint payment_refunds_pk primary key (chain_id, refund_id),
  constraint payment_refunds_attempt foreign key (chain_id, attempt_id) references payment_attempts (chain_id, attempt_id),
  constraint payment_refunds_final_is_not_asked check ((look_at is null) = (status in ('refunded', 'failed')) and (done_at is null) = (look_at is not null))
);
-- Providers without keys are asked how much has gone back, which tells only while there is one at a time.
create unique index payment_refunds_one_live on payment_refunds (chain_id, attempt_id) where status in ('intended', 'pending');
create index payment_refunds_of_attempt on payment_refunds (chain_id, attempt_id);
create index payment_refunds_look_at on payment_refunds (look_at) where look_at is not null;

drop index attention_once;
create unique index attention_once on attention (chain_id, kind, subject_kind, subject_id)
  where resolved_at is null and kind in ('provider_disagrees', 'payment_unclear', 'unknown_payment', 'credentials_end', 'test_payment');
