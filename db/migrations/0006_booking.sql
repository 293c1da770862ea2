-- Bookings and appointments. A booking is what a client makes in one go: one or more appointments, claimed all or none and
-- paid together. An appointment keeps what was agreed (price, policy with its reason, terms, consent) as a snapshot. Nothing is
-- erased: an unpaid hold becomes 'expired' and only its row in occupancy goes.

create table bookings (
  chain_id     text not null,
  booking_id   text not null,
  location_id  text not null,
  client_id    text not null,
  draft_id     text not null,                -- the widget's name for this try; a second click repeats it
  live_draft   text,                         -- the draft, while this is its booking
  wish_hash    text not null,
  language     text not null,
  contact      jsonb not null,               -- as typed: {name, phone, email}
  phone        text not null,
  address_hash text not null,                -- keyed hash of the network address
  comment      text not null default '',
  currency     text not null,
  created_at   timestamptz not null,
  constraint bookings_pk primary key (chain_id, booking_id),
  constraint bookings_client foreign key (chain_id, client_id) references clients (chain_id, client_id),
  constraint bookings_one_per_draft unique (chain_id, live_draft)
);
create index bookings_by_phone on bookings (chain_id, phone, created_at);
create index bookings_by_address on bookings (chain_id, address_hash, created_at);

create table appointments (
  chain_id        text not null,
  appointment_id  text not null,
  booking_id      text not null,
  line_no         smallint not null,
  location_id     text not null,
  client_id       text not null,
  staff_id        text not null,
  any_staff       boolean not null,
  status          text not null check (status in ('held', 'waiting', 'confirmed', 'arrived', 'no_show', 'expired', 'cancelled')),
  starts_at       timestamptz not null,
  ends_at         timestamptz not null,
  busy            tstzrange not null,        -- with buffers: what occupancy holds, kept to be able to restore it
  price_min_minor bigint not null,
  price_max_minor bigint not null,
  due_minor       bigint not null check (due_minor >= 0),   -- to be paid online: required and ticked services
  paid_minor      bigint not null default 0 check (paid_minor >= 0),
  currency        text not null,
  required        boolean not null,
  terms           jsonb not null,
  consent         jsonb not null,
  hold_expires_at timestamptz,
  frees_at        timestamptz,
  extended_at     timestamptz,
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  constraint appointments_pk primary key (chain_id, appointment_id),
  constraint appointments_booking foreign key (chain_id, booking_id) references bookings (chain_id, booking_id),
  constraint appointments_staff foreign key (chain_id, location_id, staff_id) references staff (chain_id, location_id, staff_id),
  constraint appointments_end_after_start check (ends_at > starts_at),
  constraint appointments_held_ends check (status <> 'held' or (hold_expires_at is not null and frees_at > hold_expires_at))
);
create index appointments_booking on appointments (chain_id, booking_id);
create index appointments_calendar on appointments (chain_id, location_id, starts_at);
create index appointments_client on appointments (chain_id, client_id);
-- The sweep asks every few seconds: which holds have run out?
create index appointments_frees_at on appointments (frees_at) where status = 'held';

create table appointment_services (
  chain_id         text not null,
  appointment_id   text not null,
  line_no          smallint not null,
  service_id       text not null,
  name             text not null,
  duration_minutes smallint not null,
  price_min_minor  bigint not null,
  price_max_minor  bigint not null,
  policy           jsonb not null,           -- {status, reason} as decided when booked
  pay              text not null check (pay in ('required', 'ticked', 'later')),
  constraint appointment_services_pk primary key (chain_id, appointment_id, line_no),
  constraint appointment_services_appointment foreign key (chain_id, appointment_id) references appointments (chain_id, appointment_id)
);

create table appointment_changes (
  chain_id       text not null,
  appointment_id text not null,
  change_no      integer not null,
  at             timestamptz not null,
  what           text not null,
  by_whom        text not null,
  detail         jsonb not null default '{}',
  constraint appointment_changes_pk primary key (chain_id, appointment_id, change_no),
  constraint appointment_changes_appointment foreign key (chain_id, appointment_id) references appointments (chain_id, appointment_id)
);

create function note_change(chain text, appointment text, moment timestamptz, change text, actor text, more jsonb default '{}') returns void language plpgsql as $$
begin
  insert into appointment_changes (chain_id, appointment_id, change_no, at, what, by_whom, detail)
  select chain, appointment, coalesce((select max(change_no) from appointment_changes where chain_id = chain and appointment_id = appointment), 0) + 1,
         moment, change, actor, more;
end $$;

-- Frees the holds that have run out and overlap this span. Never waits: a hold that is being settled just now stays.
create function release_run_out_holds(chain text, resource text, wanted tstzrange, at timestamptz) returns integer language plpgsql as $$
declare run_out record; freed integer := 0;
begin
  for run_out in
    select a.appointment_id from occupancy o
      join appointments a on a.chain_id = o.chain_id and a.appointment_id = o.source_id
     where o.chain_id = chain and o.resource_id = resource and o.span && wanted and o.source_kind = 'appointment'
       and o.frees_at <= at and a.status = 'held' and a.frees_at <= at
     order by a.appointment_id for update of a skip locked
  loop
    perform expire_appointment(chain, run_out.appointment_id, at);
    freed := freed + 1;
  end loop;
  return freed;
end $$;

