import type { PaymentFact } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { PaymentFault } from './check-payments.ts';
import type { PaymentsContext } from './context.ts';
import { disputesOfAttempt } from './store-disputes.ts';

/** Disputes, their movements and the ledger tell the same story: what is withdrawn and not decided lies in the accounts of disputes, and nothing else does. Reads everything. */
export async function checkDisputesAgainstLedger(q: Queryable): Promise<readonly PaymentFault[]> {
  const { rows } = await sql<PaymentFault>`
    select d.chain_id "chainId", d.attempt_id "attemptId", format('dispute %s: withdrawn %s, its movements %s, posted %s', d.dispute_id, d.withdrawn_minor, coalesce(m.moved, 0), coalesce(p.posted, 0)) says
      from payment_disputes d
      left join (select chain_id, dispute_id, -sum(amount_minor)::bigint moved from payment_dispute_moves group by 1, 2) m on m.chain_id = d.chain_id and m.dispute_id = d.dispute_id
      left join (
        select v.chain_id, v.dispute_id, sum(case t.kind when 'disputed' then x.amount_minor else -x.amount_minor end)::bigint posted
          from payment_dispute_moves v
          join ledger_entries e on e.chain_id = v.chain_id and e.cause_kind = 'dispute_moved' and e.cause_id = v.attempt_id || ':' || v.line_id
          join ledger_postings x on x.chain_id = e.chain_id and x.entry_id = e.entry_id
          join ledger_accounts t on t.chain_id = x.chain_id and t.account_id = x.to_account_id group by 1, 2) p on p.chain_id = d.chain_id and p.dispute_id = d.dispute_id
     where d.withdrawn_minor <> coalesce(m.moved, 0) or d.withdrawn_minor <> coalesce(p.posted, 0)
    union all
    select coalesce(a.chain_id, d.chain_id), coalesce(a.owner_id, d.connection_id), format('accounts of disputes hold %s, disputes %s', coalesce(a.balance, 0), coalesce(d.held, 0))
      from (select chain_id, owner_id, sum(balance_minor)::bigint balance from ledger_accounts where kind = 'disputed' group by 1, 2) a
      full join (select chain_id, connection_id, sum(withdrawn_minor - lost_minor)::bigint held from payment_disputes group by 1, 2) d
        on d.chain_id = a.chain_id and d.connection_id = a.owner_id
     where coalesce(a.balance, 0) <> coalesce(d.held, 0)
    union all
    select d.chain_id, d.attempt_id, format('dispute %s is %s, and %s', d.dispute_id, d.state, case when t.attention_id is null then 'nobody is told' else 'somebody is still asked' end)
      from payment_disputes d
      left join attention t on t.chain_id = d.chain_id and t.kind = 'dispute' and t.subject_id = d.dispute_id and t.resolved_at is null
     where (d.look_at is null) <> (t.attention_id is null)`.execute(q);
  return rows;
}

/** What a provider says about a payment's disputes is what is known here. */
export async function disputesDiffer(
  ctx: PaymentsContext,
  { chainId, attemptId }: { readonly chainId: string; readonly attemptId: string },
  { disputes = [], currency }: PaymentFact,
): Promise<string | undefined> {
  const known = await disputesOfAttempt(ctx.db.read, { chainId, attemptId });
  const here = known.map(({ providerDisputeId, stage, state, withdrawnMinor }) => `${providerDisputeId} ${stage} ${state} ${withdrawnMinor}`);
  const there = disputes.map(({ providerDisputeId, stage, state, movements }) => {
    const withdrawn = movements.reduce((sum, one) => (one.currency === currency ? sum - one.amountMinor : sum), 0n);
    return `${providerDisputeId} ${stage} ${state} ${withdrawn}`;
  });
  const say = (all: readonly string[]) => all.toSorted((a, b) => (a < b ? -1 : 1)).join(', ') || 'none';
  return say(here) === say(there) ? undefined : `disputes here: ${say(here)}; at the provider: ${say(there)}`;
}
