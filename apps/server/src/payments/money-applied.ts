import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

/** What of an attempt's money has paid for something, minor units by what it paid for. What went to the client's account or is unplaced has paid for nothing. */
export async function moneyApplied(q: Queryable, { chainId }: Scope, attemptId: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; minor: bigint }>`
    select purpose_id id, sum(placed_minor)::bigint minor from payment_lines
     where chain_id = ${chainId} and attempt_id = ${attemptId} and outcome = 'applied' group by purpose_id`.execute(q);
  return new Map(rows.map(({ id, minor }) => [id, Number(minor)]));
}
