-- Programs of the salon's own: keys with which they ask, webhooks by which they are told, and files out of which a salon moves in.

-- A key is somebody who asks, with a role's rights or rights of its own, at chosen locations. Only a keyed hash of it is kept.
create table api_keys (
  chain_id        text not null,
  key_id          text not null,
  name            text not null check (length(name) between 1 and 80),
  prefix          text not null,                -- how it begins: enough to be recognised, too little to be guessed from
  secret_hash     bytea not null,
  role            text,                         -- a built-in role's name, or a role_id: it follows what the role allows today
  rights          text[],                       -- or chosen ones
  made_by         text not null,
  made_by_name    text not null,
  made_at         timestamptz not null,
  expires_at      timestamptz,
  revoked_at      timestamptz,
  used_at         timestamptz,
  used_from       text not null default '',
  constraint api_keys_pk primary key (chain_id, key_id),
  constraint api_keys_chain foreign key (chain_id) references chains (chain_id),
  constraint api_keys_secret unique (chain_id, secret_hash),
  constraint api_keys_role_or_rights check ((role is null) <> (rights is null))
);
create table api_key_locations (
  chain_id     text not null,
  location_id  text not null,
  key_id       text not null,
  constraint api_key_locations_pk primary key (chain_id, location_id, key_id),
  constraint api_key_locations_key foreign key (chain_id, key_id) references api_keys (chain_id, key_id),
  constraint api_key_locations_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);
create index api_key_locations_of_key on api_key_locations (chain_id, key_id);

-- Where events are sent. A row stays when the address is given up: a commit that has just told it something must never fail for want of it.
create table webhook_endpoints (
  chain_id           text not null,
  location_id        text,                      -- null: of every location
  endpoint_id        text not null,
  url                text not null,
  about              text not null default '',
  event_types        text[] not null,
  secret             bytea not null,            -- sealed
  old_secret         bytea,                     -- sealed; signs beside the new one until then
  old_secret_until   timestamptz,
  off_because        text check (off_because in ('by_hand', 'failing', 'gone')),
  off_at             timestamptz,
  failing_since      timestamptz,               -- nothing has arrived since
  delivered_at       timestamptz,
  made_at            timestamptz not null,
  deleted_at         timestamptz,
  version            integer not null default 1,
  constraint webhook_endpoints_pk primary key (chain_id, endpoint_id),
  constraint webhook_endpoints_chain foreign key (chain_id) references chains (chain_id),
  constraint webhook_endpoints_location foreign key (chain_id, location_id) references locations (chain_id, location_id),
  constraint webhook_endpoints_off check ((off_because is null) = (off_at is null)),
  constraint webhook_endpoints_old_secret check ((old_secret is null) = (old_secret_until is null))
);

-- What is sent to whom. seq is the order in which things became true; of one subject it is the order of its commits, because whoever changes it holds its row
-- until the number is drawn (at the commit). The event's id is the same to every endpoint, in every try and in every replay.
create sequence webhook_seq;
create table webhook_deliveries (
  chain_id      text not null,
  location_id   text,
  delivery_id   text not null,
  endpoint_id   text not null,
  event_id      text not null,
  type          text not null,
  seq           bigint not null,
  subject_id    text not null,                  -- what must be told in order
  client_id     text,
  payload       jsonb not null,
  told_at       timestamptz not null,
  status        text not null default 'waiting' check (status in ('waiting', 'delivered', 'given_up')),
  due_at        timestamptz,                    -- null: nothing more is to be done
  begun_at      timestamptz,                    -- since when it is tried: three days from here it is given up
  tries         integer not null default 0,
  because       text not null default '',
  ended_at      timestamptz,
  constraint webhook_deliveries_pk primary key (chain_id, delivery_id),
  constraint webhook_deliveries_endpoint foreign key (chain_id, endpoint_id) references webhook_endpoints (chain_id, endpoint_id),
  constraint webhook_deliveries_once unique (chain_id, endpoint_id, event_id),
  constraint webhook_deliveries_waits check ((status = 'waiting') = (due_at is not null) and (status = 'waiting') = (ended_at is null))
);
create index webhook_deliveries_due on webhook_deliveries (due_at) where due_at is not null;
create index webhook_deliveries_before on webhook_deliveries (chain_id, endpoint_id, subject_id, seq) where due_at is not null;
create index webhook_deliveries_newest on webhook_deliveries (chain_id, endpoint_id, seq desc);
create index webhook_deliveries_of_client on webhook_deliveries (chain_id, client_id) where client_id is not null;
create index webhook_deliveries_old on webhook_deliveries (ended_at) where ended_at is not null;

