-- Where nobody stands between the client and the salon (a bank transfer by invoice), nobody can be asked whether money came: a person notes it, and
-- from there it is settled as any other. What was noted only grows; a mistake is undone by noting that it went back.
create table noted_payments (
  chain_id text not null,
  location_id text not null,
  attempt_id text not null,
  captured_minor bigint not null constraint noted_captured_is_something check (captured_minor > 0),
  refunded_minor bigint not null default 0 constraint noted_refund_is_left check (refunded_minor >= 0 and refunded_minor <= captured_minor),
  noted_at timestamptz not null,
  primary key (chain_id, attempt_id),
  foreign key (chain_id, attempt_id) references payment_attempts (chain_id, attempt_id)
);
