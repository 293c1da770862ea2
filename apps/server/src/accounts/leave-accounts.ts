import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';

/** On how many of a client's accounts there still is something: money, debts, or what is held for something under way. They are locked. */
export async function accountsInUse(tx: Tx, chainId: string, clientId: string): Promise<number> {
  const { rows } = await sql<{ used: boolean }>`
    select balance_minor <> 0 or held_minor > 0 used from client_accounts
     where chain_id = ${chainId} and client_id = ${clientId} order by chain_id, owner_id, currency for no key update`.execute(tx);
  return rows.filter(({ used }) => used).length;
}

/** Links that nobody has paid lead nowhere any more. */
export async function endTopUpLinks(tx: Tx, chainId: string, clientId: string, at: Date): Promise<void> {
  await sql`
    update account_top_ups set cancelled_at = ${at}
     where chain_id = ${chainId} and split_part(owner_id, '/', 1) = ${clientId} and done_at is null and cancelled_at is null`.execute(tx);
}