-- Each time it was sent, and what came back.
create table webhook_tries (
  chain_id      text not null,
  delivery_id   text not null,
  try_no        integer not null,
  at            timestamptz not null,
  took_ms       integer not null,
  answer_status integer,                        -- null: no answer
  answer        text not null default '',
  because       text not null default '',
  constraint webhook_tries_pk primary key (chain_id, delivery_id, try_no),
  constraint webhook_tries_delivery foreign key (chain_id, delivery_id) references webhook_deliveries (chain_id, delivery_id) on delete cascade
);

create function webhook_client(chain text, client text) returns jsonb language plpgsql stable as $$
begin
  return (select jsonb_build_object('id', c.client_id, 'name', c.name, 'phone', c.phone, 'email', c.email, 'language', c.language)
            from clients c where c.chain_id = chain and c.client_id = client);
end $$;

create function webhook_appointment(chain text, appointment text) returns jsonb language plpgsql stable as $$
begin
  return (select jsonb_build_object(
      'id', a.appointment_id, 'bookingId', a.booking_id, 'locationId', a.location_id, 'status', a.status, 'startsAt', webhook_instant(a.starts_at),
      'endsAt', webhook_instant(a.ends_at), 'staff', case when s.staff_id is null then null else jsonb_build_object('id', s.staff_id, 'name', s.name) end,
      'services', coalesce((select jsonb_agg(jsonb_build_object('id', l.service_id, 'name', l.name, 'durationMinutes', l.duration_minutes) order by l.line_no)
                              from appointment_services l where l.chain_id = a.chain_id and l.appointment_id = a.appointment_id), '[]'),
      'costMinor', a.cost_minor, 'dueMinor', a.due_minor, 'paidMinor', a.paid_minor, 'currency', a.currency, 'bookedBy', a.booked_by,
      'version', a.version, 'client', webhook_client(chain, a.client_id))
    from appointments a left join staff s on s.chain_id = a.chain_id and s.location_id = a.location_id and s.staff_id = a.staff_id
   where a.chain_id = chain and a.appointment_id = appointment);
end $$;

create function webhook_instant(at timestamptz) returns text language sql stable parallel safe as
  $$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- One delivery for each endpoint that wants to hear of it; place null: it belongs to the whole chain.
create function tell_webhooks(chain text, place text, kind text, subject text, client text, at timestamptz, data jsonb) returns void language plpgsql as $$
declare
  no bigint := nextval('webhook_seq');
  event text := 'evt_' || replace(gen_random_uuid()::text, '-', '');
begin
  insert into webhook_deliveries (chain_id, location_id, delivery_id, endpoint_id, event_id, type, seq, subject_id, client_id, payload, told_at, due_at)
    select chain, place, 'whd_' || replace(gen_random_uuid()::text, '-', ''), e.endpoint_id, event, kind, no, subject, client,
           jsonb_build_object('type', kind, 'timestamp', webhook_instant(at), 'id', event, 'sequence', no, 'locationId', place, 'data', data), at, at
      from webhook_endpoints e
     where e.chain_id = chain and e.off_at is null and e.deleted_at is null and kind = any (e.event_types)
       and (e.location_id is null or place is null or e.location_id = place);
end $$;

create function anybody_hears(chain text) returns boolean language plpgsql stable as $$
begin
  return exists (select 1 from webhook_endpoints where chain_id = chain and off_at is null and deleted_at is null);
end $$;

