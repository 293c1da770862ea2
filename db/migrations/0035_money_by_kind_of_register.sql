-- Money that was taken into a register of a salon's own is named by that register and its kind: a second terminal is a card, not cash.
-- And a cancellation that meets a refund on its way keeps what it means for the rest of that payment until that one is over.

alter table refunds add column afterwards jsonb;

create or replace function money_of_visit(chain text, visit text) returns table (source_kind text, source_id text, line_no smallint, placed text, currency text, came_at timestamptz,
  came_minor bigint, left_minor bigint, named text, paid_by text, connection_id text) language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  with a as (select * from appointments x where x.chain_id = chain and x.appointment_id = visit),
  lines as (
    select 'payment' k, l.attempt_id id, l.line_no no, l.outcome placed, t.captured_currency cur, t.captured_at at, l.placed_minor came, l.placed_minor - l.refunded_minor remains,
           c.label named, case t.order_kind when 'visit' then 'link' else 'online' end paid_by, t.connection_id connection
      from a join payment_lines l on l.chain_id = chain
       and (l.purpose_kind in ('appointment', 'visit') and l.purpose_id = visit or l.purpose_kind = 'booking' and l.purpose_id = a.booking_id and a.line_no = 0)
      join payment_attempts t on t.chain_id = chain and t.attempt_id = l.attempt_id
      join provider_connections c on c.chain_id = chain and c.connection_id = t.connection_id
     where l.outcome in ('applied', 'credited', 'unplaced') and t.status = 'captured'),
  taken as (
    select 'desk' k, d.desk_payment_id id, 0::smallint no, 'applied' placed, d.currency cur, d.taken_at at, d.amount_minor came,
           case when v.desk_payment_id is not null then 0 else d.amount_minor - coalesce((
             select sum(r.amount_minor) from refunds r
              where r.chain_id = chain and r.source_kind = 'desk' and r.source_id = d.desk_payment_id and r.status = 'given_back'), 0)::bigint end remains,
           g.name named, case g.kind when 'cashless' then 'card' else 'cash' end paid_by, null::text connection
      from desk_payments d join cash_registers g on g.chain_id = d.chain_id and g.account_id = d.account_id
      left join desk_reversals v on v.chain_id = d.chain_id and v.desk_payment_id = d.desk_payment_id
     where d.chain_id = chain and d.appointment_id = visit),
  known as (select * from lines union all select * from taken),
  rest as (select a.paid_minor - coalesce((select sum(remains) from known where placed = 'applied'), 0)::bigint remains, a.currency cur, a.created_at at from a)
  select * from known
  union all
  select 'account', visit, 0::smallint, 'applied', r.cur::text, r.at, r.remains, r.remains, '', 'account', null::text from rest r where r.remains > 0
  order by 6, 2, 3;
end $$;
