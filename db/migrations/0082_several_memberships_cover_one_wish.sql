-- Before booking a client was told that no membership covers the second service of a wish, or a party, where the first membership has too few visits left and
-- another one has the rest: the claim takes one visit after another from whichever has one, the question looked at a single membership. Both ask the same now.

-- The client's memberships from which a visit of this service at that time would be taken, in the order in which they are; left: null is as many as they like.
create function memberships_that_cover(chain text, location text, client text, service text, starts timestamptz, at timestamptz)
  returns table (membership_id text, name text, visits integer, "left" integer, ends_at timestamptz) language sql stable as $$
  select m.membership_id, m.name, m.visits::integer, m.visits - m.visits_reserved - m.visits_used, m.ends_at from memberships m
   where m.chain_id = chain and m.client_id = client and m.sold_at is not null and m.ended_at is null and m.refunding_since is null
     and location = any (m.location_ids) and (m.service_ids is null or service = any (m.service_ids))
     and (m.visits is null or m.visits_reserved + m.visits_used < m.visits) and not coalesce(starts >= m.frozen_from and starts < m.frozen_until, false)
     and (m.ends_at is null or starts < m.ends_at) and membership_spans(m, starts)
   order by m.ends_at nulls last, m.sold_at, m.membership_id $$;

create or replace function membership_that_covers(chain text, location text, client text, service text, starts timestamptz, at timestamptz,
                                                  out membership text, out reason text) language plpgsql stable as $$
begin
  select c.membership_id into membership from memberships_that_cover(chain, location, client, service, starts, at) c limit 1;
  if membership is not null then return; end if;
  with mine as (
    select location = any (m.location_ids) and (m.service_ids is null or service = any (m.service_ids)) covers,
           m.visits is null or m.visits_reserved + m.visits_used < m.visits has_left,
           coalesce(starts >= m.frozen_from and starts < m.frozen_until, false) is_frozen
      from memberships m
     where m.chain_id = chain and m.client_id = client and m.sold_at is not null and m.ended_at is null and m.refunding_since is null)
  select case when not exists (select from mine) then 'none'
              when not exists (select from mine m where m.covers) then 'not_covered'
              when exists (select from mine m where m.covers and m.has_left and m.is_frozen) then 'frozen'
              when exists (select from mine m where m.covers and m.has_left) then 'ends_before'
              else 'used_up' end
    into reason;
end $$;
