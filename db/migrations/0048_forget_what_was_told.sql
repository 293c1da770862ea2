-- What was told and is done is forgotten after a month. Without this, finding it would read everything that was ever told.
create index outbox_done on outbox (told_at) where due_at is null;
