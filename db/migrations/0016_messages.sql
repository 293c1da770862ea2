-- SMS and e-mail (C7). What is to be said is a row, written once for each cause (the unique key), long before anything is sent; when its moment comes the
-- state is read again, because "awaiting payment" must not reach somebody who has paid. What was said stays, as it was said.

create table message_channels (
  chain_id    text not null,
  location_id text not null,
  channel     text not null check (channel in ('email', 'sms')),
  adapter     text not null check (adapter in ('smtp', 'twilio', 'http', 'sandbox')),
  sender      text not null,
  settings    bytea not null,               -- sealed with the installation's key; never leaves the server
  hints       jsonb not null,               -- what people may see of them: names as they are, secrets by their last four characters
  enabled     boolean not null,
  version     integer not null default 1,
  constraint message_channels_pk primary key (chain_id, location_id, channel),
  constraint message_channels_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);

-- Which kinds go by which channel; a kind without a row goes as packages/contract/src/message-kinds.ts says.
create table message_kinds (
  chain_id     text not null,
  location_id  text not null,
  kind         text not null,
  email        boolean not null,
  sms          boolean not null,
  hours_before smallint check (hours_before between 1 and 168), -- a reminder's
  constraint message_kinds_pk primary key (chain_id, location_id, kind),
  constraint message_kinds_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);

-- The salon's own words, where they have some; else the texts of packages/contract/src/texts/messages.
create table message_templates (
  chain_id    text not null,
  location_id text not null,
  kind        text not null,
  channel     text not null check (channel in ('email', 'sms')),
  language    text not null,
  subject     text not null,
  body        text not null,
  constraint message_templates_pk primary key (chain_id, location_id, kind, channel, language),
  constraint message_templates_location foreign key (chain_id, location_id) references locations (chain_id, location_id)
);

create table messages (
  chain_id       text not null,
  message_id     text not null,
  location_id    text not null,
  cause          text not null,             -- once for each cause, kind and channel, however often it is told
  kind           text not null,
  channel        text not null check (channel in ('email', 'sms')),
  subject_kind   text not null check (subject_kind in ('booking', 'appointment', 'user_token')),
  subject_id     text not null,
  client_id      text,
  status         text not null check (status in ('waiting', 'sending', 'sent', 'failed', 'dropped', 'unclear')),
  because        text not null default '',  -- why it was dropped or failed
  due_at         timestamptz,               -- when it is to be sent, or looked at again; null once decided
  tries          smallint not null default 0,
  recipient      text,                      -- as it was sent; null before
  language       text,
  subject        text,
  body           text,
  provider_id    text,
  created_at     timestamptz not null,
  sent_at        timestamptz,
  constraint messages_pk primary key (chain_id, message_id),
  constraint messages_once unique (chain_id, cause, kind, channel),
  constraint messages_waits check ((due_at is not null) = (status in ('waiting', 'sending')))
);
create index messages_due on messages (due_at) where due_at is not null;
create index messages_newest on messages (chain_id, location_id, created_at desc);
create index messages_of_client on messages (chain_id, client_id) where client_id is not null;
