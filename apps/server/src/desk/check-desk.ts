import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface DeskFault {
  readonly deskPaymentId: string;
  readonly says: string;
}

/** Every payment at the desk and every reversal has its entry in the ledger, of its amount and its register, and no entry is without one. */
export async function checkDesk(q: Queryable): Promise<readonly DeskFault[]> {
  const { rows } = await sql<{ id: string; says: string }>`
    with posted as (
      select e.chain_id, e.cause_id, e.cause_kind, sum(p.amount_minor)::bigint amount, min(p.purpose_id) purpose,
             min(case e.cause_kind when 'desk_payment' then p.to_account_id else p.from_account_id end) register, count(*) n, min(e.reverses_entry_id) reverses
        from ledger_entries e join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id
       where e.cause_kind in ('desk_payment', 'desk_reversal') group by 1, 2, 3),
    wanted as (
      select chain_id, desk_payment_id, 'desk_payment' kind, amount_minor, account_id, appointment_id from desk_payments
      union all select d.chain_id, d.desk_payment_id, 'desk_reversal', d.amount_minor, d.account_id, d.appointment_id
        from desk_reversals r join desk_payments d on d.chain_id = r.chain_id and d.desk_payment_id = r.desk_payment_id)
    select coalesce(w.desk_payment_id, x.cause_id) id,
           case when w.desk_payment_id is null then 'the ledger has a ' || x.cause_kind || ' that is not there'
                else format('%s of %s into %s, ledger %s into %s', w.kind, w.amount_minor, w.account_id, coalesce(x.amount::text, 'nothing'), coalesce(x.register, '-')) end says
      from wanted w full join posted x on x.chain_id = w.chain_id and x.cause_id = w.desk_payment_id and x.cause_kind = w.kind
     where w.desk_payment_id is null or x.cause_id is null or x.amount <> w.amount_minor or x.register <> w.account_id or x.purpose <> w.appointment_id
        or x.n <> 1 or (x.reverses is not null) <> (w.kind = 'desk_reversal')`.execute(q);
  return rows.map((row) => ({ deskPaymentId: row.id, says: row.says }));
}