-- held → expired. The caller holds the appointment's lock.
create function expire_appointment(chain text, appointment text, at timestamptz) returns void language plpgsql as $$
begin
  update appointments set status = 'expired', changed_at = at where chain_id = chain and appointment_id = appointment and status = 'held';
  if not found then return; end if;
  delete from occupancy where chain_id = chain and source_kind = 'appointment' and source_id = appointment;
  perform note_change(chain, appointment, at, 'expired', 'clock');
  insert into outbox (chain_id, outbox_id, topic, subject_id, told_at, due_at)
    values (chain, 'out_' || appointment || '_expired_' || floor(extract(epoch from at) * 1000)::bigint, 'appointment.expired', appointment, at, at);
end $$;

-- Claims one span of one resource; answers whether it could be had. The exclusion constraint decides.
create function claim_span(chain text, location text, resource text, wanted tstzrange, kind text, source text, frees timestamptz, at timestamptz)
  returns boolean language plpgsql as $$
begin
  for attempt in 1..2 loop
    insert into occupancy (chain_id, location_id, resource_id, span, source_kind, source_id, frees_at)
      values (chain, location, resource, wanted, kind, source, frees) on conflict do nothing;
    if found then return true; end if;
    exit when attempt = 2 or release_run_out_holds(chain, resource, wanted, at) = 0;
  end loop;
  return false;
end $$;

-- Everything the client's own page is made of, in one answer: the booking, its appointments, the payment under way, late money that waits for a choice.
-- In plpgsql, because that keeps its plan: a function in SQL is planned anew by every statement that calls it.
create function booking_facts(chain text, booking text) returns jsonb language plpgsql stable as $$
begin
  return (select jsonb_build_object(
    'booking', jsonb_build_object('bookingId', b.booking_id, 'locationId', b.location_id, 'language', b.language, 'contact', b.contact, 'comment', b.comment,
                                  'currency', b.currency),
    'appointments', (
      select jsonb_agg(jsonb_build_object(
               'appointmentId', a.appointment_id, 'staffId', a.staff_id, 'staffName', s.name, 'anyStaff', a.any_staff, 'status', a.status, 'startsAt', a.starts_at,
               'endsAt', a.ends_at, 'priceMinMinor', a.price_min_minor, 'priceMaxMinor', a.price_max_minor, 'dueMinor', a.due_minor, 'paidMinor', a.paid_minor,
               'terms', a.terms - 'text', 'holdExpiresAt', a.hold_expires_at,
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

-- One booking, all of it or nothing, in one round trip. What is allowed and what it costs was decided before, on the rules whose
-- version comes along; here only what can be raced is decided. Refusals are raised with a code of their own (HF…), so that
-- everything done so far is undone. See apps/server/src/booking/claim-statement.ts for the shape of p. Of a booking that was made it answers who
-- does it, because the caller knows the rest; of one that was there already, its facts.
create function claim_booking(p jsonb) returns jsonb language plpgsql as $$
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

  insert into clients (chain_id, client_id, name, phone, email, language, created_at)
    values (chain, c->>'id', c->>'name', c->>'phone', c->>'email', c->>'language', at) on conflict (chain_id, phone) do nothing returning client_id into client;
  if client is null then select client_id into client from clients where chain_id = chain and phone = c->>'phone'; end if;

  -- before the times: of two requests with one draft the second has to meet the first here, and repeat it, not lose its own time to it
  insert into bookings (chain_id, booking_id, location_id, client_id, draft_id, live_draft, wish_hash, language, contact, phone, address_hash, comment, currency, created_at)
    values (chain, b->>'id', location, client, b->>'draft', b->>'draft', b->>'wish', b->>'language', b->'contact', c->>'phone', b->>'addressHash', b->>'comment', b->>'currency', at);

  -- several resources: in one order, or two claims can deadlock each other
  if jsonb_array_length(wishes) > 1 then
    for person in select distinct r #>> '{}' from jsonb_array_elements(wishes) x, jsonb_array_elements(x->'staffIds') r order by 1 loop
      perform pg_advisory_xact_lock(hashtextextended('resource/' || chain || '/' || person, 0));
    end loop;
  end if;

  for line in 0 .. jsonb_array_length(wishes) - 1 loop
    a := wishes->line;
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
        price_min_minor, price_max_minor, due_minor, currency, required, terms, consent, hold_expires_at, frees_at, created_at, changed_at)
      select chain, id, b->>'id', line_no, location, client, takers[line_no + 1], (w->>'anyStaff')::boolean, w->>'status',
        (w->>'startsAt')::timestamptz, (w->>'endsAt')::timestamptz, tstzrange((w->>'busyFrom')::timestamptz, (w->>'busyTo')::timestamptz),
        (w->>'priceMin')::bigint, (w->>'priceMax')::bigint, (w->>'due')::bigint, b->>'currency', (w->>'required')::boolean,
        w->'terms', w->'consent', (w->>'holdExpiresAt')::timestamptz, (w->>'freesAt')::timestamptz, at, at from wished),
  told_services as (
    insert into appointment_services (chain_id, appointment_id, line_no, service_id, name, duration_minutes, price_min_minor, price_max_minor, policy, pay)
      select chain, id, (no - 1)::smallint, x->>'serviceId', x->>'name', (x->>'minutes')::smallint, (x->>'priceMin')::bigint, (x->>'priceMax')::bigint, x->'policy', x->>'pay'
        from wished, jsonb_array_elements(w->'services') with ordinality l(x, no)),
  noted as (
    insert into appointment_changes (chain_id, appointment_id, change_no, at, what, by_whom) select chain, id, 1, at, 'booked', 'client' from wished)
  insert into outbox (chain_id, outbox_id, topic, subject_id, told_at, due_at) values (chain, p->>'outboxId', 'booking.made', b->>'id', at, at);

  if p->'payment' <> 'null'::jsonb then perform intend_payment(p->'payment'); end if;
  return jsonb_build_object('outcome', 'made', 'staff', to_jsonb(takers));
end $$;
