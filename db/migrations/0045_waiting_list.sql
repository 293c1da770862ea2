-- The fair waiting list (D6, decision 12): for full events, and for days on which no time is left. A place that becomes free, whatever freed it, is set aside
-- for the first in line whose party fits, before anybody else can see it; each step of it is written down and stays.

alter table locations add column waiting_offer_minutes smallint not null default 60 check (waiting_offer_minutes between 5 and 1440);

create table waiting_entries (
  chain_id           text not null,
  entry_id           text not null,
  location_id        text not null,
  kind               text not null check (kind in ('event', 'day')),
  event_id           text,
  service_ids        text[],
  staff_id           text,                     -- of a day; null: any
  day                date,                     -- of the location's own clock
  from_minute        smallint check (from_minute between 0 and 1440),
  to_minute          smallint check (to_minute between 0 and 1440),
  line_no            integer not null,         -- given under the line's lock: the order is strict, and nobody changes it
  places             smallint not null check (places between 1 and 50),
  contact            jsonb not null,           -- {name, phone, email} as typed
  phone              text not null,            -- E.164
  phone_confirmed_at timestamptz,
  language           text not null,
  link_id            text not null,
  consent            jsonb not null,           -- as in a booking's wish: {terms, termsVersion, link}
  address_hash       text not null,
  draft_id           text not null,
  promise            text not null constraint waiting_entries_promise check (promise in ('pay', 'account', 'membership')),
  account_type_id    text,
  quote_id           text,                     -- the deal a promise was given for
  by_user            jsonb,                    -- {id, name}: staff put them there
  status             text not null check (status in ('waiting', 'offered', 'taken', 'lapsed', 'withdrawn', 'over')),
  offered_until      timestamptz,
  offer              jsonb,                    -- of a day: {staffId, startsAt}
  skipped_free       integer,                  -- with so many free they were passed over last
  booking_id         text,
  joined_at          timestamptz not null,
  changed_at         timestamptz not null,
  constraint waiting_entries_pk primary key (chain_id, entry_id),
  constraint waiting_entries_location foreign key (chain_id, location_id) references locations (chain_id, location_id),
  constraint waiting_entries_event foreign key (chain_id, event_id) references events (chain_id, event_id),
  constraint waiting_entries_booking foreign key (chain_id, booking_id) references bookings (chain_id, booking_id),
  constraint waiting_entries_wait_for_one check (case kind when 'event' then event_id is not null and day is null else event_id is null and day is not null and service_ids is not null end),
  constraint waiting_entries_offer_has_a_deadline check (status <> 'offered' or offered_until is not null),
  constraint waiting_entries_promise_is_confirmed check (promise = 'pay' or (phone_confirmed_at is not null and quote_id is not null)),
  constraint waiting_entries_draft unique (chain_id, draft_id)
);
create unique index waiting_line_of_event on waiting_entries (chain_id, event_id, line_no) where kind = 'event';
create unique index waiting_line_of_day on waiting_entries (chain_id, location_id, day, line_no) where kind = 'day';
create unique index waiting_once_event on waiting_entries (chain_id, event_id, phone) where kind = 'event' and status in ('waiting', 'offered');
create unique index waiting_once_day on waiting_entries (chain_id, location_id, day, phone, service_ids) where kind = 'day' and status in ('waiting', 'offered');
create index waiting_live_event on waiting_entries (chain_id, event_id, line_no) where kind = 'event' and status in ('waiting', 'offered');
create index waiting_live_day on waiting_entries (chain_id, location_id, day, line_no) where kind = 'day' and status in ('waiting', 'offered');
create index waiting_run_out on waiting_entries (offered_until) where status = 'offered';
create index waiting_phone on waiting_entries (chain_id, phone) where status in ('waiting', 'offered');
create index waiting_address on waiting_entries (chain_id, address_hash, joined_at);
create trigger waiting_entries_live after insert or update on waiting_entries for each row execute function events_live();

-- Who was offered what, and why somebody else was not: read by staff, changed by nobody.
create table waiting_log (
  chain_id    text not null,
  log_no      bigint generated always as identity,
  location_id text not null,
  entry_id    text not null,
  at          timestamptz not null,
  what        text not null,
  detail      jsonb not null default '{}',
  constraint waiting_log_pk primary key (chain_id, log_no),
  constraint waiting_log_entry foreign key (chain_id, entry_id) references waiting_entries (chain_id, entry_id)
);
create index waiting_log_of_entry on waiting_log (chain_id, entry_id, log_no);
create function waiting_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the log of a waiting list is append-only' using errcode = 'HF914';
end $$;
create trigger waiting_log_is_append_only before update or delete on waiting_log for each row execute function waiting_log_is_append_only();

