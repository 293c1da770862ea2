-- A client can ask their bank for the money back (a dispute, a chargeback). The provider then withdraws it, and gives it back or not when the bank has decided.
-- Until now that was an adjustment which only Reconciliation saw. What is withdrawn lies in an account of its own until it is decided: it is neither at the provider
-- nor lost, and it must not be given back a second time meanwhile.

alter table ledger_accounts drop constraint ledger_accounts_kind_check;
alter table ledger_accounts add constraint ledger_accounts_kind_check check (kind in (
  'register', 'clearing', 'prepayments', 'client', 'unplaced', 'income', 'fees', 'item', 'tax', 'opening', 'between',
  'disputed')); -- withdrawn at a provider (owner: the connection) because clients dispute it
alter table ledger_postings drop constraint ledger_postings_operation_check;
alter table ledger_postings add constraint ledger_postings_operation_check check (operation in (
  'payment', 'refund', 'top_up', 'credit', 'spend', 'unplaced', 'transfer', 'manual', 'opening', 'payout', 'fee', 'correction', 'settlement',
  'income', 'tax', 'merge', 'dispute'));

create table payment_disputes (
  chain_id            text not null,
  dispute_id          text not null,
  location_id         text not null,
  attempt_id          text not null,
  connection_id       text not null,
  provider_dispute_id text not null,
  amount_minor        bigint not null check (amount_minor >= 0), -- what the client wants back
  currency            text not null,
  reason              text not null,   -- the provider's word
  stage               text not null check (stage in ('inquiry', 'chargeback')),
  state               text not null check (state in ('needs_response', 'under_review', 'won', 'lost', 'closed')),
  respond_by          timestamptz,
  opened_at           timestamptz not null,
  learned_at          timestamptz not null,
  changed_at          timestamptz not null,
  withdrawn_minor     bigint not null default 0, -- what of it lies in the account of disputes or was lost: its movements, the other way round
  lost_minor          bigint not null default 0, -- what of that was booked as lost
  loss_steps          integer not null default 0,
  answered_at         timestamptz,     -- somebody here said that evidence was sent
  answered_by         text,
  accepted_by         text,            -- who gave it up from here
  look_at             timestamptz,     -- when the provider is asked again; null once it is over
  constraint payment_disputes_pk primary key (chain_id, dispute_id),
  constraint payment_disputes_once unique (chain_id, attempt_id, provider_dispute_id),
  constraint payment_disputes_attempt foreign key (chain_id, attempt_id) references payment_attempts (chain_id, attempt_id),
  constraint payment_disputes_waits check ((look_at is null) = (state in ('won', 'lost', 'closed'))),
  constraint payment_disputes_lost check (lost_minor between 0 and greatest(withdrawn_minor, 0))
);
create index payment_disputes_of_location on payment_disputes (chain_id, location_id, opened_at);
create index payment_disputes_of_connection on payment_disputes (chain_id, connection_id);
-- The sweep asks every few seconds: whose end do we wait for?
create index payment_disputes_look_at on payment_disputes (look_at) where look_at is not null;

-- Each movement once, under the id that the provider's books give it: reconciliation finds its line by that.
create table payment_dispute_moves (
  chain_id      text not null,
  connection_id text not null,
  line_id       text not null,
  location_id   text not null,
  dispute_id    text not null,
  attempt_id    text not null,
  amount_minor  bigint not null check (amount_minor <> 0), -- as the provider's books show it: below zero it was withdrawn
  currency      text not null,
  at            timestamptz not null,
  constraint payment_dispute_moves_pk primary key (chain_id, connection_id, line_id),
  constraint payment_dispute_moves_dispute foreign key (chain_id, dispute_id) references payment_disputes (chain_id, dispute_id)
);
create index payment_dispute_moves_of_attempt on payment_dispute_moves (chain_id, attempt_id);

alter table payment_lines
  add column disputed_minor     bigint not null default 0 constraint payment_lines_disputed check (disputed_minor >= 0), -- of a dispute that is not decided
  add column charged_back_minor bigint not null default 0 constraint payment_lines_charged_back check (charged_back_minor >= 0); -- of one that was lost

create unique index attention_once_dispute on attention (chain_id, kind, subject_kind, subject_id) where resolved_at is null and kind = 'dispute';

-- As before; and what the client's bank has taken back is not left, while what it may still take back is left but disputed.
drop function money_of_visit(text, text);
create function money_of_visit(chain text, visit text) returns table (source_kind text, source_id text, line_no smallint, placed text, currency text, came_at timestamptz,
  came_minor bigint, left_minor bigint, named text, paid_by text, connection_id text, disputed_minor bigint, charged_back_minor bigint) language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  with a as (select * from appointments x where x.chain_id = chain and x.appointment_id = visit),
  lines as (
    select 'payment' k, l.attempt_id id, l.line_no no, l.outcome placed, t.captured_currency cur, t.captured_at at, l.placed_minor came, l.placed_minor - l.refunded_minor remains,
           c.label named, case t.order_kind when 'visit' then 'link' else 'online' end paid_by, t.connection_id connection, l.disputed_minor disputed, l.charged_back_minor back
      from a join payment_lines l on l.chain_id = chain
       and (l.purpose_kind in ('appointment', 'visit') and l.purpose_id = visit or l.purpose_kind = 'booking' and l.purpose_id = a.booking_id and a.line_no = 0)
      join payment_attempts t on t.chain_id = chain and t.attempt_id = l.attempt_id
      join provider_connections c on c.chain_id = chain and c.connection_id = t.connection_id
     where l.outcome in ('applied', 'credited', 'unplaced') and t.status = 'captured'),
  taken as (
    select 'desk' k, d.desk_payment_id id, 0::smallint no, 'applied' placed, d.currency cur, d.taken_at at, d.amount_minor came,
           case when v.desk_payment_id is not null then 0 else d.amount_minor - coalesce((
             select sum(r.amount_minor) from refunds r
              where r.chain_id = chain and r.source_kind = 'desk' and r.source_id = d.desk_payment_id and r.status = 'given_back'), 0)::bigint end remains,
           g.name named, case g.kind when 'cashless' then 'card' else 'cash' end paid_by, null::text connection, 0::bigint disputed, 0::bigint back
      from desk_payments d join cash_registers g on g.chain_id = d.chain_id and g.account_id = d.account_id
      left join desk_reversals v on v.chain_id = d.chain_id and v.desk_payment_id = d.desk_payment_id
     where d.chain_id = chain and d.appointment_id = visit),
  known as (select * from lines union all select * from taken),
  rest as (select a.paid_minor - coalesce((select sum(remains) from known where placed = 'applied'), 0)::bigint remains, a.currency cur, a.created_at at from a)
  select k, id, no, placed, cur, at, came, greatest(remains - back, least(remains, 0)), named, paid_by, connection, disputed, back from known
  union all
  select 'account', visit, 0::smallint, 'applied', r.cur::text, r.at, r.remains, r.remains, '', 'account', null::text, 0::bigint, 0::bigint from rest r where r.remains > 0
  order by 6, 2, 3;
end $$;
