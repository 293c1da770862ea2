-- Memberships (B9): so many visits, or a period, of chosen services, paid for beforehand. What was sold keeps the terms it was sold under. A visit is reserved
-- with the booking and used by the visit; both are counted on the membership by a trigger, and a check constraint refuses what is more than was bought:
-- no path can spend the last visit twice. The money is owed (prepayments, for the purpose 'membership') until it is earned (decision 11).

alter table services add column membership text not null default 'payment' check (membership in ('payment', 'either', 'members'));

create table membership_types (
  chain_id     text not null,
  type_id      text not null,
  name         text not null,
  currency     text not null check (currency ~ '^[A-Z]{3}$'),
  price_minor  bigint not null constraint membership_types_price check (price_minor > 0),
  visits       smallint constraint membership_types_visits check (visits between 1 and 1000),   -- null: as many as they like
  period_count smallint constraint membership_types_period check (period_count between 1 and 1000),
  period_unit  text check (period_unit in ('days', 'months')),
  begins       text not null check (begins in ('sale', 'first_visit')),
  location_ids text[] not null,
  service_ids  text[],                    -- null: all
  freeze_days  smallint not null default 0 check (freeze_days between 0 and 1000),   -- in all
  freeze_times smallint not null default 0 check (freeze_times between 0 and 100),
  late_hours   smallint check (late_hours between 0 and 1000),   -- cancelled later than so long before, the visit is used; null: it always comes back
  online       boolean not null default false,   -- clients may buy it themselves
  version      integer not null default 1,
  made_at      timestamptz not null,
  archived_at  timestamptz,
  constraint membership_types_pk primary key (chain_id, type_id),
  constraint membership_types_ends check (visits is not null or period_count is not null),
  constraint membership_types_unit check ((period_count is null) = (period_unit is null)),
  constraint membership_types_begins check (begins = 'sale' or period_count is not null)
);
create unique index membership_types_name on membership_types (chain_id, lower(name)) where archived_at is null;

create table memberships (
  chain_id        text not null,
  membership_id   text not null,
  location_id     text not null,          -- where it was sold: its money is in these books
  client_id       text not null,
  type_id         text not null,
  name            text not null,          -- from here to late_hours: as it was sold
  currency        text not null,
  price_minor     bigint not null check (price_minor > 0),
  visits          smallint,
  period_count    smallint,
  period_unit     text,
  begins          text not null,
  location_ids    text[] not null,
  service_ids     text[],
  freeze_days     smallint not null,
  freeze_times    smallint not null,
  late_hours      smallint,
  tax             jsonb,                  -- {rateId, name, basisPoints, inclusive}: in the price
  time_zone       text not null,          -- by whose days it ends
  way             text not null check (way in ('register', 'account', 'link')),
  key             text not null,          -- the screen's name for this try; a second click repeats it
  register_id     text,                   -- the ledger account it went into
  account_type_id text,                   -- '': the client's ordinary account
  attempt_id      text,                   -- the payment that brought it
  made_at         timestamptz not null,
  user_id         text,                   -- null: the client themself
  user_name       text not null default '',
  sold_at         timestamptz,            -- null: offered, and not paid yet
  cancelled_at    timestamptz,            -- the offer was taken back
  begins_at       timestamptz,
  ends_at         timestamptz,
  visits_reserved integer not null default 0 check (visits_reserved >= 0),
  visits_used     integer not null default 0 check (visits_used >= 0),
  frozen_from     timestamptz,
  frozen_until    timestamptz,
  frozen_days     smallint not null default 0,   -- so far, with those of the present one
  frozen_times    smallint not null default 0,
  refund_id       text,                   -- at the provider, under way or done
  refunding_since timestamptz,
  refunded_minor  bigint not null default 0,
  ended_at        timestamptz,            -- by a refund: nothing of it can be used any more
  income_due_at   timestamptz,            -- when the books have to be compared with what is earned
  income_steps    integer not null default 0,
  version         integer not null default 1,
  constraint memberships_pk primary key (chain_id, membership_id),
  constraint memberships_once unique (chain_id, location_id, key),
  constraint memberships_location foreign key (chain_id, location_id) references locations (chain_id, location_id),
  constraint memberships_type foreign key (chain_id, type_id) references membership_types (chain_id, type_id),
  constraint memberships_are_never_overspent check (visits is null or visits_reserved + visits_used <= visits),
  constraint memberships_refunded_within check (refunded_minor between 0 and price_minor),
  constraint memberships_frozen check ((frozen_from is null) = (frozen_until is null) and frozen_until > frozen_from)
);
create index memberships_of_client on memberships (chain_id, client_id, made_at);
create index memberships_income on memberships (income_due_at) where income_due_at is not null;
create index memberships_attempt on memberships (chain_id, attempt_id) where attempt_id is not null;
create index memberships_refund on memberships (chain_id, refund_id) where refund_id is not null;