-- Days on which time was freed and somebody waits: the chore looks, and takes the row away. Rows are only added, so that nobody who frees time waits for another.
create table waiting_looks (
  chain_id    text not null,
  look_no     bigint generated always as identity,
  location_id text not null,
  day         date not null,
  constraint waiting_looks_pk primary key (chain_id, look_no)
);

create function note_waiting(w waiting_entries, at timestamptz, step text, more jsonb default '{}') returns void language sql as $$
  insert into waiting_log (chain_id, location_id, entry_id, at, what, detail) values (w.chain_id, w.location_id, w.entry_id, at, step, more) $$;

-- An entry goes through each of these once, except that its event may be moved many times.
create function tell_waiting(w waiting_entries, at timestamptz, topic text, nth text default '') returns void language sql as $$
  insert into outbox (chain_id, outbox_id, topic, subject_id, payload, told_at, due_at)
    values (w.chain_id, 'out_' || w.entry_id || '_' || topic || nth, 'waiting.' || topic, w.entry_id, jsonb_build_object('promise', w.promise), at, at)
    on conflict do nothing $$;

-- Until when an offer stands. Its minutes count between 08:00 and 21:00 of the location's own clock; it never outlives the time in which it can be booked.
create function offer_deadline(at timestamptz, zone text, minutes integer, closes timestamptz) returns timestamptz language plpgsql stable as $$
declare moment timestamptz := at; left_seconds numeric := minutes * 60; wall timestamp; shuts timestamptz;
begin
  loop
    wall := moment at time zone zone;
    if wall::time < time '08:00' then moment := (wall::date + time '08:00') at time zone zone;
    elsif wall::time >= time '21:00' then moment := (wall::date + 1 + time '08:00') at time zone zone;
    end if;
    if moment >= closes then return closes; end if;
    shuts := ((moment at time zone zone)::date + time '21:00') at time zone zone;
    if moment + make_interval(secs => left_seconds) <= shuts then return least(moment + make_interval(secs => left_seconds), closes); end if;
    left_seconds := left_seconds - extract(epoch from shuts - moment);
    moment := shuts;
  end loop;
end $$;

-- When an event can no longer be booked online.
create function event_closes(e events) returns timestamptz language sql stable as $$
  select e.starts_at - make_interval(mins => l.lead_minutes) from locations l where l.chain_id = e.chain_id and l.location_id = e.location_id $$;

-- Offers what is free to who waits, in order. Who needs more places than are free is passed over this time and keeps their place in line.
create function offer_places(chain text, event text, at timestamptz) returns integer language plpgsql as $$
declare e events; w waiting_entries; free integer; closes timestamptz; deadline timestamptz; offered integer := 0;
begin
  select * into e from events where chain_id = chain and event_id = event for update;
  closes := event_closes(e);
  if e.event_id is null or e.status <> 'open' or at >= closes then return 0; end if;
  free := e.capacity - e.places_taken - e.places_offered;
  if free <= 0 then return 0; end if;
  select offer_deadline(at, l.time_zone, l.waiting_offer_minutes, closes) into deadline from locations l where l.chain_id = chain and l.location_id = e.location_id;
  for w in select * from waiting_entries where chain_id = chain and event_id = event and kind = 'event' and status = 'waiting' order by line_no for update loop
    exit when free - offered <= 0;
    if w.places > free - offered then
      if w.skipped_free is distinct from free - offered then
        update waiting_entries set skipped_free = free - offered where chain_id = chain and entry_id = w.entry_id;
        perform note_waiting(w, at, 'skipped', jsonb_build_object('places', w.places, 'free', free - offered));
      end if;
      continue;
    end if;
    update waiting_entries set status = 'offered', offered_until = deadline, changed_at = at where chain_id = chain and entry_id = w.entry_id;
    perform note_waiting(w, at, 'offered', jsonb_build_object('until', deadline, 'places', w.places));
    perform tell_waiting(w, at, 'offered');
    offered := offered + w.places;
  end loop;
  if offered > 0 then update events set places_offered = places_offered + offered, changed_at = at where chain_id = chain and event_id = event; end if;
  return offered;
end $$;

