-- What other screens have to hear of: which appointments and which locations' rules have changed. Rows wait here until a server process takes them
-- out and notifies the others, because NOTIFY inside a business transaction would make all of them wait for each other at commit. Written by
-- triggers, so that no path can forget to tell; read by nobody, so it needs no key.
create table live_changes (
  chain_id    text not null,
  location_id text not null,
  subject_id  text                           -- an appointment; null: catalogue, hours or settings
);

create function appointments_live() returns trigger language plpgsql as $$
begin
  insert into live_changes (chain_id, location_id, subject_id) values (new.chain_id, new.location_id, new.appointment_id);
  return null;
end $$;
create trigger appointments_live after insert or update on appointments for each row execute function appointments_live();

create function locations_live() returns trigger language plpgsql as $$
begin
  insert into live_changes (chain_id, location_id) values (new.chain_id, new.location_id);
  return null;
end $$;
create trigger locations_live after update on locations for each row when (new.rules_version <> old.rules_version) execute function locations_live();

-- Breaks and events stand in the calendar too; what an appointment occupies is told by the appointment.
create function occupancy_live() returns trigger language plpgsql as $$
begin
  insert into live_changes (chain_id, location_id) select coalesce(new.chain_id, old.chain_id), coalesce(new.location_id, old.location_id);
  return null;
end $$;
create trigger occupancy_live_made after insert or update on occupancy for each row when (new.source_kind <> 'appointment') execute function occupancy_live();
create trigger occupancy_live_gone after delete on occupancy for each row when (old.source_kind <> 'appointment') execute function occupancy_live();

-- A page that opens, a payment that is being checked or has come to nothing: staff see it at the appointment.
create function payment_attempts_live() returns trigger language plpgsql as $$
begin
  insert into live_changes (chain_id, location_id, subject_id)
    select new.chain_id, new.location_id, l.purpose_id from payment_lines l
     where l.chain_id = new.chain_id and l.attempt_id = new.attempt_id and l.purpose_kind = 'appointment';
  return null;
end $$;
create trigger payment_attempts_live after update on payment_attempts for each row
  when (new.status <> old.status or new.superseded_at is distinct from old.superseded_at) execute function payment_attempts_live();
