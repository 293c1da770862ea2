-- What cannot be done in the background (a document that cannot be written, income that cannot be posted) was tried again first of all, and held up whatever
-- came after it. It is put aside for a while, longer each time, the rest goes on, and a person is told.
alter table receipts_due add column tries smallint not null default 0, add column try_at timestamptz;
alter table appointment_income add column tries smallint not null default 0, add column try_at timestamptz;

-- told once for as long as it lasts
create unique index attention_once_aside on attention (chain_id, kind, subject_kind, subject_id)
  where resolved_at is null and kind in ('receipt_not_issued', 'income_not_posted');
