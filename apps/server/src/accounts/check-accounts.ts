import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface AccountFault {
  /** An account's owner, a payment or a top-up. */
  readonly about: string;
  readonly says: string;
}

/**
 * What is kept of client accounts is what its holds and refunds say; balances are what their ledger accounts say; every payment from an account, every top-up and
 * every reversal, and whatever of an account was given back, has its entry, of its amount, and no entry is without one; what was held and is spent has paid exactly that, from that account for that visit.
 * Reads everything: for the audit.
 */
export async function checkAccounts(q: Queryable): Promise<readonly AccountFault[]> {
  const { rows } = await sql<AccountFault>`
    with held as (
      select chain_id, owner_id, currency, sum(held)::bigint held from (
        select chain_id, owner_id, currency, held_minor held from account_holds where status = 'live'
        union all
        select r.chain_id, a.owner_id, a.currency, r.held_minor from payment_refunds r
          join payment_lines l on l.chain_id = r.chain_id and l.attempt_id = r.attempt_id and l.line_no = r.line_no
          join ledger_accounts a on a.chain_id = l.chain_id and a.account_id = l.account_id where r.held_minor > 0) x group by 1, 2, 3),
    stands as (
      select chain_id, owner_id, currency, sum(balance_minor)::bigint balance from ledger_accounts where kind = 'client' group by 1, 2, 3),
    posted as (
      select e.chain_id, e.cause_kind kind, e.cause_id id, sum(p.amount_minor)::bigint amount, min(e.reverses_entry_id) reverses
        from ledger_entries e join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id
       where e.cause_kind in ('account_payment', 'account_payment_reversal', 'account_top_up', 'account_top_up_reversal', 'account_payout') group by 1, 2, 3),
    wanted as (
      select chain_id, 'account_payment' kind, account_payment_id id, amount_minor amount from account_payments
      union all select p.chain_id, 'account_payment_reversal', p.account_payment_id, p.amount_minor
        from account_payment_reversals r join account_payments p on p.chain_id = r.chain_id and p.account_payment_id = r.account_payment_id
      union all select chain_id, 'account_top_up', top_up_id, amount_minor from account_top_ups where kind = 'desk'
      union all select u.chain_id, 'account_top_up_reversal', u.top_up_id, u.amount_minor
        from account_top_up_reversals r join account_top_ups u on u.chain_id = r.chain_id and u.top_up_id = r.top_up_id where r.register_id is not null
      union all select chain_id, 'account_payout', payout_id, amount_minor from account_payouts where register_id is not null),
    spent as (
      select chain_id, hold_id, format('%s %s of %s for %s at %s', spent_minor, currency, owner_id, purpose_id, location_id) what
        from account_holds where status = 'spent'),
    paid as (
      select chain_id, hold_id, string_agg(format('%s %s of %s for %s at %s', amount_minor, currency, owner_id, appointment_id, location_id), ' and ') what
        from account_payments where hold_id is not null group by 1, 2)
    select c.owner_id about, format('%s %s held, its holds and refunds say %s', c.held_minor, c.currency, coalesce(h.held, 0)) says
      from client_accounts c left join held h on h.chain_id = c.chain_id and h.owner_id = c.owner_id and h.currency = c.currency
     where c.held_minor <> coalesce(h.held, 0)
    union all
    select coalesce(c.owner_id, s.owner_id), format('balance %s, its ledger accounts say %s', coalesce(c.balance_minor::text, 'unknown'), coalesce(s.balance, 0))
      from client_accounts c full join stands s on s.chain_id = c.chain_id and s.owner_id = c.owner_id and s.currency = c.currency
     where c.owner_id is null or c.balance_minor <> coalesce(s.balance, 0)
    union all
    select coalesce(w.id, x.id), case when w.id is null then 'the ledger has a ' || x.kind || ' that is not there'
             else format('%s of %s, ledger %s', w.kind, w.amount, coalesce(x.amount::text, 'nothing')) end
      from wanted w full join posted x on x.chain_id = w.chain_id and x.kind = w.kind and x.id = w.id
     where w.id is null or x.id is null or x.amount <> w.amount or (x.reverses is not null) <> (w.kind like '%_reversal')
    union all
    select coalesce(s.hold_id, p.hold_id), format('of what was held is spent %s; it has paid %s', coalesce(s.what, 'nothing'), coalesce(p.what, 'nothing'))
      from spent s full join paid p on p.chain_id = s.chain_id and p.hold_id = s.hold_id where s.what is distinct from p.what
    union all
    select o.payout_id, format('%s %s were to go back through the provider, which was asked for %s', o.amount_minor, o.currency, coalesce(r.amount_minor::text, 'nothing'))
      from account_payouts o left join payment_refunds r on r.chain_id = o.chain_id and r.refund_id = o.refund_id
     where o.refund_id is not null and r.amount_minor is distinct from o.amount_minor
    union all
    select u.top_up_id, 'paid by ' || u.attempt_id || ', which has captured nothing' from account_top_ups u
      join payment_attempts a on a.chain_id = u.chain_id and a.attempt_id = u.attempt_id where a.status <> 'captured'
    union all
    select h.hold_id, 'held for a visit that is ' || a.status from account_holds h
      join appointments a on a.chain_id = h.chain_id and a.appointment_id = h.purpose_id
     where h.status = 'live' and (a.status in ('cancelled', 'expired') or a.paid_minor >= a.cost_minor and a.cost_minor > 0)`.execute(q);
  return rows;
}