-- Lets go of the offers that have run out; the caller holds the event's lock. What is freed so goes on to the next by the event's own trigger.
create function lapse_offers(chain text, event text, at timestamptz) returns integer language plpgsql as $$
declare w waiting_entries; freed integer := 0;
begin
  for w in select * from waiting_entries where chain_id = chain and event_id = event and kind = 'event' and status = 'offered' and offered_until <= at order by line_no for update loop
    update waiting_entries set status = 'lapsed', changed_at = at where chain_id = chain and entry_id = w.entry_id;
    perform note_waiting(w, at, 'lapsed');
    perform tell_waiting(w, at, 'lapsed');
    freed := freed + w.places;
  end loop;
  if freed > 0 then update events set places_offered = places_offered - freed, changed_at = at where chain_id = chain and event_id = event; end if;
  return freed;
end $$;

-- Nobody waits for it any more.
create function close_line(chain text, event text, at timestamptz, because text) returns void language plpgsql as $$
declare w waiting_entries; freed integer := 0;
begin
  for w in select * from waiting_entries where chain_id = chain and event_id = event and kind = 'event' and status in ('waiting', 'offered') order by line_no for update loop
    update waiting_entries set status = 'over', changed_at = at where chain_id = chain and entry_id = w.entry_id;
    perform note_waiting(w, at, 'over', jsonb_build_object('because', because));
    perform tell_waiting(w, at, 'over');
    if w.status = 'offered' then freed := freed + w.places; end if;
  end loop;
  if freed > 0 then update events set places_offered = places_offered - freed, changed_at = at where chain_id = chain and event_id = event; end if;
end $$;

-- What the clock does to a line: offers run out and go on to the next, and when the event can no longer be booked, the waiting is over.
create function look_after_line(chain text, event text, at timestamptz) returns void language plpgsql as $$
declare e events;
begin
  select * into e from events where chain_id = chain and event_id = event for update;
  perform lapse_offers(chain, event, at);
  if at >= event_closes(e) then perform close_line(chain, event, at, 'begun'); else perform offer_places(chain, event, at); end if;
end $$;

-- Deferred: who changes their own places frees some and takes some in one transaction, and only what is free at its end is anybody else's.
create function events_offer_what_is_free() returns trigger language plpgsql as $$
begin
  if exists (select 1 from waiting_entries where chain_id = new.chain_id and event_id = new.event_id and kind = 'event' and status = 'waiting') then
    perform offer_places(new.chain_id, new.event_id, new.changed_at);
  end if;
  return null;
end $$;
create constraint trigger events_offer_what_is_free after update on events deferrable initially deferred for each row
  when (new.status = 'open' and new.capacity - new.places_taken - new.places_offered > old.capacity - old.places_taken - old.places_offered)
  execute function events_offer_what_is_free();

create function events_tell_who_waits() returns trigger language plpgsql as $$
declare w waiting_entries;
begin
  if new.status = 'cancelled' then
    perform close_line(new.chain_id, new.event_id, new.changed_at, 'cancelled');
    return null;
  end if;
  for w in select * from waiting_entries where chain_id = new.chain_id and event_id = new.event_id and kind = 'event' and status in ('waiting', 'offered') order by line_no for update loop
    perform note_waiting(w, new.changed_at, 'moved', jsonb_build_object('from', old.starts_at, 'to', new.starts_at));
    perform tell_waiting(w, new.changed_at, 'moved', '_' || new.version);
    update waiting_entries set offered_until = least(offered_until, greatest(event_closes(new), new.changed_at)), changed_at = new.changed_at where chain_id = w.chain_id and entry_id = w.entry_id;
  end loop;
  return null;
end $$;
create trigger events_tell_who_waits after update on events for each row
  when (old.status <> new.status or (new.status = 'open' and old.starts_at <> new.starts_at)) execute function events_tell_who_waits();

-- The offer that this transaction is about (claim_offer says so); else null.
create function offer_in_hand() returns text language sql stable as $$ select nullif(current_setting('holdfast.offer', true), '') $$;

create function use_offer(chain text, e text, at timestamptz) returns waiting_entries language plpgsql as $$
declare w waiting_entries;
begin
  update waiting_entries set status = 'taken', changed_at = at where chain_id = chain and entry_id = e and status = 'offered' and offered_until > at returning * into w;
  if not found then raise exception 'offer_run_out' using errcode = 'HF016'; end if;
  return w;
end $$;

