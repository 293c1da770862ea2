-- Group events, and what else a booking may bring (decision 10). A booking of places is an appointment that names its event: it has the same
-- statuses, money and messages. The event takes the team member's time; of its places the database keeps count, so that no path into an
-- occupying status can forget to look.

alter table services add column kind text not null default 'appointment' check (kind in ('appointment', 'event')),
                     add column places smallint check (places between 1 and 1000),   -- of an event, unless it says otherwise
                     add constraint services_event_has_places check (kind <> 'event' or places is not null);

create table events (
  chain_id       text not null,
  event_id       text not null,
  location_id    text not null,
  series_id      text,
  service_id     text not null,
  staff_id       text not null,
  title          text not null default '',        -- empty: the service's name
  starts_at      timestamptz not null,
  ends_at        timestamptz not null,
  busy           tstzrange not null,              -- with buffers: what occupancy holds of the team member
  capacity       smallint not null check (capacity between 1 and 1000),
  places_taken   integer not null default 0 check (places_taken >= 0),
  places_offered integer not null default 0 check (places_offered >= 0),   -- set aside for who waits
  status         text not null default 'open' check (status in ('open', 'cancelled')),
  version        integer not null default 1,      -- moves with what was agreed: time, person, service; not with places
  created_at     timestamptz not null,
  changed_at     timestamptz not null,
  constraint events_pk primary key (chain_id, event_id),
  constraint events_service foreign key (chain_id, location_id, service_id) references services (chain_id, location_id, service_id),
  constraint events_staff foreign key (chain_id, location_id, staff_id) references staff (chain_id, location_id, staff_id),
  constraint events_end_after_start check (ends_at > starts_at),
  constraint events_are_never_oversold check (places_taken + places_offered <= capacity)
);
create index events_calendar on events (chain_id, location_id, starts_at);

alter table appointments add column event_id text, add column places smallint not null default 1 check (places between 1 and 50),
                         add constraint appointments_event foreign key (chain_id, event_id) references events (chain_id, event_id),
                         add constraint appointments_places_are_of_events check (event_id is not null or places = 1);
create index appointments_event on appointments (chain_id, event_id) where event_id is not null;

alter table bookings add column link_id text, add column phone_confirmed_at timestamptz, add column analytics jsonb;

alter table appointment_services drop constraint appointment_services_pay_check;
alter table appointment_services add constraint appointment_services_pay_check check (pay in ('required', 'ticked', 'later', 'membership'));

create function places_of(status text, places integer) returns integer language sql immutable as $$
  select case when status in ('held', 'waiting', 'confirmed', 'arrived', 'no_show') then places else 0 end $$;

-- Whatever brings an appointment into or out of an occupying status, or changes its places, moves its event's count, or is refused.
create function event_counts_places() returns trigger language plpgsql as $$
declare more integer; has record;
begin
  more := places_of(new.status, new.places) - case when tg_op = 'UPDATE' then places_of(old.status, old.places) else 0 end;
  if more = 0 then return null; end if;
  update events set places_taken = places_taken + more, changed_at = new.changed_at
   where chain_id = new.chain_id and event_id = new.event_id
     and (more < 0 or (status = 'open' and places_taken + places_offered + more <= capacity));
  if not found then
    select status, capacity - places_taken - places_offered room into has from events where chain_id = new.chain_id and event_id = new.event_id;
    raise exception 'event_full' using errcode = 'HF012', detail = case when has.status = 'open' then has.room else 0 end::text;
  end if;
  return null;
end $$;
create trigger appointments_count_places_made after insert on appointments for each row when (new.event_id is not null) execute function event_counts_places();
create trigger appointments_count_places after update of status, places on appointments for each row
  when (new.event_id is not null and (old.status <> new.status or old.places <> new.places)) execute function event_counts_places();

create function events_live() returns trigger language plpgsql as $$
begin
  insert into live_changes (chain_id, location_id) values (new.chain_id, new.location_id);
  return null;
end $$;
create trigger events_live after insert or update on events for each row execute function events_live();

-- Lets go of the event's unpaid places that have run out; the caller holds the event's lock. Never waits for one that is being settled just now.
create function release_run_out_places(chain text, event text, at timestamptz) returns integer language plpgsql as $$
declare run_out text; freed integer := 0;
begin
  for run_out in
    select appointment_id from appointments where chain_id = chain and event_id = event and status = 'held' and frees_at <= at
     order by appointment_id for update skip locked
  loop
    perform expire_appointment(chain, run_out, at);
    freed := freed + 1;
  end loop;
  return freed;
end $$;

