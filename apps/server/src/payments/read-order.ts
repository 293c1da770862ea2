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

/** Whether money in another amount or currency than was asked has come for the order, and nobody has decided about it yet. */
export async function hasStrayMoney(q: Queryable, chainId: string, order: Order): Promise<boolean> {
  const { rows } = await sql<{ stray: boolean }>`select stray_money(${chainId}, ${order.kind}, ${order.id}) stray`.execute(q);
  return rows[0]?.stray === true;
}
