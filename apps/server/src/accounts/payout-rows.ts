import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';

/** What was left of an account and went back to the client. */
export interface Payout {
  readonly id: string;
  readonly ownerId: string;
  readonly key: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Out of which register, or which refund at the provider. */
  readonly registerId: string | null;
  readonly refundId: string | null;
  readonly because: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly askedBy: string | undefined;
  readonly at: Date;
}

/** False: another one was made with this key. */
export async function insertPayout(tx: Tx, { chainId, locationId }: Scope, one: Payout): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into account_payouts (chain_id, payout_id, location_id, owner_id, key, amount_minor, currency, register_id, refund_id, because, made_at, user_id, user_name, asked_by)
    values (${chainId}, ${one.id}, ${locationId}, ${one.ownerId}, ${one.key}, ${one.amountMinor}, ${one.currency}, ${one.registerId}, ${one.refundId},
            ${one.because}, ${one.at}, ${one.by.id}, ${one.by.name}, ${one.askedBy ?? null}) on conflict on constraint account_payouts_once do nothing`.execute(
    tx,
  );
  return numAffectedRows === 1n;
}

/** Whose payout this try of a screen has become. */
export async function payoutOwnerByKey(q: Queryable, { chainId, locationId }: Scope, key: string): Promise<string | undefined> {
  const { rows } = await sql<{ ownerId: string }>`
    select owner_id "ownerId" from account_payouts where chain_id = ${chainId} and location_id = ${locationId} and key = ${key}`.execute(q);
  return rows[0]?.ownerId;
}

/** How much went back of an account since then; what the provider has refused did not. */
export async function paidOutSince(
  q: Queryable,
  chainId: string,
  { ownerId, currency }: { ownerId: string; currency: string },
  since: Date,
): Promise<bigint> {
  const { rows } = await sql<{ sum: bigint }>`
    select coalesce(sum(p.amount_minor), 0)::bigint sum from account_payouts p
     where p.chain_id = ${chainId} and p.owner_id = ${ownerId} and p.currency = ${currency} and p.made_at > ${since}
       and not exists (select 1 from payment_refunds r where r.chain_id = p.chain_id and r.refund_id = p.refund_id and r.status = 'failed')`.execute(
    q,
  );
  return rows[0]?.sum ?? 0n;
}