-- One visit of a membership, at one service of an appointment, or one place at an event.
create table membership_visits (
  chain_id       text not null,
  visit_id       text not null,
  location_id    text not null,           -- where the visit is
  membership_id  text not null,
  appointment_id text not null,
  service_id     text not null,
  status         text not null check (status in ('reserved', 'used', 'returned')),
  because        text not null,           -- booked, at_desk; visit, no_show, late_cancel, cancelled, expired, undone
  before         jsonb not null,          -- {pay, cost}: what the service was asked for without it
  made_at        timestamptz not null,
  changed_at     timestamptz not null,
  due_at         timestamptz,             -- reserved: when the visit is over
  constraint membership_visits_pk primary key (chain_id, visit_id),
  constraint membership_visits_membership foreign key (chain_id, membership_id) references memberships (chain_id, membership_id),
  constraint membership_visits_appointment foreign key (chain_id, appointment_id) references appointments (chain_id, appointment_id),
  constraint membership_visits_due check ((status = 'reserved') = (due_at is not null))
);
create index membership_visits_of on membership_visits (chain_id, membership_id, made_at);
create index membership_visits_at on membership_visits (chain_id, appointment_id);
create index membership_visits_due_at on membership_visits (due_at) where due_at is not null;

-- It ends with a day of the place where it was sold; days in which it was frozen are added.
create function membership_ends(begins timestamptz, many integer, unit text, zone text, frozen integer) returns timestamptz language sql stable as $$
  select case when begins is null or many is null then null
              else (date_trunc('day', begins at time zone zone) + case unit when 'months' then make_interval(months => many) else make_interval(days => many) end
                    + make_interval(days => frozen)) at time zone zone end $$;

create function membership_visits_are_counted() returns trigger language plpgsql as $$
declare m record; first_used timestamptz;
begin
  update memberships set
         visits_reserved = visits_reserved + (new.status = 'reserved')::int - case when tg_op = 'UPDATE' then (old.status = 'reserved')::int else 0 end,
         visits_used = visits_used + (new.status = 'used')::int - case when tg_op = 'UPDATE' then (old.status = 'used')::int else 0 end,
         income_due_at = least(income_due_at, new.changed_at), version = version + 1
   where chain_id = new.chain_id and membership_id = new.membership_id returning * into m;
  if m.begins = 'first_visit' then
    select min(a.starts_at) into first_used from membership_visits v
      join appointments a on a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
     where v.chain_id = m.chain_id and v.membership_id = m.membership_id and v.status = 'used';
    if first_used is distinct from m.begins_at then
      update memberships set begins_at = first_used, ends_at = membership_ends(first_used, period_count, period_unit, time_zone, frozen_days)
       where chain_id = m.chain_id and membership_id = m.membership_id;
    end if;
  end if;
  return null;
end $$;
create trigger membership_visits_counted_new after insert on membership_visits for each row execute function membership_visits_are_counted();
create trigger membership_visits_counted after update of status on membership_visits for each row when (old.status <> new.status)
  execute function membership_visits_are_counted();

-- From when to when the visits of one that begins with its first visit lie, with another one at `starts`.
create function membership_spans(m memberships, starts timestamptz) returns boolean language sql stable as $$
  select m.begins <> 'first_visit' or m.begins_at is not null
      or greatest(max(a.starts_at), starts) < membership_ends(least(min(a.starts_at), starts), m.period_count, m.period_unit, m.time_zone, 0)
    from membership_visits v join appointments a on a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
   where v.chain_id = m.chain_id and v.membership_id = m.membership_id and v.status = 'reserved' $$;

