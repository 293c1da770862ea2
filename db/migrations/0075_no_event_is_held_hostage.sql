-- One unpaid hold could have all places of an event, for a quarter of an hour, again and again. What one telephone, or larger parties from one address, hold unpaid
-- at an event is a share of its places now, as of a day's time (A8). It is asked of who has got places only, so those who come to a full event hear so as fast as before.
create function refuse_hostage_places() returns trigger language plpgsql as $$
declare k record; most integer; held integer; lost integer; retry_at timestamptz; first_lost timestamptz;
begin
  -- what was set aside for who waited is theirs
  if offer_in_hand() is not null then return null; end if;
  -- a party of four is welcome at the smallest class
  select greatest(4, ceil(e.capacity * l.holds_share_percent / 100.0))::integer into most from events e
    join locations l on l.chain_id = e.chain_id and l.location_id = e.location_id where e.chain_id = new.chain_id and e.event_id = new.event_id;
  if new.places > most then raise exception 'too_many_places' using errcode = 'HF020', detail = most::text; end if;
  select phone, address_hash into k from bookings where chain_id = new.chain_id and booking_id = new.booking_id;
  with its as (
    select booking_id, true by_phone from bookings where chain_id = new.chain_id and phone = k.phone and created_at > new.created_at - interval '2 hours'
    union
    select booking_id, false from bookings where chain_id = new.chain_id and address_hash = k.address_hash and phone <> k.phone and created_at > new.created_at - interval '2 hours')
  select coalesce(sum(x.places) filter (where x.status = 'held' and x.frees_at > new.created_at), 0),
         count(*) filter (where x.status = 'expired' or x.frees_at <= new.created_at),
         min(x.frees_at) filter (where x.status = 'held' and x.frees_at > new.created_at and x.booking_id <> new.booking_id),
         min(x.created_at) filter (where x.status = 'expired' or x.frees_at <= new.created_at)
    into held, lost, retry_at, first_lost from its join appointments x on x.chain_id = new.chain_id and x.booking_id = its.booking_id
   where x.event_id = new.event_id and x.paid_minor = 0 and x.status in ('held', 'expired') and (its.by_phone or (x.places > 1 and new.places > 1));
  if held > most and retry_at is not null then raise exception 'too_many_holds' using errcode = 'HF011', detail = to_json(retry_at)#>>'{}'; end if;
  -- who has let places here run out three times lets others have them
  if lost >= 3 then raise exception 'too_many_holds' using errcode = 'HF011', detail = to_json(first_lost + interval '2 hours')#>>'{}'; end if;
  return null;
end $$;
create trigger appointments_no_hostages after insert on appointments for each row
  when (new.event_id is not null and new.status = 'held' and new.booked_by = 'client') execute function refuse_hostage_places();
