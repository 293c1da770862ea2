-- What waited for a person is kept when it is over, with who ended it and what they said.
alter table attention
  add column resolved_by text,
  add column because     text not null default '';
create index attention_closed on attention (chain_id, location_id, resolved_at desc) where resolved_at is not null;
