-- When team members work, and what takes their time. Hours are local wall-clock minutes from midnight (540 = 09:00), a rule
-- that the location's time zone turns into instants; occupancy is instants. Overlap is refused by a constraint, because a
-- check in the application can always be overtaken by another request.

-- The weekly pattern. A weekday without a row is a day off. ISO weekdays: 1 = Monday.
create table staff_week_hours (
  chain_id    text not null,
  location_id text not null,
  staff_id    text not null,
  weekday     smallint not null check (weekday between 1 and 7),
  works       int4multirange not null check (works <@ '{[0,1440)}'::int4multirange),
  breaks      int4multirange not null default '{}' check (breaks <@ '{[0,1440)}'::int4multirange),
  constraint staff_week_hours_pk primary key (chain_id, location_id, staff_id, weekday),
  constraint staff_week_hours_staff foreign key (chain_id, location_id, staff_id) references staff (chain_id, location_id, staff_id)
);

-- One date's hours, instead of the week's. Empty works = day off.
create table staff_day_hours (
  chain_id    text not null,
  location_id text not null,
  staff_id    text not null,
  day         date not null,
  works       int4multirange not null check (works <@ '{[0,1440)}'::int4multirange),
  breaks      int4multirange not null default '{}' check (breaks <@ '{[0,1440)}'::int4multirange),
  constraint staff_day_hours_pk primary key (chain_id, location_id, staff_id, day),
  constraint staff_day_hours_staff foreign key (chain_id, location_id, staff_id) references staff (chain_id, location_id, staff_id)
);

select watch_rules('staff_week_hours'), watch_rules('staff_day_hours');

-- Whatever takes a team member's or a room's time is a row here while it does: an appointment's segment (buffers included),
-- a dated break, an event. Statuses live elsewhere. A row with frees_at is a hold: past that moment anyone may release it.
create table occupancy (
  chain_id    text not null,
  location_id text not null,
  resource_id text not null,
  span        tstzrange not null,
  source_kind text not null check (source_kind in ('appointment', 'break', 'event')),
  source_id   text not null,
  segment     smallint not null default 0,
  frees_at    timestamptz,
  constraint occupancy_pk primary key (chain_id, source_kind, source_id, segment),
  constraint occupancy_is_half_open check (not isempty(span) and lower_inc(span) and not upper_inc(span)),
  -- readers look back this far for a span that is still running
  constraint occupancy_is_at_most_a_day check (upper(span) - lower(span) <= interval '26 hours'),
  constraint occupancy_does_not_overlap exclude using gist (chain_id with =, resource_id with =, span with &&)
);
-- Free times ask: what takes these team members' time in this month? (The planner does not use the GiST index for that.)
create index occupancy_busy on occupancy (chain_id, resource_id, lower(span)) include (span, frees_at);
-- The limit on holding asks: how much of this location's day is held and unpaid?
create index occupancy_held on occupancy (chain_id, location_id, lower(span)) where frees_at is not null;
