import { sql } from 'kysely';
import { expect } from 'vitest';
import { checkBooks } from '../../ledger/check-books.ts';
import type { TestShop } from './test-shop.ts';

/** Every account that something stands on, as `kind currency` → minor units. */
export async function balances({ db }: TestShop): Promise<Record<string, bigint>> {
  const { rows } = await sql<{ name: string; sum: bigint }>`
    select kind || ' ' || currency as name, sum(balance_minor)::bigint sum from ledger_accounts where balance_minor <> 0 group by 1`.execute(db.read);
  return Object.fromEntries(rows.map((row) => [row.name, row.sum]));
}

export async function attempts(
  { db }: TestShop,
  orderId: string,
): Promise<readonly { attempt_id: string; status: string; page_url: string | null; superseded: boolean }[]> {
  const { rows } = await sql<{ attempt_id: string; status: string; page_url: string | null; superseded: boolean }>`
    select attempt_id, status, page_url, superseded_at is not null superseded from payment_attempts where order_id = ${orderId} order by created_at, attempt_id`.execute(
    db.read,
  );
  return rows;
}

export async function things({ db }: TestShop, orderId: string): Promise<readonly bigint[]> {
  const { rows } = await sql<{ paid_minor: bigint }>`select paid_minor from test_things where order_id = ${orderId} order by thing_id`.execute(
    db.read,
  );
  return rows.map((row) => row.paid_minor);
}

export async function lines({ db }: TestShop, orderId: string): Promise<readonly { outcome: string; placed: bigint; refunded: bigint }[]> {
  const { rows } = await sql<{ outcome: string; placed: bigint; refunded: bigint }>`
    select l.outcome, l.placed_minor placed, l.refunded_minor refunded from payment_lines l
      join payment_attempts a on a.chain_id = l.chain_id and a.attempt_id = l.attempt_id
     where a.order_id = ${orderId} order by l.attempt_id, l.line_no`.execute(db.read);
  return rows;
}

export async function attention({ db }: TestShop): Promise<readonly { kind: string; subject: string; amount: bigint | null }[]> {
  const { rows } = await sql<{ kind: string; subject: string; amount: bigint | null }>`
    select kind, subject_kind || ' ' || subject_id subject, amount_minor amount from attention where resolved_at is null order by opened_at, kind, subject, amount`.execute(
    db.read,
  );
  return rows;
}

export async function told({ db }: TestShop): Promise<readonly string[]> {
  const { rows } = await sql<{ topic: string }>`select topic from outbox order by told_at, outbox_id`.execute(db.read);
  return rows.map((row) => row.topic);
}

export async function inbox({ db }: TestShop): Promise<Record<string, number>> {
  const { rows } = await sql<{ status: string; n: number }>`select status, count(*)::int n from webhook_inbox group by 1`.execute(db.read);
  return Object.fromEntries(rows.map((row) => [row.status, row.n]));
}

/**
 * Every cent that the provider has of us stands in exactly one place: the books add up, the clearing account says what the provider says, each
 * captured attempt's lines add up to what came, and what the room believes to be paid is what the prepayments account owes.
 */
export async function expectEveryCentInOnePlace(shop: TestShop): Promise<void> {
  expect(await checkBooks(shop.db.read)).toEqual([]);
  const payments = shop.sandbox.payments();
  const atProvider = payments.reduce((sum, one) => sum + BigInt(one.captured - one.refunded), 0n);
  const kept = await balances(shop);
  expect(kept['clearing EUR'] ?? 0n).toBe(atProvider);
  const { rows } = await sql<{ reference: string; captured: bigint; refunded: bigint; placed: bigint; line_refunds: bigint }>`
    select a.reference, a.captured_minor captured, a.refunded_minor refunded, sum(l.placed_minor)::bigint placed, sum(l.refunded_minor)::bigint line_refunds
      from payment_attempts a join payment_lines l on l.chain_id = a.chain_id and l.attempt_id = a.attempt_id group by a.chain_id, a.attempt_id`.execute(
    shop.db.read,
  );
  for (const row of rows) {
    const theirs = payments.filter((one) => one.client_reference_id === row.reference);
    expect(theirs.length).toBeLessThanOrEqual(1);
    expect({ captured: row.captured, refunded: row.refunded }).toEqual({
      captured: BigInt(theirs[0]?.captured ?? 0),
      refunded: BigInt(theirs[0]?.refunded ?? 0),
    });
    expect({ placed: row.placed, refunds: row.line_refunds }).toEqual({ placed: row.captured, refunds: row.refunded });
  }
  const paid = await sql<{ paid: bigint }>`select coalesce(sum(paid_minor), 0)::bigint paid from test_things`.execute(shop.db.read);
  expect(-(kept['prepayments EUR'] ?? 0n)).toBe(paid.rows[0]?.paid);
}
