import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface RefundFault {
  readonly refundId: string;
  readonly says: string;
}

/**
 * Every refund that is given back went exactly one way: by hand, as one entry of its amount; or through the provider, as a refund there that is final. None that is
 * not given back has moved anything, and no entry is without its refund. What waits is no more than what is left. Reads everything: for the audit.
 */
export async function checkRefunds(q: Queryable): Promise<readonly RefundFault[]> {
  const { rows } = await sql<RefundFault>`
    with posted as (
      select e.chain_id, e.cause_id, sum(p.amount_minor)::bigint amount, count(distinct e.entry_id) entries, min(p.currency) currency, min(p.purpose_id) purpose
        from ledger_entries e join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id where e.cause_kind = 'refund_by_hand' group by 1, 2),
    facts as (
      select r.*, x.amount, x.entries, x.currency posted_in, x.purpose, p.status provider_status, p.amount_minor provider_amount, p.attempt_id
        from refunds r
        left join posted x on x.chain_id = r.chain_id and x.cause_id = r.refund_id
        left join payment_refunds p on p.chain_id = r.chain_id and p.refund_id = r.payment_refund_id)
    select refund_id "refundId", 'by hand ' || amount_minor || ', ledger ' || coalesce(amount, 0) says from facts
     where (status = 'given_back' and way in ('account', 'register'))
       and (amount is distinct from amount_minor or entries <> 1 or posted_in <> currency or purpose is distinct from appointment_id)
    union all
    select refund_id, status || ' by ' || coalesce(way, 'no way') || ', but the ledger has an entry of it' from facts
     where amount is not null and not (status = 'given_back' and way in ('account', 'register'))
    union all
    select refund_id, status || ', at the provider ' || coalesce(provider_status, 'nothing') || ' ' || coalesce(provider_amount, 0) from facts
     where way = 'provider' and (status = 'given_back' and (provider_status is distinct from 'refunded' or provider_amount <> amount_minor or attempt_id <> source_id)
        or status = 'sending' and payment_refund_id is not null and provider_amount <> amount_minor)
    union all
    select x.cause_id, 'the ledger has a refund that is not there' from posted x
     where not exists (select 1 from refunds r where r.chain_id = x.chain_id and r.refund_id = x.cause_id)
    union all
    select r.refund_id, r.status || ' ' || r.amount_minor || ', but ' || coalesce(m.left_minor, 0) || ' is left' from refunds r
      left join lateral money_of_visit(r.chain_id, r.appointment_id) m on m.source_kind = r.source_kind and m.source_id = r.source_id and m.line_no = r.line_no
     where r.status in ('open', 'approved') and r.amount_minor > coalesce(m.left_minor, 0)
    union all
    select p.refund_id, 'keeps ' || p.held_minor || ' of a client account, and is over' from payment_refunds p where p.held_minor > 0 and p.status = 'refunded'`.execute(
    q,
  );
  return rows;
}
