-- Finance → Cashless payment: a salon connects its providers itself. Connections and methods are changed by several people, so they carry a
-- version. The account that answered the last test is kept, because a payment can only be asked about at the account it was made on. A connection
-- is archived, never deleted: its payments, and what still arrives for them, belong to it.

alter table provider_connections
  add column version     integer not null default 1,
  add column account_id  text,               -- which account of the provider this is, in the provider's words; null: never asked
  add column account     text,               -- the same for people
  add column tested_at   timestamptz,        -- the last time the provider said that the credentials are good
  add column refused_at  timestamptz,        -- the last webhook that carried no good proof
  add column refused_why text,
  add column archived_at timestamptz;
create index provider_connections_of_location on provider_connections (chain_id, location_id);

alter table payment_methods add column version integer not null default 1;

-- The self-test asks of each event type: when did one arrive last?
create index webhook_inbox_by_type on webhook_inbox (chain_id, connection_id, event_type, received_at);
-- A connection cannot be put away while something is under way on it.
create index payment_attempts_of_connection on payment_attempts (chain_id, connection_id)
  where status in ('intended', 'open', 'processing');
