import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';

/** The first moment at which something can still happen here: what is posted for an earlier one is dated to it by the database. Undefined: no day is closed. */
export async function openFrom(q: Queryable, { chainId, locationId }: Scope): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`
    select closed_until at from day_closings where chain_id = ${chainId} and location_id = ${locationId} and reopened_at is null
     order by closed_until desc limit 1`.execute(q);
  return rows[0]?.at;
}

/**
 * Waits for everybody who is posting here, and lets nobody post until this transaction is over. What is read afterwards is the truth until then. Somebody
 * who does not come to an end must not hold up everybody else: after two seconds it fails (`55P03`).
 */
export async function lockDays(tx: Tx, { chainId, locationId }: Scope): Promise<void> {
  await sql`set local lock_timeout = '2s'`.execute(tx);
  await sql`select pg_advisory_xact_lock(ledger_day_gate(${chainId}, ${locationId}))`.execute(tx);
}