-- Without a lock: is it plainly hopeless? What is close is decided by take_places.
create function refuse_full_event(chain text, location text, event text, wanted integer, at timestamptz) returns void language plpgsql stable as $$
declare room integer;
begin
  select capacity - places_taken - places_offered into room from events where chain_id = chain and location_id = location and event_id = event and status = 'open';
  if room < wanted and not exists (select 1 from appointments where chain_id = chain and event_id = event and status = 'held' and frees_at <= at) then
    raise exception 'event_full' using errcode = 'HF012', detail = room::text;
  end if;
end $$;

-- Makes room for so many places, and keeps others away until the transaction ends; the appointment's own row then counts them. Refuses what was decided on
-- another version of the event (HF015), and what does not fit (HF012, with what is left).
create function take_places(chain text, location text, event text, wanted integer, seen integer, at timestamptz) returns void language plpgsql as $$
declare e record;
begin
  select status, version, capacity - places_taken - places_offered room into e from events
   where chain_id = chain and location_id = location and event_id = event for update;
  if not found or e.status <> 'open' or e.version <> seen then raise exception 'event_moved' using errcode = 'HF015'; end if;
  if e.room < wanted and release_run_out_places(chain, event, at) > 0 then
    select capacity - places_taken - places_offered into e.room from events where chain_id = chain and event_id = event;
  end if;
  if e.room < wanted then raise exception 'event_full' using errcode = 'HF012', detail = e.room::text; end if;
end $$;

-- Tries to have again what a lost appointment had: its own time, or its places at its event. Answers whether it could be had.
create function reclaim_time(chain text, appointment text, at timestamptz) returns boolean language plpgsql as $$
declare a record; e record;
begin
  select * into a from appointments where chain_id = chain and appointment_id = appointment;
  if a.event_id is null then
    return claim_span(a.chain_id, a.location_id, a.staff_id, a.busy, 'appointment', a.appointment_id, null, at);
  end if;
  select version into e from events where chain_id = chain and event_id = a.event_id;
  perform take_places(chain, a.location_id, a.event_id, a.places, e.version, at);
  return true;
exception when sqlstate 'HF012' or sqlstate 'HF015' then
  return false;
end $$;

create or replace function booking_facts(chain text, booking text)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
AS $$
begin
  return (select jsonb_build_object(
    'booking', jsonb_build_object('bookingId', b.booking_id, 'locationId', b.location_id, 'language', b.language, 'contact', b.contact, 'comment', b.comment,
                                  'currency', b.currency),
    'appointments', (
      select jsonb_agg(jsonb_build_object(
               'appointmentId', a.appointment_id, 'staffId', a.staff_id, 'staffName', s.name, 'anyStaff', a.any_staff, 'status', a.status, 'startsAt', a.starts_at,
               'endsAt', a.ends_at, 'priceMinMinor', a.price_min_minor, 'priceMaxMinor', a.price_max_minor, 'dueMinor', a.due_minor, 'paidMinor', a.paid_minor,
               'terms', a.terms - 'text', 'holdExpiresAt', a.hold_expires_at, 'eventId', a.event_id, 'places', a.places,
               'services', (select jsonb_agg(jsonb_build_object('serviceId', l.service_id, 'name', l.name, 'durationMinutes', l.duration_minutes,
                                                                'policy', l.policy, 'pay', l.pay) order by l.line_no)
                              from appointment_services l where l.chain_id = a.chain_id and l.appointment_id = a.appointment_id)) order by a.line_no)
        from appointments a join staff s on s.chain_id = a.chain_id and s.location_id = a.location_id and s.staff_id = a.staff_id
       where a.chain_id = b.chain_id and a.booking_id = b.booking_id),
    'payment', live_payment(chain, 'booking', booking),
    'strayMoney', stray_money(chain, 'booking', booking),
    'credits', waiting_credits(chain, 'appointment', array(select a.appointment_id from appointments a where a.chain_id = chain and a.booking_id = booking)))
    from bookings b where b.chain_id = chain and b.booking_id = booking);
end $$;

