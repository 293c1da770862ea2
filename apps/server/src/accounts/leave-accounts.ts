import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { endPayments } from '../payments/end-payments.ts';
import type { Order } from '../payments/purposes.ts';
import { topUpOrder } from './top-up-room.ts';

/** On how many of a client's accounts there still is something: money, debts, or what is held for something under way. They are locked. */
export async function accountsInUse(tx: Tx, chainId: string, clientId: string): Promise<number> {
  const { rows } = await sql<{ used: boolean }>`
    select balance_minor <> 0 or held_minor > 0 used from client_accounts
     where chain_id = ${chainId} and client_id = ${clientId} order by chain_id, owner_id, currency for no key update`.execute(tx);
  return rows.filter(({ used }) => used).length;
}

/** Links that nobody has paid lead nowhere any more, and their payment pages are closed. Refuses with `payment_in_progress` while one of them is being paid. */
export async function endTopUpLinks(tx: Tx, chainId: string, clientId: string, at: Date): Promise<void> {
  const { rows } = await sql<{ id: string; locationId: string }>`
    update account_top_ups set cancelled_at = ${at}
     where chain_id = ${chainId} and split_part(owner_id, '/', 1) = ${clientId} and done_at is null and cancelled_at is null
    returning top_up_id id, location_id "locationId"`.execute(tx);
  for (const { id, locationId } of rows) await endPayments(tx, mintScope(chainId, locationId), topUpOrder(id), at);
}

/** Whatever was to be paid onto their accounts. */
export async function topUpOrdersOf(q: Queryable, chainId: string, clientId: string): Promise<readonly Order[]> {
  const { rows } = await sql<{ id: string }>`
    select top_up_id id from account_top_ups where chain_id = ${chainId} and split_part(owner_id, '/', 1) = ${clientId}`.execute(q);
  return rows.map(({ id }) => topUpOrder(id));
}
