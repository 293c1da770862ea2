import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';

/** From whose account, of which type, how much was paid for a visit and has not gone back onto it; what came last first. */
export async function leftOfAccounts(
  tx: Tx,
  { chainId }: Scope,
  appointmentId: string,
): Promise<readonly { readonly ownerId: string; readonly leftMinor: bigint }[]> {
  const { rows } = await sql<{ ownerId: string; leftMinor: bigint }>`
    with paid as (
      select p.owner_id, sum(p.amount_minor) came, max(p.paid_at) last from account_payments p
       where p.chain_id = ${chainId} and p.appointment_id = ${appointmentId} and not exists (
         select 1 from account_payment_reversals v where v.chain_id = p.chain_id and v.account_payment_id = p.account_payment_id)
       group by 1),
    back as (
      select g.owner_id, sum(t.amount_minor) went from refunds r
        join ledger_entries e on e.chain_id = r.chain_id and e.cause_kind = 'refund_by_hand' and e.cause_id = r.refund_id
        join ledger_postings t on t.chain_id = e.chain_id and t.entry_id = e.entry_id
        join ledger_accounts g on g.chain_id = t.chain_id and g.account_id = t.from_account_id and g.kind = 'client'
       where r.chain_id = ${chainId} and r.appointment_id = ${appointmentId} and r.source_kind = 'account' and r.way = 'account'
       group by 1)
    select owner_id "ownerId", (came - coalesce(went, 0))::bigint "leftMinor" from paid left join back using (owner_id)
     where came > coalesce(went, 0) order by last desc, owner_id`.execute(tx);
  return rows;
}