-- The client's membership that would be used for a service at a time, the one that ends earliest first; else why there is none. The order in which a reason is
-- named: what is nearest to being usable.
create function membership_that_covers(chain text, location text, client text, service text, starts timestamptz, at timestamptz,
                                       out membership text, out reason text) language plpgsql stable as $$
begin
  with mine as (
    select m.*, location = any (m.location_ids) and (m.service_ids is null or service = any (m.service_ids)) covers,
           m.visits is null or m.visits_reserved + m.visits_used < m.visits has_left,
           coalesce(starts >= m.frozen_from and starts < m.frozen_until, false) is_frozen,
           (m.ends_at is null or starts < m.ends_at) and membership_spans(m, starts) in_time
      from memberships m
     where m.chain_id = chain and m.client_id = client and m.sold_at is not null and m.ended_at is null and m.refunding_since is null)
  select (select m.membership_id from mine m where m.covers and m.has_left and not m.is_frozen and m.in_time
           order by m.ends_at nulls last, m.sold_at, m.membership_id limit 1),
         case when not exists (select from mine) then 'none'
              when not exists (select from mine m where m.covers) then 'not_covered'
              when exists (select from mine m where m.covers and m.has_left and m.is_frozen) then 'frozen'
              when exists (select from mine m where m.covers and m.has_left) then 'ends_before'
              else 'used_up' end
    into membership, reason;
  if membership is not null then reason := null; end if;
end $$;

-- One visit, at one service line that is not covered yet, or at one more place of it. The client's memberships are locked.
create function take_membership_visit(chain text, membership text, appointment text, service text, why text, at timestamptz) returns void language plpgsql as $$
declare a record; l record;
begin
  select location_id, ends_at into a from appointments where chain_id = chain and appointment_id = appointment;
  select line_no, pay, cost_minor into l from appointment_services
   where chain_id = chain and appointment_id = appointment and service_id = service and pay <> 'membership' order by line_no limit 1;
  insert into membership_visits (chain_id, visit_id, location_id, membership_id, appointment_id, service_id, status, because, before, made_at, changed_at, due_at)
    values (chain, 'mvs_' || replace(gen_random_uuid()::text, '-', ''), a.location_id, membership, appointment, service, 'reserved', why,
            jsonb_build_object('pay', coalesce(l.pay, 'later'), 'cost', l.cost_minor), at, at, a.ends_at);
  if l.line_no is not null then
    update appointment_services set pay = 'membership' where chain_id = chain and appointment_id = appointment and line_no = l.line_no;
  end if;
end $$;

-- What is covered costs nothing at the visit; what is covered no more, what it cost before.
create function covered_costs_nothing(chain text, appointment text) returns void language plpgsql as $$
begin
  update appointment_services set cost_minor = 0 where chain_id = chain and appointment_id = appointment and pay = 'membership' and cost_minor is distinct from 0;
  update appointments a set set_cost_minor = (select case when bool_and(l.cost_minor is null) then null else sum(coalesce(l.cost_minor, l.price_min_minor)) end
           from appointment_services l where l.chain_id = chain and l.appointment_id = appointment)
   where a.chain_id = chain and a.appointment_id = appointment;
end $$;

-- For claim_booking: wanted = [{appointmentId, serviceId, places}]. All of it or HF014 with the reason.
create function reserve_membership_visits(chain text, location text, client text, wanted jsonb, at timestamptz) returns void language plpgsql as $$
declare w jsonb; starts timestamptz; found record;
begin
  -- in one order, and all of them: whoever comes second sees what is left
  perform 1 from memberships m where m.chain_id = chain and m.client_id = client and m.sold_at is not null and m.ended_at is null order by membership_id for update;
  for w in select * from jsonb_array_elements(wanted) loop
    select starts_at into starts from appointments where chain_id = chain and appointment_id = w->>'appointmentId';
    for place in 1 .. coalesce((w->>'places')::int, 1) loop
      select * into found from membership_that_covers(chain, location, client, w->>'serviceId', starts, at);
      if found.membership is null then raise exception 'membership_not_usable' using errcode = 'HF014', detail = found.reason; end if;
      perform take_membership_visit(chain, found.membership, w->>'appointmentId', w->>'serviceId', 'booked', at);
    end loop;
    perform covered_costs_nothing(chain, w->>'appointmentId');
  end loop;
