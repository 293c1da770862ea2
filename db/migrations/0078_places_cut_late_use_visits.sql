-- Cutting places that a membership pays for is cancelling them: within the hours in which a cancellation uses the visit, it is used, unless staff give it back all the same.
-- It gave them back at any time, so that a party of five cancelled four of them a minute before without losing a visit. What was used so belongs to no place any more: no later
-- step of the appointment, and no undoing of its cover, brings it back.

drop function membership_visits_follow_places(text, text, integer, timestamptz);

create function membership_visits_follow_places(chain text, appointment text, had integer, was_at timestamp with time zone, all_back boolean, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare a record; l record; cut record; found_one record; base jsonb; has integer;
begin
  select x.location_id, x.places, x.starts_at, x.status, coalesce(c.merged_into, c.client_id) client into a from appointments x
    join clients c on c.chain_id = x.chain_id and c.client_id = x.client_id where x.chain_id = chain and x.appointment_id = appointment;
  for l in select distinct service_id from appointment_services where chain_id = chain and appointment_id = appointment and pay = 'membership' loop
    select v.before into base from membership_visits v
     where v.chain_id = chain and v.appointment_id = appointment and v.service_id = l.service_id and v.status <> 'returned' and v.because <> 'places_cut'
     order by (v.before->>'cost') is null, v.made_at, v.visit_id limit 1;
    if base->>'cost' is not null then
      base := jsonb_set(base, '{cost}', to_jsonb(round((base->>'cost')::numeric / had * a.places)::bigint));
    end if;
    select count(*) into has from membership_visits v
     where v.chain_id = chain and v.appointment_id = appointment and v.service_id = l.service_id and v.status <> 'returned' and v.because <> 'places_cut';
    for place in has + 1 .. a.places loop
      select * into found_one from membership_that_covers(chain, a.location_id, a.client, l.service_id, a.starts_at, at);
      if found_one.membership is null then raise exception 'membership_not_usable' using errcode = 'HF014', detail = found_one.reason; end if;
      perform take_membership_visit(chain, found_one.membership, appointment, l.service_id, 'booked', at);
    end loop;
    -- as if these places had been cancelled: what comes back goes first
    for cut in select v.visit_id, late from membership_visits v join memberships m on m.chain_id = v.chain_id and m.membership_id = v.membership_id
                cross join lateral (select not all_back and a.status in ('waiting', 'confirmed') and membership_visit_is_late(m.late_hours, v.late_from, was_at, at) late) x
                where v.chain_id = chain and v.appointment_id = appointment and v.service_id = l.service_id and v.status <> 'returned' and v.because <> 'places_cut'
                order by late, m.ended_at is null desc, m.ends_at desc nulls first, v.made_at desc, v.visit_id limit greatest(has - a.places, 0) loop
      update membership_visits set status = case when cut.late then 'used' else 'returned' end, because = case when cut.late then 'places_cut' else 'undone' end,
             due_at = null, changed_at = at where chain_id = chain and visit_id = cut.visit_id;
    end loop;
    -- whichever of them is undone says what all of them cost without the membership
    update membership_visits v set before = coalesce(base, v.before), status = case when a.status in ('arrived', 'no_show') then 'used' else v.status end,
           because = case when v.status <> 'reserved' then v.because when a.status = 'arrived' then 'visit' when a.status = 'no_show' then 'no_show' else v.because end,
           due_at = case when a.status in ('arrived', 'no_show') then null else v.due_at end
     where v.chain_id = chain and v.appointment_id = appointment and v.service_id = l.service_id and v.status <> 'returned' and v.because <> 'places_cut';
  end loop;
end $function$;

create or replace function appointments_move_membership_visits()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare v record; m memberships; late boolean; undone boolean := false;
begin
  for v in select * from membership_visits where chain_id = new.chain_id and appointment_id = new.appointment_id and because <> 'places_cut'
            order by membership_id, visit_id for update loop
    select * into m from memberships where chain_id = v.chain_id and membership_id = v.membership_id for update;
    if new.status in ('cancelled', 'expired') then
      continue when v.status = 'returned';
      late := new.status = 'cancelled' and old.status <> 'held' and membership_visit_is_late(m.late_hours, v.late_from, new.starts_at, new.changed_at);
      update membership_visits set status = case when late then 'used' else 'returned' end, because = case when late then 'late_cancel' else new.status end,
             due_at = null, changed_at = new.changed_at where chain_id = v.chain_id and visit_id = v.visit_id;
    elsif new.status in ('arrived', 'no_show') then
      continue when v.status <> 'reserved';
      update membership_visits set status = 'used', because = case new.status when 'arrived' then 'visit' else 'no_show' end, due_at = null, changed_at = new.changed_at
       where chain_id = v.chain_id and visit_id = v.visit_id;
    elsif old.status in ('arrived', 'no_show') then
      continue when v.status <> 'used';
      update membership_visits set status = 'reserved', because = 'undone', due_at = new.ends_at, changed_at = new.changed_at
       where chain_id = v.chain_id and visit_id = v.visit_id;
    elsif old.status in ('expired', 'cancelled') and v.because = old.status then
      -- it takes place after all: with the visit that was given back, if nobody has used it meanwhile and it lasts until then
      if m.ended_at is null and m.refunding_since is null and (m.visits is null or m.visits_reserved + m.visits_used < m.visits)
         and (m.ends_at is null or new.starts_at < m.ends_at) and not coalesce(new.starts_at >= m.frozen_from and new.starts_at < m.frozen_until, false)
         and coalesce(membership_spans(m, new.starts_at), true) then
        update membership_visits set status = 'reserved', because = 'booked', due_at = new.ends_at, changed_at = new.changed_at
         where chain_id = v.chain_id and visit_id = v.visit_id;
      else
        undone := true;
        update membership_visits set because = 'undone' where chain_id = v.chain_id and visit_id = v.visit_id;
        perform uncover_services(v.chain_id, v.appointment_id, v.service_id, v.before);
      end if;
    elsif v.status = 'reserved' and v.due_at <> new.ends_at then
      update membership_visits set due_at = new.ends_at where chain_id = v.chain_id and visit_id = v.visit_id;
    end if;
  end loop;
  -- places are covered all or none
  if undone and new.event_id is not null then
    update membership_visits set status = 'returned', because = 'undone', due_at = null, changed_at = new.changed_at
     where chain_id = new.chain_id and appointment_id = new.appointment_id and status = 'reserved';
  end if;
  return null;
end $function$;

create or replace function uncovered_visits_return()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare v record; lines integer; at_event boolean;
begin
  select count(*) into lines from appointment_services
   where chain_id = old.chain_id and appointment_id = old.appointment_id and service_id = old.service_id and pay = 'membership';
  select event_id is not null into at_event from appointments where chain_id = old.chain_id and appointment_id = old.appointment_id;
  if at_event and lines > 0 then return null; end if;
  for v in select visit_id from membership_visits
            where chain_id = old.chain_id and appointment_id = old.appointment_id and service_id = old.service_id and status <> 'returned' and because <> 'places_cut'
            order by visit_id offset lines for update loop
    update membership_visits set status = 'returned', because = 'undone', due_at = null,
           changed_at = (select changed_at from appointments where chain_id = old.chain_id and appointment_id = old.appointment_id)
     where chain_id = old.chain_id and visit_id = v.visit_id;
  end loop;
  return null;
end $function$;
