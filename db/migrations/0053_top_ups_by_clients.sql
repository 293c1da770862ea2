-- A client who fills their account from a booking's own page comes back to exactly there; user_id is 'client', and user_name empty.
alter table account_top_ups add column booking_id text;
create index account_top_ups_of_booking on account_top_ups (chain_id, booking_id, made_at) where booking_id is not null;

-- As before; a hold that is asked for from a booking's own page has the page's key for that try.
create or replace function hold_part_on_account(chain text, location text, client text, part jsonb, at timestamptz) returns void language plpgsql as $$
declare owner text := case part->>'typeId' when '' then client else client || '/' || (part->>'typeId') end; wanted bigint; free bigint;
begin
  select sum((h->>'amountMinor')::bigint) into wanted from jsonb_array_elements(part->'holds') h;
  free := free_on_account(chain, location, owner, part->>'currency');
  if free < wanted then raise exception 'not_enough_on_account' using errcode = 'HF018', detail = free::text; end if;
  insert into account_holds (chain_id, hold_id, location_id, owner_id, currency, purpose_kind, purpose_id, key, amount_minor, held_minor, made_at, user_id, user_name, toward, look_at)
    select chain, h->>'id', location, owner, part->>'currency', 'appointment', h->>'appointmentId', coalesce(h->>'key', h->>'id'), (h->>'amountMinor')::bigint,
           (h->>'amountMinor')::bigint, at, 'client', '', 'prepayment', (part->>'lookAt')::timestamptz
      from jsonb_array_elements(part->'holds') h;
  perform note_change(chain, h->>'appointmentId', at, 'held_on_account', 'client', jsonb_build_object('amountMinor', (h->>'amountMinor')::bigint))
     from jsonb_array_elements(part->'holds') h;
end $$;
