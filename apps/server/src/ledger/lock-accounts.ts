import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';

/**
 * Locks every account that a transaction is going to post to, in the order that each single entry keeps: client accounts first, then ledger accounts by
 * id. Whoever posts more than one entry in a transaction calls it before the first: else two of them, each with what the other needs next, would wait
 * for each other in a circle.
 */
export async function lockAccounts(tx: Tx, chainId: string, accountIds: readonly string[]): Promise<void> {
  await sql`
    select 1 from client_accounts c
     where (c.chain_id, c.owner_id, c.currency) in (
       select a.chain_id, a.owner_id, a.currency from ledger_accounts a
        where a.chain_id = ${chainId} and a.account_id = any(${accountIds}) and a.kind = 'client')
     order by c.chain_id, c.owner_id, c.currency for no key update`.execute(tx);
  await sql`
    select 1 from ledger_accounts where chain_id = ${chainId} and account_id = any(${accountIds}) order by chain_id, account_id for no key update`.execute(
    tx,
  );
}
