-- A salon has one booking page and several ways to it: an advertisement, a partner's site, a link in a profile. Each is a booking link with its own steps,
-- texts, colours and measuring, so one of them can be changed without touching the others, and a booking remembers which one brought it. Every location has
-- a default one, made here by the database, so that there is never a page without settings.

create table booking_links (
  chain_id           text not null,
  location_id        text not null,
  link_id            text not null,
  slug               text not null,
  name               text not null,
  is_default         boolean not null default false,
  settings           jsonb not null default '{}'::jsonb,  -- packages/contract/src/booking-links.ts; what is left out is as in a new one
  consent_version    integer not null default 1,          -- moves with the privacy text and with the rules of cancelling and moving
  measurement_id     text,
  api_secret         bytea,                                -- sealed, never shown again
  allowed_origins    text[] not null default '{}',
  archived_at        timestamptz,
  version            bigint not null default 1,
  created_at         timestamptz not null default now(),
  constraint booking_links_pk primary key (chain_id, location_id, link_id),
  constraint booking_links_location foreign key (chain_id, location_id) references locations (chain_id, location_id),
  constraint booking_links_slug unique (chain_id, location_id, slug),
  constraint booking_links_default_stays check (not (is_default and archived_at is not null)),
  constraint booking_links_secret_of check (api_secret is null or measurement_id is not null)
);
create unique index booking_links_one_default on booking_links (chain_id, location_id) where is_default;

create function locations_open_booking_link() returns trigger language plpgsql as $$
begin
  insert into booking_links (chain_id, location_id, link_id, slug, name, is_default)
    values (new.chain_id, new.location_id, 'lnk_' || left(md5(new.chain_id || '/' || new.location_id), 20), 'main', 'Main', true);
  return null;
end $$;
insert into booking_links (chain_id, location_id, link_id, slug, name, is_default)
  select chain_id, location_id, 'lnk_' || left(md5(chain_id || '/' || location_id), 20), 'main', 'Main', true from locations;
create trigger locations_open_booking_link after insert on locations for each row execute function locations_open_booking_link();

-- who books sees the settings that hold now, whatever was remembered a moment ago
select watch_rules('booking_links');

-- A logo is kept where everything else is: nothing has to be asked from another house before a page looks as it should.
create table pictures (
  chain_id    text not null,
  picture_id  text not null,  -- names its content: another picture is another address
  location_id text not null,
  media_type  text not null,
  bytes       bytea not null,
  created_at  timestamptz not null,
  constraint pictures_pk primary key (chain_id, picture_id),
  constraint pictures_location foreign key (chain_id, location_id) references locations (chain_id, location_id),
  constraint pictures_media_type check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  constraint pictures_small check (octet_length(bytes) between 1 and 204800)
);

-- A purchase is told to Google once: by the client's page or by us, whoever takes this row first. The page may come before we have heard of it ourselves.
create table analytics_purchases (
  chain_id       text not null,
  location_id    text not null,
  attempt_id     text not null,
  booking_id     text not null,
  link_id        text not null,
  due_at         timestamptz,          -- from then on it is ours to send; null: there is nothing to do any more
  sender         text,
  claimed_at     timestamptz,
  tries          smallint not null default 0,
  constraint analytics_purchases_pk primary key (chain_id, location_id, attempt_id),
  constraint analytics_purchases_link foreign key (chain_id, location_id, link_id) references booking_links (chain_id, location_id, link_id),
  constraint analytics_purchases_sender check (sender in ('browser', 'server')),
  constraint analytics_purchases_claimed check ((sender is null) = (claimed_at is null))
);
create index analytics_purchases_due on analytics_purchases (due_at) where due_at is not null;

-- The last events of each booking link, for who wonders whether measuring works.
create table analytics_events (
  chain_id    text not null,
  location_id text not null,
  link_id     text not null,
  event_id    text not null,
  at          timestamptz not null,
  name        text not null,
  sender      text not null,
  outcome     text not null,
  params      jsonb not null default '{}'::jsonb,
  constraint analytics_events_pk primary key (chain_id, location_id, link_id, event_id),
  constraint analytics_events_link foreign key (chain_id, location_id, link_id) references booking_links (chain_id, location_id, link_id),
  constraint analytics_events_sender check (sender in ('browser', 'server')),
  constraint analytics_events_outcome check (outcome in ('handed_over', 'accepted', 'unreachable', 'refused'))
);
