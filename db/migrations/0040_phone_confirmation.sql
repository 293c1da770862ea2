-- A client's telephone is confirmed by a code that is sent to it (B5), for the one booking they are making. Codes cost the salon money, so whoever asks for
-- many of them is an attacker or somebody who pays one: every limit is decided here, under one lock, and a code's tries are counted before it is compared.
-- The code itself is in no row: it follows from code_id by a key that the database does not have, and here is only its keyed hash.

create table phone_codes (
  chain_id     text not null,
  code_id      text not null,
  location_id  text not null,
  draft_id     text not null,               -- what it confirms is good for this booking in the making and for no other
  phone        text not null,               -- E.164
  code_hash    bytea not null,
  proof_hash   bytea not null,              -- of what who confirms is handed (sha256): claim_booking can compare it without a key
  language     text not null,
  host         text not null,               -- the page that the code may be filled into by itself
  address_hash text not null,
  sent         boolean not null,            -- false: its prefix is blocked; whoever asked sees no difference
  tries        smallint not null default 0 constraint phone_codes_tries check (tries between 0 and 5),
  asked_at     timestamptz not null,
  expires_at   timestamptz not null,
  confirmed_at timestamptz,
  used_at      timestamptz,                 -- when a booking was first made with it
  constraint phone_codes_pk primary key (chain_id, code_id),
  constraint phone_codes_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);
create index phone_codes_draft on phone_codes (chain_id, draft_id, phone, asked_at desc);
create index phone_codes_phone on phone_codes (chain_id, phone, asked_at desc);
create index phone_codes_address on phone_codes (chain_id, address_hash, asked_at desc);
create index phone_codes_sent on phone_codes (chain_id, location_id, asked_at desc) where sent;
create index phone_codes_old on phone_codes (asked_at);

-- Numbers that begin like this are sent nothing: so many of them were asked for, and so few confirmed, that nobody was meant to read the codes.
create table blocked_prefixes (
  chain_id      text not null,
  location_id   text not null,
  prefix        text not null,
  blocked_at    timestamptz not null,
  blocked_until timestamptz not null,       -- moved to the present by whoever lifts it
  numbers       integer not null,           -- how many had been asked for
  constraint blocked_prefixes_pk primary key (chain_id, location_id, prefix),
  constraint blocked_prefixes_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);

-- How many codes a location pays for in 24 hours; without a row: packages/contract/src/phone-codes.ts says.
create table phone_code_budgets (
  chain_id      text not null,
  location_id   text not null,
  codes_per_day integer not null check (codes_per_day between 1 and 100000),
  version       integer not null default 1,
  constraint phone_code_budgets_pk primary key (chain_id, location_id),
  constraint phone_code_budgets_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);

-- The same block is shown once while it is open.
create unique index attention_once_prefix on attention (chain_id, location_id, kind, subject_id) where resolved_at is null and kind = 'codes_blocked';

-- Asks for a code. See apps/server/src/confirmations/ask-code.ts for the shape of p. Answers what became of it:
-- {outcome: 'asked' | 'waiting', askedAt, expiresAt}, with blocked: the prefix that was blocked by this very question; or {outcome: 'refused', limit, retryAt}.
create function ask_phone_code(p jsonb) returns jsonb language plpgsql as $$
declare
  chain text := p->>'chain'; place text := p->>'location'; at timestamptz := (p->>'now')::timestamptz; day_ago timestamptz := at - interval '24 hours';
  before record; nth timestamptz; wide jsonb; silent boolean := false; others integer; confirmed integer; since timestamptz; newly text;
