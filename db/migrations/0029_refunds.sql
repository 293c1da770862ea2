-- What cancelling means grows from two numbers into a policy: several steps, a share for who did not come, and until when clients may cancel by themselves.
-- And giving money back gets rows of its own, one for each payment it is taken from, from the proposal until the money has arrived or was kept: it used to be a
-- note in Needs attention that a person ticked off, which says nothing about whether anything went back.

alter table locations
  add column cancellation jsonb not null default '{"steps": [{"hours": 24, "percent": 100}], "afterPercent": 0, "noShowPercent": 0, "cancelOnline": {"unprepaid": 0, "prepaid": 0}}',
  -- A refund above this is approved by somebody else than who proposed it or changed it last; null: nobody has to.
  add column second_person_from_minor bigint check (second_person_from_minor >= 0);
update locations set cancellation = jsonb_build_object('steps', jsonb_build_array(jsonb_build_object('hours', cancel_free_hours, 'percent', 100)),
  'afterPercent', cancel_late_percent, 'noShowPercent', 0, 'cancelOnline', jsonb_build_object('unprepaid', 0, 'prepaid', 0));
alter table locations drop column cancel_free_hours, drop column cancel_late_percent;
-- A service's own; null: as the location.
alter table services add column cancellation jsonb;

-- Which line of the payment a refund is taken from (null: nobody said), and how much of the client's account is kept for it until it has gone.
alter table payment_refunds add column line_no smallint, add column held_minor bigint not null default 0 check (held_minor >= 0);

alter table payment_lines drop constraint payment_lines_outcome_check;
alter table payment_lines add constraint payment_lines_outcome_check check (outcome in (
  'pending', 'applied', 'credited', 'unplaced',
  'handed_back')); -- somebody paid it out in cash: if the provider gives it back as well, that stands unplaced

-- One refund of one payment, from its proposal on. The rows stay.
create table refunds (
  chain_id          text not null,
  refund_id         text not null,
  location_id       text not null,
  -- Refunds that belong together: of one cancellation. Limits count them as one.
  case_id           text not null,
  appointment_id    text not null,
  source_kind       text not null check (source_kind in ('payment', 'desk', 'account')),
  source_id         text not null, -- attempt, desk payment, appointment
  line_no           smallint not null default 0,
  currency          text not null,
  reason            text not null check (reason in ('by_staff', 'cancelled_by_client', 'cancelled_by_staff', 'no_show', 'asked_by_client')),
  -- How the terms led to the amount, and what the client was shown.
  policy            jsonb,
  proposed_minor    bigint not null check (proposed_minor >= 0),
  amount_minor      bigint not null check (amount_minor >= 0),
  status            text not null check (status in ('declined', 'open', 'approved', 'sending', 'given_back', 'nothing_left')),
  words             text not null default '',
  key               text,          -- of the screen that proposed it
  opened_at         timestamptz not null,
  opened_by_id      text,          -- null: the client, or the terms
  opened_by_name    text not null default '',
  edited_at         timestamptz,
  edited_by_id      text,
  edited_by_name    text,
  approved_at       timestamptz,
  approved_by_id    text,
  approved_by_name  text,
  way               text check (way in ('provider', 'account', 'register')),
  sent_key          text,          -- of the screen that sent it last
  sent_by_id        text,
  sent_by_name      text,
  register_id       text,
  payment_refund_id text,
  trouble           text,          -- why the provider did not, in its words
  closed_at         timestamptz,
  closed_by_name    text,
  version           integer not null default 1,
  constraint refunds_pk primary key (chain_id, refund_id),
  constraint refunds_appointment foreign key (chain_id, appointment_id) references appointments (chain_id, appointment_id),
  constraint refunds_closed check ((closed_at is not null) = (status in ('declined', 'given_back', 'nothing_left'))),
  constraint refunds_sent_somehow check (way is not null or status not in ('sending', 'given_back')),
  constraint refunds_something check (amount_minor > 0 or status in ('declined', 'nothing_left')),
  constraint refunds_once unique (chain_id, location_id, key)
);
-- The last word about two who propose at once: of one payment one refund at a time.
create unique index refunds_one_live on refunds (chain_id, source_kind, source_id, line_no) where status in ('open', 'approved', 'sending');
create index refunds_todo on refunds (chain_id, location_id, opened_at) where status in ('open', 'approved', 'sending');
create index refunds_of_location on refunds (chain_id, location_id, refund_id);
create index refunds_of_appointment on refunds (chain_id, appointment_id);
create index refunds_of_source on refunds (chain_id, source_kind, source_id);
create index refunds_sending on refunds (chain_id, refund_id) where status = 'sending';

