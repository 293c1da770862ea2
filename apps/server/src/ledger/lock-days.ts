import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';

/**
 * Waits for everybody who is posting here, and lets nobody post until this transaction is over. What is read afterwards is the truth until then. Somebody
 * who does not come to an end must not hold up everybody else: after two seconds it fails (`55P03`).
 */
export async function lockDays(tx: Tx, { chainId, locationId }: Scope): Promise<void> {
  await sql`set local lock_timeout = '2s'`.execute(tx);
  await sql`select pg_advisory_xact_lock(ledger_day_gate(${chainId}, ${locationId}))`.execute(tx);
}
