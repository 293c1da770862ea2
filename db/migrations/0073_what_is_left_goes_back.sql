-- What is left of an account that was partly spent could not be given back by any deed, and a client with such a rest could never be erased. It goes back out of a
-- register, or a part of it to where it came from, with an entry of its own.
create table account_payouts (
  chain_id     text not null,
  payout_id    text not null,
  location_id  text not null,
  owner_id     text not null,
  key          text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency     text not null,
  register_id  text,                       -- out of which it is paid
  refund_id    text,                       -- or the refund at the provider
  because      text not null,
  made_at      timestamptz not null,
  user_id      text not null,
  user_name    text not null,
  asked_by     text,                       -- who asked for it first, where two people had to look
  constraint account_payouts_pk primary key (chain_id, payout_id),
  constraint account_payouts_once unique (chain_id, location_id, key),
  constraint account_payouts_one_way check ((register_id is null) <> (refund_id is null))
);
create index account_payouts_of_account on account_payouts (chain_id, owner_id, currency, made_at);

-- Facts: what alone may change is whose they are, when one client was written down twice.
create trigger account_payouts_are_facts before update on account_payouts for each row
  when ((old.chain_id, old.payout_id, old.location_id, old.amount_minor, old.currency, old.made_at) is distinct from
        (new.chain_id, new.payout_id, new.location_id, new.amount_minor, new.currency, new.made_at))
  execute function account_payments_are_facts();
create trigger account_payouts_stay before delete on account_payouts for each statement execute function account_payments_are_facts();

-- Through its provider a top-up may go back in parts, one after the other; out of a register it is undone once, as a whole.
drop index account_top_up_reversals_once;
create unique index account_top_up_reversals_once on account_top_up_reversals (chain_id, top_up_id)
  where failed_at is null and (register_id is not null or reversed_at is null);

-- What one person wants to give back outside of the queue of refunds (of a membership, of an account) and another one has to agree to: the first who asks stands
-- here, the second carries it out.
create table second_looks (
  chain_id      text not null,
  location_id   text not null,
  subject_kind  text not null check (subject_kind in ('membership', 'account')),
  subject_id    text not null,
  amount_minor  bigint not null check (amount_minor > 0),
  currency      text not null,
  because       text not null,
  asked_at      timestamptz not null,
  asked_by_id   text not null,
  asked_by_name text not null,
  constraint second_looks_pk primary key (chain_id, location_id, subject_kind, subject_id)
);

-- Limits count all refunds of one cancelled event together.
create index refunds_of_case on refunds (chain_id, case_id);
