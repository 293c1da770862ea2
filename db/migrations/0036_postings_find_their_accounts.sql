-- What a posting costs must not grow with the accounts there are. A condition like "account in (from, to)" cannot be looked up by an index, so every account
-- of the chain was read for each posting; now both sides are unfolded first, and each is found by its key. Nothing else changes.

create or replace function ledger_keep_balances() returns trigger language plpgsql as $$
declare wrong text;
begin
  perform 1 from client_accounts c
    join (select distinct a.chain_id, a.owner_id, a.currency
            from (select chain_id, from_account_id account_id from posted union select chain_id, to_account_id from posted) t
            join ledger_accounts a on a.chain_id = t.chain_id and a.account_id = t.account_id
           where a.kind = 'client') x on x.chain_id = c.chain_id and x.owner_id = c.owner_id and x.currency = c.currency
    order by c.chain_id, c.owner_id, c.currency for no key update of c;
  perform 1 from ledger_accounts a
    where (a.chain_id, a.account_id) in (select chain_id, from_account_id from posted union select chain_id, to_account_id from posted)
    order by a.chain_id, a.account_id for no key update;
  select t.entry_id into wrong
    from (select chain_id, from_account_id account_id, entry_id, currency from posted union all select chain_id, to_account_id, entry_id, currency from posted) t
    join ledger_accounts a on a.chain_id = t.chain_id and a.account_id = t.account_id
   where a.currency <> t.currency limit 1;
  if wrong is not null then
    raise exception 'entry % mixes currencies', wrong using errcode = 'HF901';
  end if;
  update ledger_accounts a set balance_minor = a.balance_minor + m.moved
    from (select chain_id, account_id, sum(amount)::bigint moved from (
            select chain_id, to_account_id account_id, amount_minor amount from posted
            union all select chain_id, from_account_id, -amount_minor from posted) x group by 1, 2) m
   where a.chain_id = m.chain_id and a.account_id = m.account_id;
  return null;
end $$;

create or replace function ledger_keep_prepayments_owed() returns trigger language plpgsql as $$
begin
  with touched as (
    select distinct a.chain_id, a.account_id, t.purpose_id
      from (select chain_id, from_account_id account_id, case purpose_kind when 'appointment' then purpose_id else '' end purpose_id from posted
            union select chain_id, to_account_id, case purpose_kind when 'appointment' then purpose_id else '' end from posted) t
      join ledger_accounts a on a.chain_id = t.chain_id and a.account_id = t.account_id and a.kind = 'prepayments'),
  looked as materialized (
    select t.*, t.purpose_id = '' or coalesce((
             select sum(case p.from_account_id when t.account_id then p.amount_minor else -p.amount_minor end) from ledger_postings p
              where p.chain_id = t.chain_id and p.purpose_kind = 'appointment' and p.purpose_id = t.purpose_id
                and t.account_id in (p.from_account_id, p.to_account_id)), 0) <> 0 is_owed
      from touched t),
  settled as (
    delete from prepayments_owed o using looked l
     where not l.is_owed and o.chain_id = l.chain_id and o.account_id = l.account_id and o.purpose_id = l.purpose_id)
  insert into prepayments_owed (chain_id, account_id, purpose_id)
    select chain_id, account_id, purpose_id from looked where is_owed on conflict do nothing;
  return null;
end $$;
