-- Staff make group events, one or a series by a rule in local time, and change them: several people at once, so an event carries what a change was based on.
-- A cancelled event is emptied booking by booking, and the chore that does it must find where it stopped. A client may change to another event of the same
-- service: the count leaves the one and comes to the other in one statement.

create table event_series (
  chain_id    text not null,
  location_id text not null,
  series_id   text not null,
  service_id  text not null,
  rule        jsonb not null,             -- {every, interval, weekdays, atMinute, durationMinutes}: days and minutes of the location's own clock
  except_days date[] not null default '{}',
  first_day   date not null,              -- intervals are counted from here, also when it goes on later
  last_day    date not null,              -- made until then
  created_at  timestamptz not null,
  changed_at  timestamptz not null,
  constraint event_series_pk primary key (chain_id, location_id, series_id),
  constraint event_series_service foreign key (chain_id, location_id, service_id) references services (chain_id, location_id, service_id)
);

alter table events add column description text not null default '',
                   add column revision integer not null default 1,   -- what a change by staff was based on; places taken do not move it
                   add column cancelled jsonb,                       -- {at, because, refund, by: {id, name}}
                   add column emptied_at timestamptz,                -- every booking of a cancelled event is cancelled
                   add constraint events_series foreign key (chain_id, location_id, series_id) references event_series (chain_id, location_id, series_id),
                   add constraint events_cancelled_by_somebody check ((status = 'cancelled') = (cancelled is not null));
create index events_series on events (chain_id, series_id, starts_at) where series_id is not null;
-- the chore asks every second: which cancelled events still have bookings?
create index events_to_empty on events (changed_at) where status = 'cancelled' and emptied_at is null;

create or replace function event_counts_places() returns trigger language plpgsql as $$
declare more integer; has record;
begin
  more := places_of(new.status, new.places);
  if tg_op = 'UPDATE' then
    if old.event_id = new.event_id then
      more := more - places_of(old.status, old.places);
    else
      update events set places_taken = places_taken - places_of(old.status, old.places), changed_at = new.changed_at
       where chain_id = old.chain_id and event_id = old.event_id;
    end if;
  end if;
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
drop trigger appointments_count_places on appointments;
create trigger appointments_count_places after update of status, places, event_id on appointments for each row
  when (new.event_id is not null and (old.status <> new.status or old.places <> new.places or old.event_id <> new.event_id)) execute function event_counts_places();