begin
  -- who counts must not be overtaken by another who counts the same
  perform pg_advisory_xact_lock(hashtextextended('phone-codes/' || chain, 0));

  -- a second tab, a reload, an impatient finger: the code that is on its way
  select c.asked_at, c.expires_at into before from phone_codes c
   where c.chain_id = chain and c.location_id = place and c.draft_id = p->>'draft' and c.phone = p->>'phone' order by c.asked_at desc, c.code_id desc limit 1;
  if found and before.asked_at > at - make_interval(secs => (p->>'resendSeconds')::int) then
    return jsonb_build_object('outcome', 'waiting', 'askedAt', before.asked_at, 'expiresAt', before.expires_at);
  end if;

  -- blocked or not, the same limits hold: nobody learns from a refusal which numbers are blocked
  select c.asked_at into nth from phone_codes c where c.chain_id = chain and c.phone = p->>'phone' and c.asked_at > day_ago
   order by c.asked_at desc offset (p->>'perPhone')::int - 1 limit 1;
  if found then return jsonb_build_object('outcome', 'refused', 'limit', 'phone', 'retryAt', nth + interval '24 hours'); end if;
  select c.asked_at into nth from phone_codes c where c.chain_id = chain and c.address_hash = p->>'addressHash' and c.asked_at > at - interval '1 hour'
   order by c.asked_at desc offset (p->>'perAddress')::int - 1 limit 1;
  if found then return jsonb_build_object('outcome', 'refused', 'limit', 'address', 'retryAt', nth + interval '1 hour'); end if;
  select c.asked_at into nth from phone_codes c where c.chain_id = chain and c.location_id = place and c.sent and c.asked_at > day_ago
   order by c.asked_at desc offset coalesce((select b.codes_per_day from phone_code_budgets b where b.chain_id = chain and b.location_id = place), (p->>'perDay')::int) - 1 limit 1;
  if found then return jsonb_build_object('outcome', 'refused', 'limit', 'location', 'retryAt', nth + interval '24 hours'); end if;

  for wide in select * from jsonb_array_elements(p->'prefixes') loop   -- {prefix, numbers}: so many of them may be asked for and stay unconfirmed
    select b.blocked_until into since from blocked_prefixes b where b.chain_id = chain and b.location_id = place and b.prefix = wide->>'prefix';
    if found and since > at then silent := true; exit; end if;
    select count(distinct c.phone), count(distinct c.phone) filter (where c.confirmed_at is not null) into others, confirmed from phone_codes c
     where c.chain_id = chain and c.location_id = place and c.sent and c.asked_at > greatest(day_ago, since) and starts_with(c.phone, wide->>'prefix')
       and c.phone <> p->>'phone';
    -- where people read what they are sent, one number in four is confirmed even on a bad day
    if others >= (wide->>'numbers')::int and confirmed * 4 < others then
      insert into blocked_prefixes (chain_id, location_id, prefix, blocked_at, blocked_until, numbers)
        values (chain, place, wide->>'prefix', at, at + make_interval(days => (p->>'blockDays')::int), others)
        on conflict on constraint blocked_prefixes_pk do update set blocked_at = excluded.blocked_at, blocked_until = excluded.blocked_until, numbers = excluded.numbers;
      newly := wide->>'prefix'; silent := true; exit;
    end if;
  end loop;

  insert into phone_codes (chain_id, code_id, location_id, draft_id, phone, code_hash, proof_hash, language, host, address_hash, sent, asked_at, expires_at)
    values (chain, p->>'id', place, p->>'draft', p->>'phone', decode(p->>'codeHash', 'hex'), decode(p->>'proofHash', 'hex'), p->>'language', p->>'host',
            p->>'addressHash', not silent, at, (p->>'expiresAt')::timestamptz);
  if not silent then
    insert into outbox (chain_id, outbox_id, topic, subject_id, told_at, due_at) values (chain, p->>'outboxId', 'phone_code.asked', p->>'id', at, at);
  end if;
  return jsonb_build_object('outcome', 'asked', 'askedAt', at, 'expiresAt', (p->>'expiresAt')::timestamptz, 'blocked', newly);
end $$;

-- One try at the newest code of this draft and phone. It is counted first, under the row's lock, and compared then: of fifty guesses at once five count.
create function try_phone_code(chain text, place text, draft text, number text, hash bytea, at timestamptz) returns jsonb language plpgsql as $$
declare code record; right_one boolean;
begin
  select c.* into code from phone_codes c where c.chain_id = chain and c.location_id = place and c.draft_id = draft and c.phone = number
   order by c.asked_at desc, c.code_id desc limit 1 for update;
  if not found or at >= code.expires_at then return jsonb_build_object('outcome', 'run_out'); end if;
  if code.tries >= 5 then return jsonb_build_object('outcome', 'too_many_tries'); end if;
  right_one := code.code_hash = hash;
  update phone_codes set tries = tries + 1, confirmed_at = case when right_one then coalesce(confirmed_at, at) else confirmed_at end
   where chain_id = chain and code_id = code.code_id;
  return jsonb_build_object('outcome', case when right_one then 'confirmed' else 'wrong' end, 'triesLeft', 4 - code.tries,
                            'confirmedAt', case when right_one then coalesce(code.confirmed_at, at) end);
end $$;

-- Whether the telephone was confirmed for this draft, not longer ago than a day.
create function phone_is_confirmed(chain text, place text, draft text, number text, proof text, at timestamptz) returns boolean language sql stable as $$
  select exists (select 1 from phone_codes c where c.chain_id = chain and c.location_id = place and c.draft_id = draft and c.phone = number
                    and c.confirmed_at > at - interval '24 hours' and c.proof_hash = sha256(convert_to(proof, 'UTF8'))) $$;

-- For claim_booking: the booking in the making may only be made with a confirmed telephone. Another time with the same draft needs no other code.
create function take_phone_confirmation(chain text, place text, draft text, number text, proof text, at timestamptz) returns void language plpgsql as $$
begin
  if proof is null or not phone_is_confirmed(chain, place, draft, number, proof, at) then raise exception 'phone_not_confirmed' using errcode = 'HF013'; end if;
  update phone_codes set used_at = coalesce(used_at, at) where chain_id = chain and location_id = place and draft_id = draft and phone = number and confirmed_at is not null;
end $$;
