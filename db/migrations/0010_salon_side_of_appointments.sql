-- The salon's side of an appointment: several people change it at once, staff book for clients who were asked nothing online, a visit costs what
-- staff say it costs, and while a client follows a payment link nobody changes what is being paid for (A11).

alter table appointments
  -- moved by every change, so that whoever changes something says what they had seen
  add column version integer not null default 1,
  add column booked_by text not null default 'client' check (booked_by in ('client', 'staff')),
  -- the salon's own words; what the client wrote stays in bookings.comment
  add column comment text not null default '',
  -- the sum of what staff set for its services; null: as it was booked (A3)
  add column set_cost_minor bigint check (set_cost_minor >= 0),
  -- generated, so that no path can forget it and booking needs no trigger; that it is the sum of the services is checked by the audit
  add column cost_minor bigint not null generated always as (coalesce(set_cost_minor, price_min_minor)) stored,
  add column payment_blocked_until timestamptz;

-- null: its minimum price, as it was booked (A3)
alter table appointment_services add column cost_minor bigint check (cost_minor >= 0);

-- Whom staff book has no draft, agreed to no terms on a screen and came from no network address; some have no telephone.
alter table appointments alter column consent drop not null,
  add constraint appointments_consent check (booked_by = 'staff' or consent is not null);
alter table bookings alter column draft_id drop not null, alter column wish_hash drop not null, alter column address_hash drop not null,
  alter column phone drop not null,
  add constraint bookings_made_online check ((draft_id is null) = (wish_hash is null) and (draft_id is null) = (address_hash is null)
    and (draft_id is null or phone is not null) and (live_draft is null or draft_id is not null));

create function appointments_version_moves() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  return new;
end $$;
create trigger appointments_version_moves before update on appointments for each row execute function appointments_version_moves();
