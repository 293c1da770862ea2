import type { OnItsWay } from '@holdfast/contract/reconciliation';
import { sql } from 'kysely';
import type { Place } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import { balanceOf } from '../ledger/read-books.ts';
import { appointmentsOf } from './shape-items.ts';

const SHOWN = 500;

interface Row {
  readonly kind: 'payment' | 'line' | 'payout';
  readonly id: string;
  readonly at: Date;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly net: bigint;
  readonly assumed: boolean;
  readonly note: string;
}

/**
 * Everything of which the provider still owes something, or has paid too much: for each payment what came less what went back, was kept, corrected and paid out.
 * Read from what is known of payments, lines and payouts, not from the account: that the sum of all is the account's balance is what the audit checks.
 */
export function waitingRows(chainId: string, connectionId: string, currency: string) {
  return sql`
    with settled as (
      select i.attempt_id, i.item_id, i.amount_minor - i.fee_minor net from settlement_items i
        join settlement_items p on p.chain_id = i.chain_id and p.connection_id = i.connection_id and p.payout_id = i.payout_id and p.kind = 'payout'
         and p.corrected_minor <> 0 and p.currency = i.currency
       where i.chain_id = ${chainId} and i.connection_id = ${connectionId} and i.currency = ${currency} and i.kind <> 'payout'),
    fees as (
      select coalesce(f.attempt_id, i.attempt_id) attempt_id, case when coalesce(f.attempt_id, i.attempt_id) is null then i.item_id end item_id,
             f.posted_minor posted, f.source = 'assumed' assumed
        from provider_fees f left join settlement_items i on i.chain_id = f.chain_id and i.connection_id = f.connection_id and f.fee_key = 'line/' || i.line_id
       where f.chain_id = ${chainId} and f.connection_id = ${connectionId} and f.currency = ${currency} and f.posted_minor <> 0),
    corrected as (
      select i.attempt_id, i.item_id, i.corrected_minor corrected from settlement_items i
       where i.chain_id = ${chainId} and i.connection_id = ${connectionId} and i.currency = ${currency} and i.kind <> 'payout' and i.corrected_minor <> 0
      union all
      -- a payment that was accepted in another currency: what went out of this one is told by the decision's entries
      select i.attempt_id, i.item_id, sum(case when t.kind = 'clearing' then p.amount_minor else -p.amount_minor end)::bigint
        from settlement_items i
        join settlement_decisions d on d.chain_id = i.chain_id and d.item_id = i.item_id and d.what = 'accepted'
         and not exists (select 1 from settlement_decisions u where u.chain_id = d.chain_id and u.undoes = d.decision_id)
        join ledger_entries e on e.chain_id = d.chain_id and e.cause_kind = 'reconciliation' and e.cause_id = d.decision_id || '/' || ${currency}
        join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id
        join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
       where i.chain_id = ${chainId} and i.connection_id = ${connectionId} and i.currency <> ${currency}
       group by 1, 2),
    disputed as (
      select m.attempt_id, sum(m.amount_minor)::bigint moved from payment_dispute_moves m
       where m.chain_id = ${chainId} and m.connection_id = ${connectionId} and m.currency = ${currency} group by 1),
    payments as (
      select 'payment' kind, a.attempt_id id, a.captured_at at, a.captured_minor - a.refunded_minor + coalesce(d.moved, 0) amount, coalesce(f.posted, 0) fee,
             a.captured_minor - a.refunded_minor + coalesce(d.moved, 0) - coalesce(f.posted, 0) + coalesce(c.corrected, 0) - coalesce(s.net, 0) net, coalesce(f.assumed, false) assumed, a.reference note
        from payment_attempts a
        left join (select attempt_id, sum(posted)::bigint posted, bool_or(assumed) assumed from fees where attempt_id is not null group by 1) f on f.attempt_id = a.attempt_id
        left join (select attempt_id, sum(corrected)::bigint corrected from corrected where attempt_id is not null group by 1) c on c.attempt_id = a.attempt_id
        left join disputed d on d.attempt_id = a.attempt_id
        left join (select attempt_id, sum(net)::bigint net from settled where attempt_id is not null group by 1) s on s.attempt_id = a.attempt_id
       where a.chain_id = ${chainId} and a.connection_id = ${connectionId} and a.status = 'captured' and a.captured_currency = ${currency}),
    foreign_lines as (
      -- of payments that were captured in another currency, and lines of no payment
      select 'line' kind, i.item_id id, i.at, i.amount_minor amount, i.fee_minor fee,
             coalesce(c.corrected, 0) - coalesce(f.posted, 0) - coalesce(s.net, 0) net, coalesce(f.assumed, false) assumed, coalesce(nullif(i.note, ''), i.line_id) note
        from settlement_items i
        left join payment_attempts a on a.chain_id = i.chain_id and a.attempt_id = i.attempt_id and a.captured_currency = ${currency}
        left join (select item_id, sum(corrected)::bigint corrected from corrected group by 1) c on c.item_id = i.item_id
        left join (select item_id, sum(posted)::bigint posted, bool_or(assumed) assumed from fees where item_id is not null group by 1) f on f.item_id = i.item_id
        left join settled s on s.item_id = i.item_id
       where i.chain_id = ${chainId} and i.connection_id = ${connectionId} and i.currency = ${currency} and i.kind <> 'payout' and a.attempt_id is null),
    payouts as (
      select 'payout' kind, p.item_id id, p.at, -p.corrected_minor amount, 0::bigint fee,
             p.corrected_minor + coalesce((select sum(i.amount_minor - i.fee_minor) from settlement_items i
                where i.chain_id = p.chain_id and i.connection_id = p.connection_id and i.payout_id = p.payout_id and i.kind <> 'payout' and i.currency = p.currency), 0)::bigint net,
             false assumed, coalesce(p.payout_id, p.line_id) note
        from settlement_items p
       where p.chain_id = ${chainId} and p.connection_id = ${connectionId} and p.currency = ${currency} and p.kind = 'payout' and p.corrected_minor <> 0)
    select * from (select * from payments union all select * from foreign_lines union all select * from payouts) x where net <> 0`;
}