create or replace function refuse_full_event(chain text, location text, event text, wanted integer, at timestamptz) returns void language plpgsql stable as $$
declare room integer;
begin
  if offer_in_hand() is not null then return; end if;
  select capacity - places_taken - places_offered into room from events where chain_id = chain and location_id = location and event_id = event and status = 'open';
  if room < wanted and not exists (select 1 from appointments where chain_id = chain and event_id = event and status = 'held' and frees_at <= at)
     and not exists (select 1 from waiting_entries where chain_id = chain and event_id = event and kind = 'event' and status = 'offered' and offered_until <= at) then
    raise exception 'event_full' using errcode = 'HF012', detail = room::text;
  end if;
end $$;

create or replace function take_places(chain text, location text, event text, wanted integer, seen integer, at timestamptz) returns void language plpgsql as $$
declare e record; w waiting_entries;
begin
  select status, version, capacity - places_taken - places_offered room into e from events
   where chain_id = chain and location_id = location and event_id = event for update;
  if not found or e.status <> 'open' or e.version <> seen then raise exception 'event_moved' using errcode = 'HF015'; end if;
  if offer_in_hand() is not null then
    w := use_offer(chain, offer_in_hand(), at);
    if w.event_id is distinct from event or w.places <> wanted then raise exception 'offer_run_out' using errcode = 'HF016'; end if;
    update events set places_offered = places_offered - wanted, changed_at = at where chain_id = chain and event_id = event;
    return;
  end if;
  if e.room < wanted and release_run_out_places(chain, event, at) + lapse_offers(chain, event, at) > 0 then
    -- who waits comes first
    perform offer_places(chain, event, at);
    select capacity - places_taken - places_offered into e.room from events where chain_id = chain and event_id = event;
  end if;
  if e.room < wanted then raise exception 'event_full' using errcode = 'HF012', detail = e.room::text; end if;
end $$;

-- Somebody joins a line. See apps/server/src/waiting/join-line.ts for the shape of p. Answers {outcome: 'made' | 'repeated', entry}; the limits refuse with HF011,
-- what is over or cannot be waited for with HF017.
create function join_line(p jsonb) returns jsonb language plpgsql as $$
declare
  chain text := p->>'chain'; place text := p->>'location'; at timestamptz := (p->>'now')::timestamptz; w waiting_entries; e events; n integer; retry_at timestamptz;
begin
  select * into w from waiting_entries where chain_id = chain and draft_id = p->>'draft';
  if found then return jsonb_build_object('outcome', 'repeated', 'entry', w.entry_id); end if;
  if p ? 'limits' then
    perform pg_advisory_xact_lock(hashtextextended('waiting-of-address/' || chain || '/' || (p->>'addressHash'), 0));
    select count(*), min(joined_at) + interval '1 hour' into n, retry_at from waiting_entries
     where chain_id = chain and address_hash = p->>'addressHash' and joined_at > at - interval '1 hour';
    if n >= (p->'limits'->>'perAddress')::int then raise exception 'too_many_entries' using errcode = 'HF011', detail = to_json(retry_at)#>>'{}'; end if;
    select count(*) into n from waiting_entries where chain_id = chain and phone = p->>'phone' and status in ('waiting', 'offered');
    if n >= (p->'limits'->>'perPhone')::int then raise exception 'too_many_entries' using errcode = 'HF011', detail = to_json(at + interval '1 hour')#>>'{}'; end if;
  end if;
  if p ? 'phoneConfirmation' then
    perform take_phone_confirmation(chain, place, p->>'draft', p->>'phone', p->>'phoneConfirmation', at);
  end if;
  if p ? 'event' then
    select * into e from events where chain_id = chain and location_id = place and event_id = p->>'event' for update;
    if not found or e.status <> 'open' or at >= event_closes(e) then raise exception 'waiting_is_over' using errcode = 'HF017'; end if;
    select coalesce(max(line_no), 0) + 1 into n from waiting_entries where chain_id = chain and event_id = p->>'event' and kind = 'event';
  else
    perform pg_advisory_xact_lock(hashtextextended('waiting-day/' || chain || '/' || place || '/' || (p->>'day'), 0));
    select coalesce(max(line_no), 0) + 1 into n from waiting_entries where chain_id = chain and location_id = place and day = (p->>'day')::date and kind = 'day';
  end if;
  insert into waiting_entries (chain_id, entry_id, location_id, kind, event_id, service_ids, staff_id, day, from_minute, to_minute, line_no, places, contact, phone, phone_confirmed_at,
      language, link_id, consent, address_hash, draft_id, promise, account_type_id, quote_id, by_user, status, joined_at, changed_at)
    values (chain, p->>'id', place, case when p ? 'event' then 'event' else 'day' end, p->>'event',
      case when p ? 'event' then null else array(select jsonb_array_elements_text(p->'services')) end, p->>'staff', (p->>'day')::date, (p->>'fromMinute')::smallint, (p->>'toMinute')::smallint, n,
      (p->>'places')::smallint, p->'contact', p->>'phone', case when p ? 'phoneConfirmation' then at end, p->>'language', p->>'link', p->'consent', p->>'addressHash', p->>'draft',
      p->>'promise', p->>'accountType', p->>'quote', nullif(p->'by', 'null'::jsonb), 'waiting', at, at) returning * into w;
  perform note_waiting(w, at, 'joined', jsonb_strip_nulls(jsonb_build_object('places', w.places, 'by', w.by_user->>'name')));
  perform tell_waiting(w, at, 'joined');
  if p ? 'event' then perform offer_places(chain, p->>'event', at);
  else insert into waiting_looks (chain_id, location_id, day) values (chain, place, w.day); end if;
  return jsonb_build_object('outcome', 'made', 'entry', w.entry_id);
