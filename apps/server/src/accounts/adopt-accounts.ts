import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { moveClientMoney } from '../ledger/client-money.ts';

/**
 * Everything on one client's accounts becomes another's, type by type: money and debts, what is held, and whose top-ups and payments they were. Who together
 * owe more than their type allows keep that debt as their limit: nothing is refused because somebody was written down twice. Answers the ledger accounts that
 * took another's place.
 */
export async function adoptAccounts(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  { chainId, from, to, at }: { chainId: string; from: string; to: string; at: Date },
): Promise<ReadonlyMap<string, string>> {
  const both = [from, to];
  const heir = sql`${to} || substr(owner_id, length(${from}) + 1)`;
  await sql`
    select 1 from client_accounts where chain_id = ${chainId} and client_id = any(${both}) order by chain_id, owner_id, currency for no key update`.execute(
    tx,
  );
  await sql`
    insert into client_accounts (chain_id, owner_id, currency, client_id, type_id, opened_at)
      select chain_id, ${heir}, currency, ${to}, type_id, ${at} from client_accounts where chain_id = ${chainId} and client_id = ${from} on conflict do nothing`.execute(
    tx,
  );
  // while money and holds move one after the other, no limit can judge
  await sql`update client_accounts set credit_limit_minor = 4000000000000000000 where chain_id = ${chainId} and client_id = any(${both})`.execute(tx);
  const replaced = await moveClientMoney(tx, deps, { chainId, from, to, at });
  for (const table of ['account_holds', 'account_top_ups', 'account_payments', 'account_payouts'])
    await sql`
      update ${sql.table(table)} set owner_id = ${heir}
       where chain_id = ${chainId} and owner_id in (select c.owner_id from client_accounts c where c.chain_id = ${chainId} and c.client_id = ${from})`.execute(
      tx,
    );
  // what is kept for refunds that are under way
  await sql`
    update client_accounts t set held_minor = t.held_minor + f.held_minor from client_accounts f
     where f.chain_id = ${chainId} and f.client_id = ${from} and f.held_minor > 0 and t.chain_id = f.chain_id and t.client_id = ${to} and t.type_id = f.type_id
       and t.currency = f.currency`.execute(tx);
  await sql`update client_accounts set held_minor = 0 where chain_id = ${chainId} and client_id = ${from} and held_minor > 0`.execute(tx);
  await sql`
    update client_accounts c set credit_limit_minor = greatest(c.balance_minor + c.held_minor, 0, coalesce(
             (select t.credit_limit_minor from account_types t where t.chain_id = c.chain_id and t.type_id = c.type_id), 0))
     where c.chain_id = ${chainId} and c.client_id = any(${both})`.execute(tx);
  return replaced;
}
