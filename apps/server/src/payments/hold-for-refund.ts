import { sql } from 'kysely';
import type { Queryable, Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';

/** What of the client's own money is there and free on the account that this ledger account is a part of; it is locked. Credit is none. */
export async function ownMoneyOn(tx: Tx, chainId: string, ledgerAccountId: string): Promise<bigint> {
  const { rows } = await sql<{ left: bigint }>`
    select -c.balance_minor - c.held_minor "left" from client_accounts c
      join ledger_accounts a on a.chain_id = c.chain_id and a.owner_id = c.owner_id and a.currency = c.currency and a.kind = 'client'
     where a.chain_id = ${chainId} and a.account_id = ${ledgerAccountId} for no key update of c`.execute(tx);
  return rows[0]?.left ?? 0n;
}

/** Keeps so much of a client's account for a refund that is about to be asked for. Refuses with `not_enough_on_account` what they have spent. */
export async function holdForRefund(tx: Tx, chainId: string, ledgerAccountId: string, amountMinor: bigint): Promise<void> {
  try {
    await change(tx, chainId, ledgerAccountId, amountMinor);
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'client_accounts_within_limit')
      throw new Problem('not_enough_on_account', 409, 'The client has spent this money meanwhile.');
    throw error;
  }
}

/** The refund has gone, or will not go: nothing is kept for it any more. Once. */
export async function releaseHeld(q: Queryable, chainId: string, refundId: string): Promise<void> {
  await sql`
    with mine as (
      select r.chain_id, r.refund_id, r.held_minor, a.owner_id, a.currency from payment_refunds r
        join payment_lines l on l.chain_id = r.chain_id and l.attempt_id = r.attempt_id and l.line_no = r.line_no
        join ledger_accounts a on a.chain_id = l.chain_id and a.account_id = l.account_id
       where r.chain_id = ${chainId} and r.refund_id = ${refundId} and r.held_minor > 0 for update of r),
    freed as (
      update client_accounts c set held_minor = c.held_minor - m.held_minor from mine m
       where c.chain_id = m.chain_id and c.owner_id = m.owner_id and c.currency = m.currency returning 1)
    update payment_refunds r set held_minor = 0 from mine m where r.chain_id = m.chain_id and r.refund_id = m.refund_id`.execute(q);
}

async function change(tx: Tx, chainId: string, ledgerAccountId: string, byMinor: bigint): Promise<void> {
  await sql`
    update client_accounts c set held_minor = c.held_minor + ${byMinor} from ledger_accounts a
     where a.chain_id = ${chainId} and a.account_id = ${ledgerAccountId} and a.kind = 'client'
       and c.chain_id = a.chain_id and c.owner_id = a.owner_id and c.currency = a.currency`.execute(tx);
}