end $$;

-- A service that no membership covers any more is asked for as it was without one; what of it could have been paid online is paid at the salon.
create function uncover_services(chain text, appointment text, service text, before jsonb) returns void language plpgsql as $$
begin
  update appointment_services l set pay = 'later', cost_minor = (before->>'cost')::bigint
   where l.chain_id = chain and l.appointment_id = appointment and l.service_id = service and l.pay = 'membership'
     and l.line_no = (select max(x.line_no) from appointment_services x
                       where x.chain_id = chain and x.appointment_id = appointment and x.service_id = service and x.pay = 'membership');
  perform covered_costs_nothing(chain, appointment);
end $$;

-- Whatever becomes of an appointment becomes of its visits. A cancellation in time gives back, a late one uses; a hold that was not paid gives back.
create function appointments_move_membership_visits() returns trigger language plpgsql as $$
declare v record; m record; late boolean;
begin
  for v in select * from membership_visits where chain_id = new.chain_id and appointment_id = new.appointment_id order by membership_id, visit_id for update loop
    select * into m from memberships where chain_id = v.chain_id and membership_id = v.membership_id for update;
    if new.status in ('cancelled', 'expired') then
      continue when v.status = 'returned';
      late := new.status = 'cancelled' and old.status <> 'held' and m.late_hours is not null and new.changed_at > new.starts_at - make_interval(hours => m.late_hours);
      update membership_visits set status = case when late then 'used' else 'returned' end, because = case when late then 'late_cancel' else new.status end,
             due_at = null, changed_at = new.changed_at where chain_id = v.chain_id and visit_id = v.visit_id;
    elsif new.status in ('arrived', 'no_show') then
      continue when v.status <> 'reserved';
      update membership_visits set status = 'used', because = case new.status when 'arrived' then 'visit' else 'no_show' end, due_at = null, changed_at = new.changed_at
       where chain_id = v.chain_id and visit_id = v.visit_id;
    elsif old.status in ('arrived', 'no_show') then
      continue when v.status <> 'used';
      update membership_visits set status = 'reserved', because = 'undone', due_at = new.ends_at, changed_at = new.changed_at
       where chain_id = v.chain_id and visit_id = v.visit_id;
    elsif old.status in ('expired', 'cancelled') and v.because = old.status then
      -- it takes place after all: with the visit that was given back, if nobody has used it meanwhile
      if m.ended_at is null and m.refunding_since is null and (m.visits is null or m.visits_reserved + m.visits_used < m.visits) then
        update membership_visits set status = 'reserved', because = 'booked', due_at = new.ends_at, changed_at = new.changed_at
         where chain_id = v.chain_id and visit_id = v.visit_id;
      else
        update membership_visits set because = 'undone' where chain_id = v.chain_id and visit_id = v.visit_id;
        perform uncover_services(v.chain_id, v.appointment_id, v.service_id, v.before);
      end if;
    elsif v.status = 'reserved' and v.due_at <> new.ends_at then
      update membership_visits set due_at = new.ends_at where chain_id = v.chain_id and visit_id = v.visit_id;
    end if;
  end loop;
  return null;
end $$;
create trigger appointments_move_membership_visits after update of status, ends_at on appointments for each row
  when (old.status <> new.status or old.ends_at <> new.ends_at) execute function appointments_move_membership_visits();

-- Staff who cancel decide by the rule, or otherwise: the visit is used, or it comes back.
create function decide_membership_visits(chain text, appointment text, uses boolean, at timestamptz) returns void language plpgsql as $$
begin
  perform 1 from memberships m where m.chain_id = chain and exists (
    select from membership_visits v where v.chain_id = chain and v.appointment_id = appointment and v.membership_id = m.membership_id) order by m.membership_id for update;
  update membership_visits set status = case when uses then 'used' else 'returned' end, because = case when uses then 'late_cancel' else 'cancelled' end, changed_at = at
   where chain_id = chain and appointment_id = appointment and because in ('late_cancel', 'cancelled');