/** What is on its way from a provider, in each currency: listed, and beside it what the account at the provider says. */
export async function readOnItsWay(q: Queryable, place: Place, connectionId: string): Promise<OnItsWay[]> {
  const { scope } = place;
  const currencies = await sql<{ currency: string }>`
    select distinct currency from ledger_accounts where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and kind = 'clearing' and owner_id = ${connectionId}
     order by 1`.execute(q);
  const all: OnItsWay[] = [];
  for (const { currency } of currencies.rows) {
    const rows = await sql<Row>`${waitingRows(scope.chainId, connectionId, currency)} order by at desc, id desc limit ${SHOWN}`.execute(q);
    const sums = await sql<{ n: bigint; sum: bigint }>`
      select count(*) n, coalesce(sum(net), 0)::bigint sum from (${waitingRows(scope.chainId, connectionId, currency)}) w`.execute(q);
    const clearing = await balanceOf(q, scope, { kind: 'clearing', ownerId: connectionId, currency });
    const listed = sums.rows[0] ?? { n: 0n, sum: 0n };
    const appointments = await appointmentsOf(
      q,
      place,
      rows.rows.filter(({ kind }) => kind === 'payment').map(({ id }) => id),
    );
    const shown = rows.rows.reduce((sum, { net }) => sum + net, 0n);
    all.push({
      currency,
      clearingMinor: Number(clearing),
      listedMinor: Number(listed.sum),
      rows: rows.rows.map(({ kind, id, at, amount, fee, net, assumed, note }) => ({
        kind,
        id,
        at: at.toISOString(),
        amountMinor: Number(amount),
        feeMinor: Number(fee),
        netMinor: Number(net),
        feeAssumed: assumed,
        appointments: [...(appointments.get(id) ?? [])],
        note,
      })),
      more: Number(listed.n) - rows.rows.length,
      moreMinor: Number(listed.sum - shown),
    });
  }
  return all;
}
