-- The books are sealed: each location's entries are chained, every hash covering its entry and the hash before it, so that whoever noted one hash can tell
-- later whether anything before it was changed, left out or put in. Entries commit without a seal and wait for nobody; a chore chains what is committed,
-- location by location, one at a time for each. What the hash covers, byte by byte, stands in docs/operation/ledger.md.

create table ledger_seals (
  chain_id    text not null,
  location_id text not null,
  seq         bigint not null check (seq > 0),      -- 1, 2, 3 … without a gap
  entry_id    text not null,
  hash        bytea not null check (octet_length(hash) = 32),
  sealed_at   timestamptz not null,
  constraint ledger_seals_pk primary key (chain_id, location_id, seq), -- two who seal at once cannot fork the chain
  constraint ledger_seals_one_each unique (chain_id, entry_id),
  constraint ledger_seals_entry foreign key (chain_id, entry_id) references ledger_entries (chain_id, entry_id)
);
create trigger ledger_seals_append_only before update or delete on ledger_seals for each statement execute function ledger_is_append_only();
create trigger ledger_seals_no_truncate before truncate on ledger_seals for each statement execute function ledger_is_append_only();

-- What is still to be sealed. Not found by time or id: an entry that commits late has an earlier time than others that are sealed already. A row here is
-- seen when its entry is, and goes when the entry has its seal; the audit compares both.
create table ledger_unsealed (
  chain_id    text not null,
  location_id text not null,
  entry_id    text not null,
  constraint ledger_unsealed_pk primary key (chain_id, location_id, entry_id)
);
create function ledger_entries_to_seal() returns trigger language plpgsql as $$
begin
  insert into ledger_unsealed (chain_id, location_id, entry_id) select chain_id, location_id, entry_id from written;
  return null;
end $$;
create trigger ledger_entries_to_seal after insert on ledger_entries referencing new table as written for each statement execute function ledger_entries_to_seal();
insert into ledger_unsealed (chain_id, location_id, entry_id) select chain_id, location_id, entry_id from ledger_entries;