end $$;

-- An entry ends without a booking: 'passed' (its offer goes to the next), 'withdrawn', or 'removed' by staff. Answers whether it did.
create function leave_line(chain text, entry text, how text, more jsonb, at timestamptz) returns boolean language plpgsql as $$
declare w waiting_entries;
begin
  select * into w from waiting_entries where chain_id = chain and entry_id = entry;
  perform 1 from events where chain_id = chain and event_id = w.event_id for update;
  select * into w from waiting_entries where chain_id = chain and entry_id = entry for update;
  if w.status not in ('waiting', 'offered') or (how = 'passed' and w.status <> 'offered') then return false; end if;
  update waiting_entries set status = case how when 'passed' then 'lapsed' else 'withdrawn' end, changed_at = at where chain_id = chain and entry_id = entry;
  perform note_waiting(w, at, how, more);
  if w.status = 'offered' then
    update events set places_offered = places_offered - w.places, changed_at = at where chain_id = chain and event_id = w.event_id;
    delete from occupancy where chain_id = chain and source_kind = 'offer' and source_id = entry;
  end if;
  return true;
end $$;

-- A promise that could not be kept: the offer stays, and has to be taken.
create function promise_failed(chain text, entry text, reason text, at timestamptz) returns void language plpgsql as $$
declare w waiting_entries;
begin
  update waiting_entries set promise = 'pay', changed_at = at where chain_id = chain and entry_id = entry and promise <> 'pay' and status = 'offered' returning * into w;
  if not found then return; end if;
  perform note_waiting(w, at, 'promise_failed', jsonb_build_object('reason', reason));
  perform tell_waiting(w, at, 'promise_failed');
end $$;

-- The ordinary claim of what an offer has set aside. p is claim_booking's, with the entry's id as `offer`.
create function claim_offer(p jsonb) returns jsonb language plpgsql as $$
declare answer jsonb; w waiting_entries; at timestamptz := (p->>'now')::timestamptz;
begin
  perform set_config('holdfast.offer', p->>'offer', true);
  answer := claim_booking(p - 'offer');
  perform set_config('holdfast.offer', '', true);
  if answer->>'outcome' <> 'made' then return answer; end if;
  update waiting_entries set booking_id = p->'booking'->>'id' where chain_id = p->>'chain' and entry_id = p->>'offer' and status = 'taken' and booking_id is null returning * into w;
  if not found then raise exception 'offer_run_out' using errcode = 'HF016'; end if;
  update bookings set phone_confirmed_at = coalesce(phone_confirmed_at, w.phone_confirmed_at) where chain_id = w.chain_id and booking_id = w.booking_id and phone = w.phone;
  perform note_waiting(w, at, 'taken', jsonb_build_object('booking', w.booking_id, 'promise', w.promise));
  perform tell_waiting(w, at, 'taken');
  return answer;
end $$;

-- Days: time that is set aside for who waits is time of its team member.
alter table occupancy drop constraint occupancy_source_kind_check;
alter table occupancy add constraint occupancy_source_kind_check check (source_kind in ('appointment', 'break', 'event', 'offer'));