-- Told by what has become of the rows, so that no path can forget to tell, and at the commit, so that what is told is how it ended. Deferred triggers run before
-- the locks of the transaction are let go.
create function appointments_tell_webhooks() returns trigger language plpgsql as $$
declare kind text;
begin
  if not anybody_hears(new.chain_id) then return null; end if;
  if tg_op = 'INSERT' then kind := 'appointment.booked';
  elsif new.status <> old.status and new.status in ('confirmed', 'arrived', 'no_show', 'cancelled', 'expired')
        and not (old.status in ('arrived', 'no_show') and new.status in ('confirmed')) then kind := 'appointment.' || new.status;
  elsif new.starts_at <> old.starts_at or new.staff_id is distinct from old.staff_id then kind := 'appointment.moved';
  -- of several changes in one transaction the last one tells; how long a hold is kept is no change of the visit
  elsif (new.hold_expires_at, new.frees_at, new.extended_at, new.payment_blocked_until) is not distinct from
        (old.hold_expires_at, old.frees_at, old.extended_at, old.payment_blocked_until) or new.status <> old.status or new.paid_minor <> old.paid_minor then
    if not exists (select 1 from appointments where chain_id = new.chain_id and appointment_id = new.appointment_id and version = new.version) then return null; end if;
    kind := 'appointment.changed';
  else return null;
  end if;
  perform tell_webhooks(new.chain_id, new.location_id, kind, new.appointment_id, new.client_id, new.changed_at,
                        jsonb_build_object('appointment', webhook_appointment(new.chain_id, new.appointment_id)));
  -- brought back with money that came late: moved and confirmed at once
  if tg_op = 'UPDATE' and kind = 'appointment.confirmed' and new.starts_at <> old.starts_at then
    perform tell_webhooks(new.chain_id, new.location_id, 'appointment.moved', new.appointment_id, new.client_id, new.changed_at,
                          jsonb_build_object('appointment', webhook_appointment(new.chain_id, new.appointment_id)));
  end if;
  return null;
end $$;
create constraint trigger appointments_tell_webhooks after insert or update on appointments deferrable initially deferred
  for each row execute function appointments_tell_webhooks();

create function payments_tell_webhooks() returns trigger language plpgsql as $$
declare about text[]; client text; data jsonb;
begin
  if not anybody_hears(new.chain_id) then return null; end if;
  select array_agg(a.appointment_id order by l.line_no), min(a.client_id) into about, client
    from payment_lines l join appointments a on a.chain_id = l.chain_id and a.appointment_id = l.purpose_id
   where l.chain_id = new.chain_id and l.attempt_id = new.attempt_id and l.purpose_kind = 'appointment';
  data := jsonb_build_object('payment', jsonb_build_object('id', new.attempt_id, 'reference', new.reference, 'order', jsonb_build_object('kind', new.order_kind, 'id', new.order_id),
    'appointmentIds', to_jsonb(coalesce(about, '{}')), 'capturedMinor', new.captured_minor, 'refundedMinor', new.refunded_minor,
    'currency', coalesce(new.captured_currency, new.currency), 'capturedAt', webhook_instant(new.captured_at)));
  -- of one visit it stands in line with the visit
  if new.captured_minor > old.captured_minor then
    perform tell_webhooks(new.chain_id, new.location_id, 'payment.captured', case when cardinality(about) = 1 then about[1] else new.attempt_id end, client,
                          new.captured_at, data);
  end if;
  if new.refunded_minor > old.refunded_minor then
    perform tell_webhooks(new.chain_id, new.location_id, 'payment.refunded', case when cardinality(about) = 1 then about[1] else new.attempt_id end, client,
                          coalesce((select max(told_at) from outbox where chain_id = new.chain_id and subject_id = new.attempt_id and topic = 'payment.refunded'), new.captured_at),
                          data);
  end if;
  return null;
end $$;
create constraint trigger payments_tell_webhooks after update of captured_minor, refunded_minor on payment_attempts deferrable initially deferred
  for each row when (new.captured_minor > old.captured_minor or new.refunded_minor > old.refunded_minor) execute function payments_tell_webhooks();

create function desk_tells_webhooks() returns trigger language plpgsql as $$
declare paid record;
begin
  if not anybody_hears(new.chain_id) then return null; end if;
  select d.*, a.client_id into paid from desk_payments d join appointments a on a.chain_id = d.chain_id and a.appointment_id = d.appointment_id
   where d.chain_id = new.chain_id and d.desk_payment_id = new.desk_payment_id;
  perform tell_webhooks(new.chain_id, paid.location_id, 'payment.' || tg_argv[0], paid.appointment_id, paid.client_id,
    case when tg_argv[0] = 'taken_at_desk' then paid.taken_at else (to_jsonb(new)->>'reversed_at')::timestamptz end,
    jsonb_build_object('payment', jsonb_build_object('id', paid.desk_payment_id, 'appointmentIds', jsonb_build_array(paid.appointment_id), 'amountMinor', paid.amount_minor,
      'currency', paid.currency, 'registerId', paid.account_id, 'takenAt', webhook_instant(paid.taken_at))));
  return null;
