-- Deposits in the flow (B2): a client whose phone is confirmed pays a prepayment, or a part of it, from their account while they book. It is a hold until the
-- online part is captured, as at the desk; but it pays for the prepayment, not for the visit, and nobody sits beside it: it has to be let go by itself.

alter table account_holds
  -- what counts it as paid: the whole visit (at the desk), or what was to be paid in advance (by the client; their name is on no such row, user_id is 'client')
  add column toward text not null default 'visit' constraint account_holds_toward check (toward in ('visit', 'prepayment')),
  -- when somebody looks whether it has to be spent or let go
  add column look_at timestamptz,
  add constraint account_holds_looked_at check (toward = 'visit' or look_at is not null);
create index account_holds_look on account_holds (look_at) where status = 'live' and look_at is not null;

-- What of it is held for the prepayment.
create function held_for_prepayment(chain text, visit text) returns bigint language sql stable as $$
  select coalesce(sum(held_minor), 0)::bigint from account_holds
   where chain_id = chain and purpose_kind = 'appointment' and purpose_id = visit and status = 'live' and toward = 'prepayment'
$$;

-- What of an account's own money is there and free, as far as the account may be used at this place; the account is locked. A credit limit is lent by the
-- salon's people, not by a page.
create function free_on_account(chain text, location text, owner text, money text) returns bigint language plpgsql as $$
declare free bigint;
begin
  select greatest(-balance_minor - held_minor, 0) into free from client_accounts
   where chain_id = chain and owner_id = owner and currency = money for no key update;
  if not found then return 0; end if;
  if strpos(owner, '/') > 0 and not exists (select 1 from account_type_locations v
       where v.chain_id = chain and v.location_id = location and v.type_id = split_part(owner, '/', 2)) then return 0; end if;
  return free;
end $$;

-- For claim_booking: so much of each new appointment's prepayment is kept on the client's account. part: {typeId, currency, lookAt, holds: [{id, appointmentId,
-- amountMinor}]}. HF018, with what is there, where it is too little: also where nobody has such an account, so that a refusal tells nothing else.
create function hold_part_on_account(chain text, location text, client text, part jsonb, at timestamptz) returns void language plpgsql as $$
declare owner text := case part->>'typeId' when '' then client else client || '/' || (part->>'typeId') end; wanted bigint; free bigint;
begin
  select sum((h->>'amountMinor')::bigint) into wanted from jsonb_array_elements(part->'holds') h;
  free := free_on_account(chain, location, owner, part->>'currency');
  if free < wanted then raise exception 'not_enough_on_account' using errcode = 'HF018', detail = free::text; end if;
  insert into account_holds (chain_id, hold_id, location_id, owner_id, currency, purpose_kind, purpose_id, key, amount_minor, held_minor, made_at, user_id, user_name, toward, look_at)
    select chain, h->>'id', location, owner, part->>'currency', 'appointment', h->>'appointmentId', h->>'id', (h->>'amountMinor')::bigint, (h->>'amountMinor')::bigint, at,
           'client', '', 'prepayment', (part->>'lookAt')::timestamptz
      from jsonb_array_elements(part->'holds') h;
  perform note_change(chain, h->>'appointmentId', at, 'held_on_account', 'client', jsonb_build_object('amountMinor', (h->>'amountMinor')::bigint))
     from jsonb_array_elements(part->'holds') h;
end $$;

-- The online part has come after the client's own was let go: is that still there? Then it is held again, for whoever calls to spend. Answers how much of the
-- prepayment is held now; null: nothing was to be paid like that. Its appointment is locked.
create function hold_part_again(chain text, appointment text, hold text, at timestamptz) returns bigint language plpgsql as $$
declare before account_holds;
begin
  select * into before from account_holds h
   where h.chain_id = chain and h.purpose_kind = 'appointment' and h.purpose_id = appointment and h.toward = 'prepayment'
   order by h.made_at desc, h.hold_id desc limit 1;
  if not found or before.status = 'spent' then return null; end if;
  if before.status = 'live' then return held_for_prepayment(chain, appointment); end if;
  if before.ended_because not in ('expired', 'run_out')
     or free_on_account(chain, before.location_id, before.owner_id, before.currency) < before.amount_minor then return 0; end if;
  insert into account_holds (chain_id, hold_id, location_id, owner_id, currency, purpose_kind, purpose_id, key, amount_minor, held_minor, made_at, user_id, user_name, toward, look_at)
    values (chain, hold, before.location_id, before.owner_id, before.currency, 'appointment', appointment, hold, before.amount_minor, before.amount_minor, at,
            before.user_id, before.user_name, 'prepayment', at);
  return before.amount_minor;
end $$;
