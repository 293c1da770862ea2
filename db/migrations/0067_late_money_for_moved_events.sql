-- Money that comes late confirms only what its client agreed to. An event that has been moved, or has another team member, since the client's places were let
-- go is another event to them: nothing moved their lost appointment along. Their money is then theirs to decide about, as for a time that is gone.

create or replace function reclaim_time(chain text, appointment text, at timestamptz) returns boolean language plpgsql as $$
declare a record; e record;
begin
  select * into a from appointments where chain_id = chain and appointment_id = appointment;
  if a.event_id is null then
    return claim_span(a.chain_id, a.location_id, a.staff_id, a.busy, 'appointment', a.appointment_id, null, at);
  end if;
  select version, starts_at, ends_at, staff_id into e from events where chain_id = chain and event_id = a.event_id;
  if (a.starts_at, a.ends_at, a.staff_id) is distinct from (e.starts_at, e.ends_at, e.staff_id) then return false; end if;
  perform take_places(chain, a.location_id, a.event_id, a.places, e.version, at);   -- the event as it was read, or none
  return true;
exception when sqlstate 'HF012' or sqlstate 'HF015' then
  return false;
end $$;
