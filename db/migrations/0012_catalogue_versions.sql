-- Several people edit the catalogue at once. Each row counts its own changes, so that two administrators who edit different services never
-- disturb each other, and the second of two who edit the same one is told. The owner's order is not such a change: moving a line up must not
-- take the form away from whoever has it open. A category that is not sold from any more can be put away, as services and people can.

alter table service_categories add column version integer not null default 1, add column archived boolean not null default false;
alter table services add column version integer not null default 1;
alter table positions add column version integer not null default 1;
alter table staff add column version integer not null default 1;

create function catalogue_row_changed() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{version,position}'::text[] is distinct from to_jsonb(old) - '{version,position}'::text[] then
    new.version := old.version + 1;
  end if;
  return new;
end $$;
create trigger service_categories_version before update on service_categories for each row execute function catalogue_row_changed();
create trigger services_version before update on services for each row execute function catalogue_row_changed();
create trigger positions_version before update on positions for each row execute function catalogue_row_changed();
create trigger staff_version before update on staff for each row execute function catalogue_row_changed();

-- Whoever was added by mistake and never used may be deleted: their hours and prices are nothing without them. Appointments still refuse it.
alter table staff_services drop constraint staff_services_staff, drop constraint staff_services_service,
  add constraint staff_services_staff foreign key (chain_id, location_id, staff_id) references staff (chain_id, location_id, staff_id) on delete cascade,
  add constraint staff_services_service foreign key (chain_id, location_id, service_id) references services (chain_id, location_id, service_id) on delete cascade;
alter table staff_week_hours drop constraint staff_week_hours_staff,
  add constraint staff_week_hours_staff foreign key (chain_id, location_id, staff_id) references staff (chain_id, location_id, staff_id) on delete cascade;
alter table staff_day_hours drop constraint staff_day_hours_staff,
  add constraint staff_day_hours_staff foreign key (chain_id, location_id, staff_id) references staff (chain_id, location_id, staff_id) on delete cascade;

-- A card asks: was this ever booked, and how much of it is still to come?
create index appointment_services_service on appointment_services (chain_id, service_id);
create index appointments_staff on appointments (chain_id, location_id, staff_id, starts_at);
