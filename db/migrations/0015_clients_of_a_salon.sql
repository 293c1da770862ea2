-- Clients as the salon works with them: found by any part of name, phone or e-mail among a hundred thousand, edited without
-- overwriting each other, merged when one person is there twice, and forgotten when they ask for it. Money rows and visits stay.

create extension if not exists pg_trgm;

alter table clients
  add column note        text not null default '',
  add column version     integer not null default 1,
  add column merged_into text,
  add column erased_at   timestamptz,
  -- Small letters without accents; packages/contract/src/fold-text.ts does the same to what is searched for. lower() alone depends on the server's
  -- locale, and the embedded database's knows a to z only.
  add column search      text not null generated always as
    (translate(lower(regexp_replace(normalize(name, nfd), '[\u0300-\u036f]', '', 'g')),
       'АБВГҐДЕЄЖЗИІЙКЛМНОПРСТУФХЦЧШЩЬЮЯЪЫЭΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩŁØÆŒĐÐÞ', 'абвгґдеєжзиійклмнопрстуфхцчшщьюяъыэαβγδεζηθικλμνξοπρστυφχψωłøæœđðþ') || ' ' || coalesce(phone, '') || ' ' || lower(coalesce(email, ''))) stored,
  add constraint clients_merged_into foreign key (chain_id, merged_into) references clients (chain_id, client_id),
  add constraint clients_not_merged_into_themselves check (merged_into <> client_id);

-- Three letters and more are found anywhere by the first; the second gives them in order, which is quicker where many fit.
create index clients_search on clients using gin (search gin_trgm_ops) where merged_into is null and erased_at is null;
create index clients_in_order on clients (chain_id, search collate "C", client_id) where merged_into is null and erased_at is null;
create index clients_merged on clients (chain_id, merged_into) where merged_into is not null;
create index clients_newest on clients (chain_id, created_at desc, client_id) where merged_into is null and erased_at is null;

create function clients_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  return new;
end $$;
create trigger clients_version before update on clients for each row execute function clients_version();

-- Whoever books with the phone of a client who was merged is the one they were merged into.
do $$
declare was text := pg_get_functiondef('claim_booking'::regproc); now_is text;
begin
  now_is := replace(was, 'select client_id into client from clients', 'select coalesce(merged_into, client_id) into client from clients');
  -- and waits for a merge that is under way, or the booking would be somebody's who is not there any more
  now_is := replace(now_is, 'phone = c->>''phone''; end if;', 'phone = c->>''phone'' for key share; end if;');
  if now_is not like '%merged_into%for key share%' then raise exception 'claim_booking does not look a client up as expected'; end if;
  execute now_is;
end $$;