create or replace function claim_booking(p jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $$
declare
  chain text := p->>'chain'; location text := p->>'location'; at timestamptz := (p->>'now')::timestamptz;
  b jsonb := p->'booking'; c jsonb := p->'client'; limits jsonb := p->'limits'; wishes jsonb := p->'appointments'; a jsonb; s jsonb;
  before record; client text; person text; takers text[] := '{}'; retry_at timestamptz; held_minutes numeric; n integer;
begin
  perform 1 from locations where chain_id = chain and location_id = location and rules_version = (p->>'rulesVersion')::bigint;
  if not found then raise exception 'rules_moved' using errcode = 'HF010'; end if;

  -- who counts holds must not be overtaken by another who counts the same ones; before every row lock, so that nobody waits for these with one in hand
  if (limits->>'holds')::boolean then
    perform pg_advisory_xact_lock(hashtextextended('holds-of-phone/' || chain || '/' || (c->>'phone'), 0));
    perform pg_advisory_xact_lock(hashtextextended('holds-of-address/' || chain || '/' || (b->>'addressHash'), 0));
  end if;

  -- the draft's earlier booking: repeated, moved, or finished
  select booking_id, wish_hash into before from bookings where chain_id = chain and live_draft = b->>'draft' for update;
  if found then
    perform 1 from appointments where chain_id = chain and booking_id = before.booking_id order by appointment_id for update;
    if exists (select 1 from appointments where chain_id = chain and booking_id = before.booking_id
                 and (status not in ('held', 'expired', 'cancelled') or paid_minor > 0)) then
      if before.wish_hash = b->>'wish' then return jsonb_build_object('outcome', 'repeated', 'facts', booking_facts(chain, before.booking_id)); end if;
      raise exception 'booking_already_made' using errcode = 'HF004', detail = before.booking_id;
    end if;
    if before.wish_hash = b->>'wish' and exists (select 1 from appointments where chain_id = chain and booking_id = before.booking_id
                 and status = 'held' and hold_expires_at > at) then
      return jsonb_build_object('outcome', 'repeated', 'facts', booking_facts(chain, before.booking_id));
    end if;
    if supersede_payments(chain, 'booking', before.booking_id, at) then
      raise exception 'payment_in_progress' using errcode = 'HF005', detail = before.booking_id;
    end if;
    for person in select appointment_id from appointments where chain_id = chain and booking_id = before.booking_id and status = 'held' order by appointment_id loop
      update appointments set status = 'cancelled', changed_at = at where chain_id = chain and appointment_id = person;
      delete from occupancy where chain_id = chain and source_kind = 'appointment' and source_id = person;
      perform note_change(chain, person, at, 'cancelled', 'client', '{"because": "another time chosen"}');
    end loop;
    update bookings set live_draft = null where chain_id = chain and booking_id = before.booking_id;
  end if;

  -- each of these is another room's: it is asked only where the booking brings something for it
  if p ? 'phoneConfirmation' then
    perform take_phone_confirmation(chain, location, b->>'draft', c->>'phone', p->>'phoneConfirmation', at);
  end if;

  if (limits->>'holds')::boolean then
    select count(distinct x.booking_id), min(x.frees_at) into n, retry_at from bookings k
      join appointments x on x.chain_id = k.chain_id and x.booking_id = k.booking_id
     where k.chain_id = chain and k.phone = c->>'phone' and k.created_at > at - interval '2 hours' and x.status = 'held' and x.frees_at > at;
    if n >= (limits->>'perPhone')::int then raise exception 'too_many_holds' using errcode = 'HF011', detail = to_json(retry_at)#>>'{}'; end if;
    -- by drafts: a client who looks for another time moves one hold, and does not use up the others'
    select count(*), min(newest.began_at) + interval '1 hour' into n, retry_at from (
      select min(k.created_at) began_at from bookings k
       where k.chain_id = chain and k.address_hash = b->>'addressHash' and k.created_at > at - interval '1 hour' and k.draft_id <> b->>'draft'
         and exists (select 1 from appointments x where x.chain_id = chain and x.booking_id = k.booking_id and x.required and x.paid_minor = 0)
       group by k.draft_id order by 1 desc limit (limits->>'perAddress')::int) newest;
    if n >= (limits->>'perAddress')::int then raise exception 'too_many_holds' using errcode = 'HF011', detail = to_json(retry_at)#>>'{}'; end if;
    for s in select * from jsonb_array_elements(limits->'days') loop   -- {from, to, minutes}: how much of that local day may be held unpaid
      select coalesce(sum(extract(epoch from upper(span) - lower(span)) / 60), 0), min(frees_at) into held_minutes, retry_at from occupancy
       where chain_id = chain and location_id = location and frees_at > at
         and lower(span) >= (s->>'from')::timestamptz and lower(span) < (s->>'to')::timestamptz;
      if held_minutes > 0 and held_minutes + (s->>'wanted')::numeric > (s->>'minutes')::numeric then
        raise exception 'too_many_holds' using errcode = 'HF011', detail = to_json(retry_at)#>>'{}';
      end if;
    end loop;
  end if;

  -- most of those who come to a full event are told so before anything of theirs is written, and before they wait for one another
  for a in select * from jsonb_array_elements(wishes) w where w ? 'eventId' loop
    perform refuse_full_event(chain, location, a->>'eventId', (a->>'places')::int, at);
  end loop;

  insert into clients (chain_id, client_id, name, phone, email, language, created_at)
    values (chain, c->>'id', c->>'name', c->>'phone', c->>'email', c->>'language', at) on conflict (chain_id, phone) do nothing returning client_id into client;
  if client is null then select coalesce(merged_into, client_id) into client from clients where chain_id = chain and phone = c->>'phone' for key share; end if;

  -- before the times: of two requests with one draft the second has to meet the first here, and repeat it, not lose its own time to it
  insert into bookings (chain_id, booking_id, location_id, client_id, draft_id, live_draft, wish_hash, language, contact, phone, address_hash, comment, currency, link_id, phone_confirmed_at, analytics, created_at)
    values (chain, b->>'id', location, client, b->>'draft', b->>'draft', b->>'wish', b->>'language', b->'contact', c->>'phone', b->>'addressHash', b->>'comment', b->>'currency',
            b->>'link', case when p ? 'phoneConfirmation' then at end, nullif(b->'analytics', 'null'::jsonb), at);

  -- several resources: in one order, or two claims can deadlock each other
  if jsonb_array_length(wishes) > 1 then
    for person in select distinct r #>> '{}' from jsonb_array_elements(wishes) x, jsonb_array_elements(x->'staffIds') r order by 1 loop
      perform pg_advisory_xact_lock(hashtextextended('resource/' || chain || '/' || person, 0));
    end loop;
  end if;

  for line in 0 .. jsonb_array_length(wishes) - 1 loop
    a := wishes->line;
    if a ? 'eventId' then
      perform take_places(chain, location, a->>'eventId', (a->>'places')::int, (a->>'eventVersion')::int, at);
      takers[line + 1] := a->'staffIds'->>0;
      continue;
    end if;
    for candidate in 0 .. jsonb_array_length(a->'staffIds') - 1 loop
      person := a->'staffIds'->>candidate;
      if claim_span(chain, location, person, tstzrange((a->>'busyFrom')::timestamptz, (a->>'busyTo')::timestamptz), 'appointment', a->>'id', (a->>'freesAt')::timestamptz, at) then
        takers[line + 1] := person; exit;
      end if;
    end loop;
    if takers[line + 1] is null then raise exception 'time_taken' using errcode = 'HF001', detail = line::text; end if;
  end loop;

  -- one statement: what each of several costs to start is a good part of what it costs
  with wished as (select w, (no - 1)::smallint line_no, w->>'id' id from jsonb_array_elements(wishes) with ordinality x(w, no)),
  made as (
    insert into appointments (chain_id, appointment_id, booking_id, line_no, location_id, client_id, staff_id, any_staff, status, starts_at, ends_at, busy,
        price_min_minor, price_max_minor, due_minor, currency, required, terms, consent, hold_expires_at, frees_at, event_id, places, created_at, changed_at)
      select chain, id, b->>'id', line_no, location, client, takers[line_no + 1], (w->>'anyStaff')::boolean, w->>'status',
        (w->>'startsAt')::timestamptz, (w->>'endsAt')::timestamptz, tstzrange((w->>'busyFrom')::timestamptz, (w->>'busyTo')::timestamptz),
        (w->>'priceMin')::bigint, (w->>'priceMax')::bigint, (w->>'due')::bigint, b->>'currency', (w->>'required')::boolean,
        w->'terms', w->'consent', (w->>'holdExpiresAt')::timestamptz, (w->>'freesAt')::timestamptz, w->>'eventId', coalesce((w->>'places')::int, 1), at, at from wished),
  told_services as (
    insert into appointment_services (chain_id, appointment_id, line_no, service_id, name, duration_minutes, price_min_minor, price_max_minor, policy, pay, tax)
      select chain, id, (no - 1)::smallint, x->>'serviceId', x->>'name', (x->>'minutes')::smallint, (x->>'priceMin')::bigint, (x->>'priceMax')::bigint, x->'policy', x->>'pay', nullif(x->'tax', 'null'::jsonb)
        from wished, jsonb_array_elements(w->'services') with ordinality l(x, no)),
  noted as (
    insert into appointment_changes (chain_id, appointment_id, change_no, at, what, by_whom) select chain, id, 1, at, 'booked', 'client' from wished)
  insert into outbox (chain_id, outbox_id, topic, subject_id, told_at, due_at) values (chain, p->>'outboxId', 'booking.made', b->>'id', at, at);

  if p ? 'memberships' then perform reserve_membership_visits(chain, location, client, p->'memberships', at); end if;
  if p ? 'accountPart' then perform hold_part_on_account(chain, location, client, p->'accountPart', at); end if;
  if p->'payment' <> 'null'::jsonb then perform intend_payment(p->'payment'); end if;
  return jsonb_build_object('outcome', 'made', 'staff', to_jsonb(takers));
end $$;
