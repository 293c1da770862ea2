-- Five drafts sent five messages to one telephone at once: the minute between two codes was each draft's own. It is the telephone's now.
create or replace function ask_phone_code(p jsonb) returns jsonb language plpgsql as $$
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

  -- the same telephone, from another draft: one message a minute, unless the last one was read
  select c.asked_at into nth from phone_codes c
   where c.chain_id = chain and c.phone = p->>'phone' and c.asked_at > at - make_interval(secs => (p->>'resendSeconds')::int) and c.confirmed_at is null
   order by c.asked_at desc limit 1;
  if found then
    return jsonb_build_object('outcome', 'refused', 'limit', 'phone', 'retryAt', nth + make_interval(secs => (p->>'resendSeconds')::int));
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

-- A place at an event is paid in full in advance, so it has one price: of a range the lowest was asked for, and stays.
update services set price_max_minor = price_min_minor where kind = 'event' and price_max_minor <> price_min_minor;
update staff_services o set price_max_minor = o.price_min_minor from services s
 where s.chain_id = o.chain_id and s.location_id = o.location_id and s.service_id = o.service_id and s.kind = 'event' and o.price_max_minor <> o.price_min_minor;
