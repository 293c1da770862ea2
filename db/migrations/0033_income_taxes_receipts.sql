-- A visit is owed until it is over, and then it is income (decision 9). What has been paid for an appointment becomes due to be earned when the visit
-- ends, and again with every change of what decides it; a trigger notes that, so that no path that touches an appointment can forget it. No sum is kept
-- here: what was earned so far is what the books say.
create table appointment_income (
  chain_id       text not null,
  appointment_id text not null,
  location_id    text not null,
  due_at         timestamptz,                 -- when the books have to be compared with what is earned; null: they agree
  steps          integer not null default 0,  -- each entry has a cause of its own
  constraint appointment_income_pk primary key (chain_id, appointment_id),
  constraint appointment_income_appointment foreign key (chain_id, appointment_id) references appointments (chain_id, appointment_id)
);
create index appointment_income_due on appointment_income (due_at) where due_at is not null;

create function appointment_income_is_due() returns trigger language plpgsql as $$
declare taking_place boolean := new.status in ('waiting', 'confirmed', 'arrived');
begin
  insert into appointment_income as i (chain_id, appointment_id, location_id, due_at)
    values (new.chain_id, new.appointment_id, new.location_id, case when taking_place then greatest(new.ends_at, new.changed_at) else new.changed_at end)
    on conflict on constraint appointment_income_pk do update
      -- what was earned before may be too much by now: that is looked at soon, not when another end has come
      set due_at = case when taking_place and i.steps = 0 then greatest(new.ends_at, new.changed_at) else new.changed_at end;
  return null;
end $$;
create trigger appointment_income_begins after insert on appointments for each row when (new.paid_minor > 0) execute function appointment_income_is_due();
create trigger appointment_income_changes after update on appointments for each row
  when ((new.paid_minor > 0 or old.paid_minor > 0)
        and (new.paid_minor, new.status, new.ends_at, new.cost_minor) is distinct from (old.paid_minor, old.status, old.ends_at, old.cost_minor))
  execute function appointment_income_is_due();

-- What was cancelled is kept or given back by a person: it is nobody's income before that.
create function appointment_income_is_decided() returns trigger language plpgsql as $$
begin
  update appointment_income set due_at = new.resolved_at where chain_id = new.chain_id and appointment_id = new.subject_id;
  return null;
end $$;
create trigger appointment_income_is_decided after update on attention for each row
  when (new.subject_kind = 'appointment' and new.kind in ('refund_proposed', 'refund_asked') and old.resolved_at is null and new.resolved_at is not null)
  execute function appointment_income_is_decided();

insert into appointment_income (chain_id, appointment_id, location_id, due_at)
  select chain_id, appointment_id, location_id, case when status in ('waiting', 'confirmed', 'arrived') then greatest(ends_at, changed_at) else changed_at end
    from appointments where paid_minor > 0;