end $$;
create constraint trigger desk_payments_tell_webhooks after insert on desk_payments deferrable initially deferred
  for each row execute function desk_tells_webhooks('taken_at_desk');
create constraint trigger desk_reversals_tell_webhooks after insert on desk_reversals deferrable initially deferred
  for each row execute function desk_tells_webhooks('reversed_at_desk');

-- Clients belong to the chain. When one was changed stands in the outbox.
create function clients_tell_webhooks() returns trigger language plpgsql as $$
declare kind text; at timestamptz := new.created_at;
begin
  if not anybody_hears(new.chain_id) then return null; end if;
  if tg_op = 'INSERT' then kind := 'client.created';
  else
    at := coalesce((select max(told_at) from outbox where chain_id = new.chain_id and subject_id = new.client_id and topic like 'client.%'), new.created_at);
    if new.erased_at is not null and old.erased_at is null then kind := 'client.erased'; at := new.erased_at;
    elsif new.merged_into is not null and old.merged_into is null then kind := 'client.merged';
    elsif new.erased_at is not null or new.merged_into is not null then return null;
    elsif (new.name, new.phone, new.email, new.language, new.note) is distinct from (old.name, old.phone, old.email, old.language, old.note) then kind := 'client.changed';
    else return null;
    end if;
  end if;
  perform tell_webhooks(new.chain_id, null, kind, new.client_id, case when kind = 'client.erased' then null else new.client_id end, at,
    case kind when 'client.erased' then jsonb_build_object('client', jsonb_build_object('id', new.client_id))
              when 'client.merged' then jsonb_build_object('client', jsonb_build_object('id', new.client_id), 'mergedInto', new.merged_into)
              else jsonb_build_object('client', webhook_client(new.chain_id, new.client_id)) end);
  return null;
end $$;
create constraint trigger clients_tell_webhooks after insert or update on clients deferrable initially deferred
  for each row execute function clients_tell_webhooks();

-- Files out of which a salon moves in: they come in pieces, are looked at, walked through without writing anything, and then written.
create table data_imports (
  chain_id      text not null,
  location_id   text not null,
  file_id     text not null,
  kind          text not null check (kind in ('clients', 'services', 'appointments')),
  file_name     text not null,
  bytes         bigint not null,
  parts         integer not null,
  status        text not null check (status in ('uploading', 'mapping', 'checking', 'checked', 'writing', 'done', 'unreadable', 'discarded')),
  look          jsonb,
  mapping       jsonb,
  leased_until  timestamptz,
  read_rows     bigint not null default 0,      -- how far it has been walked, or written
  read_bytes    bigint not null default 0,
  trouble       jsonb,
  asked_by      jsonb,                          -- whose rights it is written with, and who is named for it
  made_by       text not null,
  made_at       timestamptz not null,
  accepted_at   timestamptz,
  done_at       timestamptz,
  constraint data_imports_pk primary key (chain_id, file_id),
  constraint data_imports_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);
create index data_imports_of_location on data_imports (chain_id, location_id, made_at desc);
create index data_imports_due on data_imports (leased_until) where status in ('checking', 'writing');
create table data_import_parts (
  chain_id   text not null,
  file_id  text not null,
  part_no    integer not null,
  content    bytea not null,
  constraint data_import_parts_pk primary key (chain_id, file_id, part_no),
  constraint data_import_parts_import foreign key (chain_id, file_id) references data_imports (chain_id, file_id)
);
-- What is to become of a row, and what has become of it.
create table data_import_rows (
  chain_id   text not null,
  file_id  text not null,
  row_no     bigint not null,                   -- of the file, from 1
  outcome    text not null check (outcome in ('new', 'merge', 'same', 'conflict', 'refused')),
  why        text not null default '',
  cells      text[] not null,
  wish       jsonb,                             -- read from the cells
  written    text check (written in ('written', 'same', 'refused')),
  written_why text not null default '',
  made_id    text,
  constraint data_import_rows_pk primary key (chain_id, file_id, row_no),
  constraint data_import_rows_import foreign key (chain_id, file_id) references data_imports (chain_id, file_id)
);
create table data_mappings (
  chain_id     text not null,
  location_id  text not null,
  kind         text not null,
  fingerprint  text not null,
  mapping      jsonb not null,
  used_at      timestamptz not null,
  constraint data_mappings_pk primary key (chain_id, location_id, kind, fingerprint)
);
