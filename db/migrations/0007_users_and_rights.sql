-- Who works here and what they may do. A user belongs to a chain and has one role at each location where they work; what a role
-- allows is decided in one place (apps/server/src/access). Secrets are kept as hashes or sealed; a session is a row, so that
-- signing somebody out works at once and everywhere. The audit log is append-only.

create table users (
  chain_id       text not null,
  user_id        text not null,
  email          text not null check (email = lower(email)),
  name           text not null,
  language       text not null check (language in ('en', 'uk', 'pt')),
  password_hash  text,                       -- argon2id; null: invited, has not chosen one yet
  totp_secret    bytea,                      -- sealed with the installation's key
  totp_since     timestamptz,                -- null: a secret was shown and not confirmed yet
  totp_last_step bigint,                     -- a code is good once
  recovery_codes text[] not null default '{}', -- hashes of those not used yet
  disabled_at    timestamptz,
  created_at     timestamptz not null,
  constraint users_pk primary key (chain_id, user_id),
  constraint users_chain foreign key (chain_id) references chains (chain_id),
  constraint users_email unique (chain_id, email)
);
-- Signing in asks before it knows the chain.
create index users_by_email on users (email);

-- Roles of the chain's own making; the built-in ones are in packages/contract/src/rights.ts.
create table roles (
  chain_id           text not null,
  role_id            text not null,
  name               text not null,
  rights             text[] not null,
  registers          text[],                 -- ledger accounts that may be chosen; null: all
  last_days          jsonb not null default '{}', -- right → only for what happened in the last so many days
  refund_limit_minor bigint check (refund_limit_minor >= 0),
  created_at         timestamptz not null,
  constraint roles_pk primary key (chain_id, role_id),
  constraint roles_name unique (chain_id, name)
);

create table user_locations (
  chain_id    text not null,
  user_id     text not null,
  location_id text not null,
  role        text not null,                 -- a built-in role's name, or a role_id
  staff_id    text,                          -- the team member they are, if they are one
  constraint user_locations_pk primary key (chain_id, user_id, location_id),
  constraint user_locations_user foreign key (chain_id, user_id) references users (chain_id, user_id),
  constraint user_locations_location foreign key (chain_id, location_id) references locations (chain_id, location_id),
  constraint user_locations_staff foreign key (chain_id, location_id, staff_id) references staff (chain_id, location_id, staff_id)
);

create table sessions (
  chain_id     text not null,
  session_id   text not null,
  user_id      text not null,
  secret_hash  text not null,                -- of what the cookie holds
  passed_totp  boolean not null,             -- false: the password was right, the second factor is still to come
  address      text not null,
  device       text not null,
  created_at   timestamptz not null,
  seen_at      timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz,
  constraint sessions_pk primary key (chain_id, session_id),
  constraint sessions_user foreign key (chain_id, user_id) references users (chain_id, user_id)
);
create index sessions_of_user on sessions (chain_id, user_id);

-- An invitation or a reset: the address that is sent carries a token signed over token_id, so nothing here opens anything by itself.
create table user_tokens (
  chain_id   text not null,
  token_id   text not null,
  user_id    text not null,
  kind       text not null check (kind in ('invite', 'reset')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  constraint user_tokens_pk primary key (chain_id, token_id),
  constraint user_tokens_user foreign key (chain_id, user_id) references users (chain_id, user_id)
);

-- Failed tries to sign in, by what they are counted for (keyed hashes of e-mail and network address). Not a tenant's: who tries names none.
create table sign_in_tries (
  counted_for text not null,
  tried_at    timestamptz not null
);
create index sign_in_tries_recent on sign_in_tries (counted_for, tried_at);

-- Who changed what, when, from where. Never changed, never erased; before and after hold no secrets.
create table audit_log (
  chain_id     text not null,
  audit_id     text not null,
  location_id  text,
  at           timestamptz not null,
  user_id      text,                         -- null: nobody signed in (a reset by message)
  user_name    text not null,
  address      text not null,
  request_id   text not null,
  action       text not null,
  subject_kind text not null,
  subject_id   text not null,
  before       jsonb,
  after        jsonb,
  constraint audit_log_pk primary key (chain_id, audit_id)
);
create index audit_log_by_time on audit_log (chain_id, at desc);
create index audit_log_subject on audit_log (chain_id, subject_kind, subject_id);
create function audit_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'HF911';
end $$;
create trigger audit_log_is_append_only before update or delete on audit_log for each row execute function audit_log_is_append_only();
