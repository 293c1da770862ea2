import { sql } from 'kysely';
import type { Queryable, Tx } from '../kit/database.ts';

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

/** Links that nobody has paid lead nowhere any more. */
export async function endMembershipLinks(tx: Tx, chainId: string, clientId: string, at: Date): Promise<void> {
  await sql`
    update memberships set cancelled_at = coalesce(cancelled_at, ${at}) where chain_id = ${chainId} and client_id = ${clientId} and sold_at is null`.execute(
    tx,
  );
}
