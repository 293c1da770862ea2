import type { AttemptStatus } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { Order } from './purposes.ts';

/** The payment an order is being paid with, as the SQL function `live_payment` answers it. Instants are RFC 3339. */
export interface LivePayment {
  readonly attemptId: string;
  readonly status: AttemptStatus;
  readonly payableUntil: string;
  readonly pageUrl: string | null;
}

/** The payment that is under way for anything of the order, the one being checked first. */
export async function livePayment(q: Queryable, chainId: string, order: Order): Promise<LivePayment | undefined> {
  const { rows } = await sql<{ live: LivePayment | null }>`select live_payment(${chainId}, ${order.kind}, ${order.id}) live`.execute(q);
  return rows[0]?.live ?? undefined;
}

/** Money of one purpose that lies on the client's account and waits for their choice (A12), as `waiting_credits` answers it. */
export interface WaitingCredit {
  readonly attentionId: string;
  readonly attemptId: string;
  readonly purposeId: string;
  readonly amountMinor: number;
  readonly currency: string;
}

/** Late money of these purposes whose client has not chosen yet. */
export async function waitingCredits(
  q: Queryable,
  chainId: string,
  purpose: { kind: string; ids: readonly string[] },
): Promise<readonly WaitingCredit[]> {
  const { rows } = await sql<{
    credits: readonly WaitingCredit[];
  }>`select waiting_credits(${chainId}, ${purpose.kind}, ${purpose.ids}) credits`.execute(q);
  return rows[0]?.credits ?? [];
}

/** How many payments this order has begun since then. */
export async function countPayments(q: Queryable, chainId: string, order: Order, since: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from payment_attempts
     where chain_id = ${chainId} and order_kind = ${order.kind} and order_id = ${order.id} and created_at > ${since}`.execute(q);
  return rows[0]?.n ?? 0;
}

/** Whether money in another amount or currency than was asked has come for anything of the order, and nobody has decided about it yet. */
export async function hasStrayMoney(q: Queryable, chainId: string, order: Order): Promise<boolean> {
  const { rows } = await sql<{ stray: boolean }>`select stray_money(${chainId}, ${order.kind}, ${order.id}) stray`.execute(q);
  return rows[0]?.stray === true;
}
