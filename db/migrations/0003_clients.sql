-- People who book. A client belongs to the chain, and is recognised by phone (E.164).

create table clients (
  chain_id   text not null,
  client_id  text not null,
  name       text not null,
  phone      text check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  email      text,
  language   text not null,
  created_at timestamptz not null,
  constraint clients_pk primary key (chain_id, client_id),
  constraint clients_phone unique (chain_id, phone)
);
