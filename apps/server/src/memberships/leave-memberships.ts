import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { endPayments } from '../payments/end-payments.ts';
import type { Order } from '../payments/purposes.ts';
import { membershipOrder } from './membership-room.ts';

/** One client becomes another: what was sold to them is the survivor's. */
export async function adoptMemberships(tx: Tx, chainId: string, survivor: string, other: string): Promise<void> {
  await sql`update memberships set client_id = ${survivor}, version = version + 1 where chain_id = ${chainId} and client_id = ${other}`.execute(tx);
}

/** How many can still be used at a moment, or are being refunded: nobody could be found afterwards to whom they belong. */
export async function membershipsInUse(q: Queryable, chainId: string, clientId: string, at: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from memberships
     where chain_id = ${chainId} and client_id = ${clientId} and sold_at is not null and ended_at is null
       and (visits_reserved > 0 or refunding_since is not null or ((ends_at is null or ends_at > ${at}) and (visits is null or visits_used < visits)))`.execute(
    q,
  );
  return rows[0]?.n ?? 0;
}

/** Links that nobody has paid lead nowhere any more, and their payment pages are closed. Refuses with `payment_in_progress` while one of them is being paid. */
export async function endMembershipLinks(tx: Tx, chainId: string, clientId: string, at: Date): Promise<void> {
  const { rows } = await sql<{ id: string; locationId: string }>`
    select membership_id id, location_id "locationId" from memberships where chain_id = ${chainId} and client_id = ${clientId} and sold_at is null`.execute(
    tx,
  );
  for (const { id, locationId } of rows) await endPayments(tx, mintScope(chainId, locationId), membershipOrder(id), at);
  await sql`
    update memberships set cancelled_at = coalesce(cancelled_at, ${at}) where chain_id = ${chainId} and client_id = ${clientId} and sold_at is null`.execute(
    tx,
  );
}

/** Whatever was to be paid for their memberships. */
export async function membershipOrdersOf(q: Queryable, chainId: string, clientId: string): Promise<readonly Order[]> {
  const { rows } = await sql<{ id: string }>`
    select membership_id id from memberships where chain_id = ${chainId} and client_id = ${clientId}`.execute(q);
  return rows.map(({ id }) => membershipOrder(id));
}