create function refunds_stay() returns trigger language plpgsql as $$
begin
  raise exception 'refunds are never erased' using errcode = 'HF902';
end $$;
create trigger refunds_stay before delete on refunds for each statement execute function refunds_stay();

-- What was paid for a visit, payment by payment, and what of it has not gone back. Money that paid too much stands with the first visit of its booking. What was
-- neither paid online nor at the desk came from a client's account.
create function money_of_visit(chain text, visit text) returns table (source_kind text, source_id text, line_no smallint, placed text, currency text, came_at timestamptz,
  came_minor bigint, left_minor bigint, named text, paid_by text, connection_id text) language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  with a as (select * from appointments x where x.chain_id = chain and x.appointment_id = visit),
  lines as (
    select 'payment' k, l.attempt_id id, l.line_no no, l.outcome placed, t.captured_currency cur, t.captured_at at, l.placed_minor came, l.placed_minor - l.refunded_minor remains,
           c.label named, case t.order_kind when 'visit' then 'link' else 'online' end paid_by, t.connection_id connection
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
           '' named, case g.owner_id when 'card' then 'card' else 'cash' end paid_by, null::text connection
      from desk_payments d join ledger_accounts g on g.chain_id = d.chain_id and g.account_id = d.account_id
      left join desk_reversals v on v.chain_id = d.chain_id and v.desk_payment_id = d.desk_payment_id
     where d.chain_id = chain and d.appointment_id = visit),
  known as (select * from lines union all select * from taken),
  rest as (select a.paid_minor - coalesce((select sum(remains) from known where placed = 'applied'), 0)::bigint remains, a.currency cur, a.created_at at from a)
  select * from known
  union all
  select 'account', visit, 0::smallint, 'applied', r.cur::text, r.at, r.remains, r.remains, '', 'account', null::text from rest r where r.remains > 0
  order by 6, 2, 3;
end $$;

-- A refund that waits is never more than what is left of its payment.
create function shrink_refunds(chain text, visit text, at timestamptz) returns void language plpgsql as $$
begin
  update refunds r set amount_minor = least(r.amount_minor, m.remains), version = r.version + 1,
         status = case when m.remains <= 0 then 'nothing_left' else r.status end, closed_at = case when m.remains <= 0 then at end
    from (select x.refund_id, greatest(coalesce(y.left_minor, 0), 0) remains from refunds x
            left join money_of_visit(chain, visit) y on y.source_kind = x.source_kind and y.source_id = x.source_id and y.line_no = x.line_no
           where x.chain_id = chain and x.appointment_id = visit and x.status in ('open', 'approved')) m
   where r.chain_id = chain and r.refund_id = m.refund_id and r.amount_minor > m.remains;
end $$;

-- What stood in Needs attention goes on as refunds.
do $$
declare note record; money record; rest bigint; part bigint; n integer := 0;
begin
  for note in select t.*, p.starts_at from attention t join appointments p on p.chain_id = t.chain_id and p.appointment_id = t.subject_id
               where t.kind in ('refund_proposed', 'refund_asked') and t.resolved_at is null and t.subject_kind = 'appointment' order by t.opened_at loop
    rest := coalesce(note.amount_minor, 0);
    for money in select * from money_of_visit(note.chain_id, note.subject_id) m
                  where m.placed = case note.kind when 'refund_asked' then 'credited' else 'applied' end and (note.kind <> 'refund_asked' or m.source_id = note.attempt_id) loop
      part := least(rest, money.left_minor);
      continue when part <= 0;
      rest := rest - part;
      n := n + 1;
      insert into refunds (chain_id, refund_id, location_id, case_id, appointment_id, source_kind, source_id, line_no, currency, reason, proposed_minor, amount_minor, status, opened_at)
      values (note.chain_id, 'rfd_' || note.attention_id || '_' || n, note.location_id, note.attention_id, note.subject_id, money.source_kind, money.source_id, money.line_no,
              money.currency, case note.kind when 'refund_asked' then 'asked_by_client' else 'cancelled_by_client' end, part, part, 'open', note.opened_at)
      on conflict do nothing;
    end loop;
    update attention set resolved_at = note.opened_at, resolution = 'in_refunds' where chain_id = note.chain_id and attention_id = note.attention_id;
  end loop;
end $$;

-- A refund that failed stands before a person once, until it is sent again or given up.
create unique index attention_once_refund on attention (chain_id, kind, subject_kind, subject_id) where resolved_at is null and kind = 'refund_failed';
