import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface PrepaymentsOwedFault {
  readonly accountId: string;
  readonly says: string;
}

/** The appointments and memberships that are known to be owed something are those whose postings do not come to zero. Reads everything: for the audit. */
export async function checkPrepaymentsOwed(q: Queryable): Promise<readonly PrepaymentsOwedFault[]> {
  const { rows } = await sql<{ account_id: string; says: string }>`
    with owed as (
      select a.chain_id, a.account_id, p.purpose_id
        from ledger_postings p join ledger_accounts a on a.chain_id = p.chain_id and a.account_id in (p.from_account_id, p.to_account_id) and a.kind = 'prepayments'
       where p.purpose_kind in ('appointment', 'membership')
       group by 1, 2, 3 having sum(case p.from_account_id when a.account_id then p.amount_minor else -p.amount_minor end) <> 0)
    select account_id, format('%s is owed something, which is not known', purpose_id) says
      from owed where not exists (select from prepayments_owed k
                                   where k.chain_id = owed.chain_id and k.account_id = owed.account_id and k.purpose_id = owed.purpose_id)
    union all
    select account_id, format('%s is owed nothing any more', purpose_id)
      from prepayments_owed k where k.purpose_id <> ''
       and not exists (select from owed where owed.chain_id = k.chain_id and owed.account_id = k.account_id and owed.purpose_id = k.purpose_id)`.execute(
    q,
  );
  return rows.map((row) => ({ accountId: row.account_id, says: row.says }));
}
