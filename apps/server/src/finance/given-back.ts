import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

/** A transaction that stands in the way of deleting another one. */
export interface InTheWay {
  readonly entryId: string;
  readonly operation: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly happenedAt: string;
}

/** What was given back of a visit's money, newest first, and was not undone itself. */
export async function givenBackOf(q: Queryable, { chainId, locationId }: Scope, appointmentId: string): Promise<readonly InTheWay[]> {
  const { rows } = await sql<{ entryId: string; operation: string; amount: bigint; currency: string; happenedAt: Date }>`
    select p.entry_id "entryId", p.operation, p.amount_minor amount, p.currency, p.happened_at "happenedAt"
      from ledger_postings p join ledger_entries e on e.chain_id = p.chain_id and e.entry_id = p.entry_id
     where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.purpose_kind = 'appointment' and p.purpose_id = ${appointmentId}
       and p.operation = 'refund' and e.reverses_entry_id is null
       and not exists (select 1 from ledger_entries r where r.chain_id = e.chain_id and r.reverses_entry_id = e.entry_id)
     order by p.happened_at desc, p.entry_id desc limit 20`.execute(q);
  return rows.map(({ amount, happenedAt, ...row }) => ({ ...row, amountMinor: Number(amount), happenedAt: happenedAt.toISOString() }));
}