end $$;

-- A covered service that is taken off an appointment gives its visit back; looked at when all of the change is written.
create function uncovered_visits_return() returns trigger language plpgsql as $$
declare v record; lines integer; at_event boolean;
begin
  select count(*) into lines from appointment_services
   where chain_id = old.chain_id and appointment_id = old.appointment_id and service_id = old.service_id and pay = 'membership';
  select event_id is not null into at_event from appointments where chain_id = old.chain_id and appointment_id = old.appointment_id;
  if at_event and lines > 0 then return null; end if;
  for v in select visit_id, changed_at from membership_visits
            where chain_id = old.chain_id and appointment_id = old.appointment_id and service_id = old.service_id and status = 'reserved' order by visit_id offset lines for update loop
    update membership_visits set status = 'returned', because = 'undone', due_at = null,
           changed_at = (select changed_at from appointments where chain_id = old.chain_id and appointment_id = old.appointment_id)
     where chain_id = old.chain_id and visit_id = v.visit_id;
  end loop;
  return null;
end $$;
create constraint trigger appointment_services_uncovered after delete on appointment_services deferrable initially deferred for each row
  when (old.pay = 'membership') execute function uncovered_visits_return();

-- What is owed for memberships is known by membership, as that for visits is by appointment.
create or replace function prepaid_for(kind text, id text) returns text language sql immutable as $$
  select case when kind in ('appointment', 'membership') then id else '' end $$;

create or replace function ledger_keep_prepayments_owed() returns trigger language plpgsql as $$
begin
  with touched as (
    select distinct a.chain_id, a.account_id, prepaid_for(p.purpose_kind, p.purpose_id) purpose_id
      from posted p join ledger_accounts a on a.chain_id = p.chain_id and a.account_id in (p.from_account_id, p.to_account_id) and a.kind = 'prepayments'),
  looked as materialized (
    select t.*, t.purpose_id = '' or coalesce((
             select sum(case p.from_account_id when t.account_id then p.amount_minor else -p.amount_minor end) from ledger_postings p
              where p.chain_id = t.chain_id and p.purpose_kind in ('appointment', 'membership') and p.purpose_id = t.purpose_id
                and t.account_id in (p.from_account_id, p.to_account_id)), 0) <> 0 is_owed
      from touched t),
  settled as (
    delete from prepayments_owed o using looked l
     where not l.is_owed and o.chain_id = l.chain_id and o.account_id = l.account_id and o.purpose_id = l.purpose_id)
  insert into prepayments_owed (chain_id, account_id, purpose_id)
    select chain_id, account_id, purpose_id from looked where is_owed on conflict do nothing;
  return null;
end $$;

-- A refund at the provider that came to nothing: the membership can be used again, and a person has to look. One that went through ends it.
create function payment_refunds_end_memberships() returns trigger language plpgsql as $$
declare m memberships; ended timestamptz := coalesce(new.done_at, new.made_at);
begin
  update memberships set refund_id = case when new.status = 'refunded' then refund_id end, refunding_since = null, version = version + 1,
         ended_at = case when new.status = 'refunded' then coalesce(ended_at, ended) else ended_at end, income_due_at = least(income_due_at, ended)
   where chain_id = new.chain_id and refund_id = new.refund_id returning * into m;
  if m.membership_id is null or new.status <> 'failed' then return null; end if;
  insert into attention (chain_id, attention_id, location_id, kind, subject_kind, subject_id, attempt_id, amount_minor, currency, detail, opened_at)
    values (new.chain_id, 'att_' || replace(gen_random_uuid()::text, '-', ''), new.location_id, 'refund_failed', 'membership', m.membership_id, new.attempt_id,
            new.amount_minor, new.currency, jsonb_build_object('trouble', new.last_error), ended) on conflict do nothing;
  return null;
end $$;
create trigger payment_refunds_end_memberships after update of status on payment_refunds for each row
  when (old.status <> new.status and new.status in ('failed', 'refunded')) execute function payment_refunds_end_memberships();