create or replace function claim_span(chain text, location text, resource text, wanted tstzrange, kind text, source text, frees timestamptz, at timestamptz)
  returns boolean language plpgsql as $$
begin
  if kind = 'appointment' and offer_in_hand() is not null then
    -- by the entry first: who lets go of it at its deadline does the same
    perform use_offer(chain, offer_in_hand(), at);
    delete from occupancy where chain_id = chain and source_kind = 'offer' and source_id = offer_in_hand();
  end if;
  for attempt in 1..2 loop
    insert into occupancy (chain_id, location_id, resource_id, span, source_kind, source_id, frees_at)
      values (chain, location, resource, wanted, kind, source, frees) on conflict do nothing;
    if found then return true; end if;
    exit when attempt = 2 or release_run_out_holds(chain, resource, wanted, at) = 0;
  end loop;
  return false;
end $$;

-- Sets a time aside for an entry that waits for its day; answers whether it could.
create function offer_time(chain text, entry text, staff text, busy tstzrange, starts timestamptz, at timestamptz) returns boolean language plpgsql as $$
declare w waiting_entries; deadline timestamptz; closes timestamptz;
begin
  select * into w from waiting_entries where chain_id = chain and entry_id = entry and kind = 'day' and status = 'waiting' for update;
  if not found then return false; end if;
  select starts - make_interval(mins => l.lead_minutes), offer_deadline(at, l.time_zone, l.waiting_offer_minutes, starts - make_interval(mins => l.lead_minutes)) into closes, deadline
    from locations l where l.chain_id = chain and l.location_id = w.location_id;
  if at >= closes or not claim_span(chain, w.location_id, staff, busy, 'offer', entry, null, at) then return false; end if;
  update waiting_entries set status = 'offered', offered_until = deadline, offer = jsonb_build_object('staffId', staff, 'startsAt', starts), changed_at = at
   where chain_id = chain and entry_id = entry;
  perform note_waiting(w, at, 'offered', jsonb_build_object('until', deadline, 'startsAt', starts));
  perform tell_waiting(w, at, 'offered');
  return true;
end $$;

-- Offers of times that have run out, and days that are over.
create function look_after_days(at timestamptz, most integer) returns integer language plpgsql as $$
declare w waiting_entries; done integer := 0;
begin
  for w in select x.* from waiting_entries x join locations l on l.chain_id = x.chain_id and l.location_id = x.location_id
            where x.kind = 'day' and ((x.status = 'offered' and x.offered_until <= at)
                or (x.status = 'waiting' and ((x.day + 1)::timestamp at time zone l.time_zone) <= at))
            order by x.chain_id, x.location_id, x.day, x.line_no limit most for update of x skip locked
  loop
    update waiting_entries set status = case w.status when 'offered' then 'lapsed' else 'over' end, changed_at = at where chain_id = w.chain_id and entry_id = w.entry_id;
    perform note_waiting(w, at, case w.status when 'offered' then 'lapsed' else 'over' end, case w.status when 'offered' then '{}'::jsonb else '{"because": "begun"}'::jsonb end);
    perform tell_waiting(w, at, case w.status when 'offered' then 'lapsed' else 'over' end);
    delete from occupancy where chain_id = w.chain_id and source_kind = 'offer' and source_id = w.entry_id;
    done := done + 1;
  end loop;
  return done;
end $$;

create function occupancy_frees_days() returns trigger language plpgsql as $$
begin
  insert into waiting_looks (chain_id, location_id, day)
    select distinct w.chain_id, w.location_id, w.day from waiting_entries w
     where w.chain_id = old.chain_id and w.location_id = old.location_id and w.kind = 'day' and w.status = 'waiting'
       and w.day between lower(old.span)::date - 2 and upper(old.span)::date + 2;
  return null;
end $$;
create trigger occupancy_frees_days after delete or update of span, resource_id on occupancy for each row execute function occupancy_frees_days();

-- Other hours, other services, other rules: what fits now may be more.
create function rules_free_days() returns trigger language plpgsql as $$
begin
  insert into waiting_looks (chain_id, location_id, day)
    select distinct w.chain_id, w.location_id, w.day from waiting_entries w
     where w.chain_id = new.chain_id and w.location_id = new.location_id and w.kind = 'day' and w.status = 'waiting';
  return null;
end $$;
create trigger locations_free_days after update on locations for each row when (new.rules_version <> old.rules_version) execute function rules_free_days();
