import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface DayTotalsFault {
  readonly accountId: string;
  readonly says: string;
}

/** The totals by day are what the postings say, and each posting happened when its entry did. Reads everything: for the audit. */
export async function checkDayTotals(q: Queryable): Promise<readonly DayTotalsFault[]> {
  const { rows } = await sql<{ account_id: string; says: string }>`
    with posted as (
      select m.chain_id, m.account_id, (m.happened_at at time zone 'UTC')::date as day, sum(m.came)::bigint came, sum(m.went)::bigint went
        from (select chain_id, to_account_id account_id, happened_at, amount_minor came, 0 went from ledger_postings
              union all select chain_id, from_account_id, happened_at, 0, amount_minor from ledger_postings) m
        join ledger_accounts a on a.chain_id = m.chain_id and a.account_id = m.account_id and a.kind <> 'client'
       group by 1, 2, 3)
    select account_id, format('%s: kept %s in and %s out, posted %s and %s', day, coalesce(k.in_minor, 0), coalesce(k.out_minor, 0), coalesce(p.came, 0), coalesce(p.went, 0)) says
      from ledger_day_totals k full join posted p using (chain_id, account_id, day)
     where (coalesce(k.in_minor, 0), coalesce(k.out_minor, 0)) <> (coalesce(p.came, 0), coalesce(p.went, 0))
    union all
    select p.from_account_id, format('a posting of entry %s did not happen when its entry did', p.entry_id)
      from ledger_postings p join ledger_entries e on e.chain_id = p.chain_id and e.entry_id = p.entry_id
     where (e.happened_at, e.location_id) is distinct from (p.happened_at, p.location_id)`.execute(q);
  return rows.map((row) => ({ accountId: row.account_id, says: row.says }));
}
