-- Visits of memberships follow what becomes of a booking also where it is changed (decision 11): as many as places; a late cancellation is not made an early one
-- by moving; and a time after the membership's end is not the client's own to choose.

-- From when cancelling uses the visit whatever its time is now: the client moved it when it was too late to cancel it.
alter table membership_visits add column late_from timestamptz;

-- The visits of an appointment, the client's memberships locked, in the order in which claims lock them.
create function lock_memberships_of(chain text, appointment text) returns void language plpgsql as $$
begin
  perform 1 from memberships m
   where m.chain_id = chain
     and (m.membership_id in (select v.membership_id from membership_visits v where v.chain_id = chain and v.appointment_id = appointment)
       or m.sold_at is not null and m.ended_at is null
          and m.client_id = (select coalesce(c.merged_into, c.client_id) from appointments a join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
                              where a.chain_id = chain and a.appointment_id = appointment))
   order by m.membership_id for update;
end $$;

-- The first of an appointment's memberships that would not cover it at another time, and why; none: all would. What is moved does not count among the visits
-- between which a period lies that begins with the first.
create function membership_not_lasting(chain text, appointment text, starts timestamptz, out membership text, out reason text, out ends timestamptz)
language plpgsql stable as $$
declare m record; others record;
begin
  for m in select * from memberships x where x.chain_id = chain and x.membership_id in (
             select v.membership_id from membership_visits v where v.chain_id = chain and v.appointment_id = appointment and v.status = 'reserved') order by membership_id loop
    if m.begins = 'first_visit' and m.begins_at is null then
      select min(a.starts_at) first, max(a.starts_at) last into others from membership_visits v
        join appointments a on a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
       where v.chain_id = chain and v.membership_id = m.membership_id and v.status = 'reserved' and v.appointment_id <> appointment;
      ends := membership_ends(least(others.first, starts), m.period_count, m.period_unit, m.time_zone, 0);
      reason := case when greatest(others.last, starts) >= ends then 'ends_before' end;
    else
      ends := m.ends_at;
      reason := case when starts >= m.ends_at then 'ends_before' when starts >= m.frozen_from and starts < m.frozen_until then 'frozen' end;
    end if;
    if reason is not null then
      membership := m.name;
      return;
    end if;
  end loop;
  ends := null;
end $$;

-- As many visits as places, where a membership covers them; `had` places were covered until now. The memberships are locked. HF014 with the reason where one
-- more place is covered by none. Of what comes back the longest to be used comes first.
create function membership_visits_follow_places(chain text, appointment text, had integer, at timestamptz) returns void language plpgsql as $$
declare a record; l record; found_one record; base jsonb; has integer;
begin
  select x.location_id, x.places, x.starts_at, x.status, coalesce(c.merged_into, c.client_id) client into a from appointments x
    join clients c on c.chain_id = x.chain_id and c.client_id = x.client_id where x.chain_id = chain and x.appointment_id = appointment;
  for l in select distinct service_id from appointment_services where chain_id = chain and appointment_id = appointment and pay = 'membership' loop
    select v.before into base from membership_visits v
     where v.chain_id = chain and v.appointment_id = appointment and v.service_id = l.service_id and v.status <> 'returned'
     order by (v.before->>'cost') is null, v.made_at, v.visit_id limit 1;
    if base->>'cost' is not null then
      base := jsonb_set(base, '{cost}', to_jsonb(round((base->>'cost')::numeric / had * a.places)::bigint));
    end if;
    select count(*) into has from membership_visits v
     where v.chain_id = chain and v.appointment_id = appointment and v.service_id = l.service_id and v.status <> 'returned';
    for place in has + 1 .. a.places loop
      select * into found_one from membership_that_covers(chain, a.location_id, a.client, l.service_id, a.starts_at, at);
      if found_one.membership is null then raise exception 'membership_not_usable' using errcode = 'HF014', detail = found_one.reason; end if;
      perform take_membership_visit(chain, found_one.membership, appointment, l.service_id, 'booked', at);
    end loop;
    update membership_visits set status = 'returned', because = 'undone', due_at = null, changed_at = at
     where chain_id = chain and visit_id in (
       select v.visit_id from membership_visits v join memberships m on m.chain_id = v.chain_id and m.membership_id = v.membership_id
        where v.chain_id = chain and v.appointment_id = appointment and v.service_id = l.service_id and v.status <> 'returned'
        order by m.ended_at is null desc, m.ends_at desc nulls first, v.made_at desc, v.visit_id limit greatest(has - a.places, 0));
    -- whichever of them is undone says what all of them cost without the membership
    update membership_visits v set before = coalesce(base, v.before), status = case when a.status in ('arrived', 'no_show') then 'used' else v.status end,
           because = case when v.status <> 'reserved' then v.because when a.status = 'arrived' then 'visit' when a.status = 'no_show' then 'no_show' else v.because end,
           due_at = case when a.status in ('arrived', 'no_show') then null else v.due_at end
     where v.chain_id = chain and v.appointment_id = appointment and v.service_id = l.service_id and v.status <> 'returned';
  end loop;
end $$;

-- Would cancelling it now use this visit?
create function membership_visit_is_late(late_hours integer, late_from timestamptz, starts timestamptz, at timestamptz) returns boolean language sql immutable as $$
  select late_hours is not null and (late_from is not null or at > starts - make_interval(hours => late_hours)) $$;

create or replace function appointments_move_membership_visits() returns trigger language plpgsql as $$
declare v record; m memberships; late boolean; undone boolean := false;
begin
  for v in select * from membership_visits where chain_id = new.chain_id and appointment_id = new.appointment_id order by membership_id, visit_id for update loop
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
end $$;

-- A covered service that is taken off gives its visit back, also where the client has come already.
create or replace function uncovered_visits_return() returns trigger language plpgsql as $$
declare v record; lines integer; at_event boolean;
begin
  select count(*) into lines from appointment_services
   where chain_id = old.chain_id and appointment_id = old.appointment_id and service_id = old.service_id and pay = 'membership';
  select event_id is not null into at_event from appointments where chain_id = old.chain_id and appointment_id = old.appointment_id;
  if at_event and lines > 0 then return null; end if;
  for v in select visit_id from membership_visits
            where chain_id = old.chain_id and appointment_id = old.appointment_id and service_id = old.service_id and status <> 'returned'
            order by visit_id offset lines for update loop
    update membership_visits set status = 'returned', because = 'undone', due_at = null,
           changed_at = (select changed_at from appointments where chain_id = old.chain_id and appointment_id = old.appointment_id)
     where chain_id = old.chain_id and visit_id = v.visit_id;
  end loop;
  return null;
end $$;
