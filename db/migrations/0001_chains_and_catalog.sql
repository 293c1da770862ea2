-- The tenant and what it sells. Every key begins with chain_id: it is the tenant, and the distribution column the day
-- one machine is not enough. rules_version moves with every change that can alter a quote or a free time, so that a
-- server may keep the rules in memory and still be refused when it decided on old ones.

create extension if not exists btree_gist;

create table chains (
  chain_id   text not null,
  slug       text not null,
  name       text not null,
  demo       boolean not null default false,
  created_at timestamptz not null,
  constraint chains_pk primary key (chain_id)
);
create unique index chains_slug on chains (slug);

create table locations (
  chain_id         text not null,
  location_id      text not null,
  slug             text not null,
  name             text not null,
  country          text not null check (country ~ '^[A-Z]{2}$'),
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone        text not null,
  default_language text not null,
  languages        text[] not null,
  address          text not null default '',
  phone            text not null default '',
  position         smallint not null default 0,
  precedence       text not null default 'strict' check (precedence in ('strict', 'enabling')),
  step_minutes     smallint not null default 15 check (step_minutes in (5, 10, 15, 20, 30, 60)),
  lead_minutes     integer not null default 60 check (lead_minutes >= 0),
  horizon_days     smallint not null default 60 check (horizon_days between 1 and 366),
  any_staff        boolean not null default true,
  -- a hold may be extended once, while the provider says that the client has done their part
  processing_extension_minutes smallint not null default 30 check (processing_extension_minutes between 0 and 30),
  holds_per_phone            smallint not null default 2 check (holds_per_phone >= 1),
  holds_per_address_per_hour integer not null default 5 check (holds_per_address_per_hour >= 1),
  holds_share_percent        smallint not null default 30 check (holds_share_percent between 1 and 100),
  -- cancellation rule and the words the client agrees to; copied onto every appointment
  cancel_free_hours     smallint not null default 24 check (cancel_free_hours >= 0),
  cancel_late_percent   smallint not null default 0 check (cancel_late_percent between 0 and 100),
  terms                 jsonb not null default '{}',
  terms_version         integer not null default 1,
  rules_version         bigint not null default 1,
  created_at            timestamptz not null,
  constraint locations_pk primary key (chain_id, location_id),
  constraint locations_chain foreign key (chain_id) references chains (chain_id),
  constraint locations_slug unique (chain_id, slug)
);

create table company_details (
  chain_id            text not null,
  location_id         text not null,
  legal_name          text not null,
  registration_number text not null,
  tax_number          text not null default '',
  legal_address       text not null,
  bank_details        text not null default '',
  constraint company_details_pk primary key (chain_id, location_id),
  constraint company_details_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);

create table service_categories (
  chain_id    text not null,
  location_id text not null,
  category_id text not null,
  name        text not null,
  position    smallint not null default 0,
  constraint service_categories_pk primary key (chain_id, location_id, category_id),
  constraint service_categories_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);

create table services (
  chain_id              text not null,
  location_id           text not null,
  service_id            text not null,
  category_id           text not null,
  name                  text not null,
  description           text not null default '',
  price_min_minor       bigint not null check (price_min_minor >= 0),
  price_max_minor       bigint not null,
  duration_minutes      smallint not null check (duration_minutes between 5 and 1440),
  buffer_before_minutes smallint not null default 0 check (buffer_before_minutes between 0 and 240),
  buffer_after_minutes  smallint not null default 0 check (buffer_after_minutes between 0 and 240),
  online_booking        boolean not null default true,
  online_payment        text not null default 'not_available' check (online_payment in ('not_available', 'available', 'required')),
  position              smallint not null default 0,
  archived              boolean not null default false,
  constraint services_pk primary key (chain_id, location_id, service_id),
  constraint services_category foreign key (chain_id, location_id, category_id) references service_categories (chain_id, location_id, category_id),
  constraint services_price_range check (price_max_minor >= price_min_minor)
);

create table positions (
  chain_id    text not null,
  location_id text not null,
  position_id text not null,
  name        text not null,
  constraint positions_pk primary key (chain_id, location_id, position_id),
  constraint positions_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);

create table staff (
  chain_id       text not null,
  location_id    text not null,
  staff_id       text not null,
  position_id    text,
  name           text not null,
  about          text not null default '',
  color          text not null default '#7c6f64',
  online_booking boolean not null default true,
  online_payment text not null default 'not_available' check (online_payment in ('not_available', 'available', 'required')),
  position       smallint not null default 0,
  archived       boolean not null default false,
  constraint staff_pk primary key (chain_id, location_id, staff_id),
  constraint staff_position foreign key (chain_id, location_id, position_id) references positions (chain_id, location_id, position_id)
);

-- Who does what; a null means: as the service says.
create table staff_services (
  chain_id         text not null,
  location_id      text not null,
  staff_id         text not null,
  service_id       text not null,
  price_min_minor  bigint check (price_min_minor >= 0),
  price_max_minor  bigint,
  duration_minutes smallint check (duration_minutes between 5 and 1440),
  constraint staff_services_pk primary key (chain_id, location_id, staff_id, service_id),
  constraint staff_services_staff foreign key (chain_id, location_id, staff_id) references staff (chain_id, location_id, staff_id),
  constraint staff_services_service foreign key (chain_id, location_id, service_id) references services (chain_id, location_id, service_id),
  constraint staff_services_price_range check ((price_min_minor is null) = (price_max_minor is null) and price_max_minor >= price_min_minor)
);

create function locations_rules_moved() returns trigger language plpgsql as $$
begin
  if new.rules_version = old.rules_version and new is distinct from old then
    new.rules_version := old.rules_version + 1;
  end if;
  return new;
end $$;
create trigger locations_rules_moved before update on locations for each row execute function locations_rules_moved();

-- For every table whose rows take part in a quote or a free time: a change moves its location's rules_version.
create function rules_moved() returns trigger language plpgsql as $$
begin
  update locations l set rules_version = l.rules_version + 1
    from (select distinct chain_id, location_id from changed) c
   where l.chain_id = c.chain_id and l.location_id = c.location_id;
  return null;
end $$;

create function watch_rules(watched regclass) returns void language plpgsql as $$
begin
  execute format('create trigger rules_moved_insert after insert on %s referencing new table as changed for each statement execute function rules_moved()', watched);
  execute format('create trigger rules_moved_update after update on %s referencing new table as changed for each statement execute function rules_moved()', watched);
  execute format('create trigger rules_moved_delete after delete on %s referencing old table as changed for each statement execute function rules_moved()', watched);
end $$;

select watch_rules('company_details'), watch_rules('service_categories'), watch_rules('services'), watch_rules('positions'),
       watch_rules('staff'), watch_rules('staff_services');
