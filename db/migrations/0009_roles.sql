-- Several people edit users and roles: what they change carries what it was based on. A role of the chain's own is kept as long as
-- somebody has it: the application says so first, but a role can be given while it is being deleted, and then this key decides.

alter table users add column version integer not null default 1;
alter table roles add column version integer not null default 1;

-- A new built-in role (packages/contract/src/rights.ts) has to be named here too; a test compares both.
alter table user_locations
  add column own_role text generated always as
    (case when role in ('owner', 'administrator', 'reception', 'team_member', 'accountant') then null else role end) stored,
  add constraint user_locations_own_role foreign key (chain_id, own_role) references roles (chain_id, role_id);

-- The log is read newest first, page by page, from the last line that was seen.
create index audit_log_newest on audit_log (chain_id, at desc, audit_id desc);
drop index audit_log_by_time;
