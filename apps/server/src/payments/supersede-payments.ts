import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Order } from './purposes.ts';

/**
 * Whatever is still open for anything of this order, also under another kind of order, is to be closed at the provider as soon as possible. 'processing': the client has already done their
 * part of one, so nothing was changed.
 */
export async function supersedePayments(tx: Tx, scope: Scope, order: Order, at: Date): Promise<'superseded' | 'processing'> {
  const { rows } = await sql<{
    processing: boolean;
  }>`select supersede_payments(${scope.chainId}, ${order.kind}, ${order.id}, ${at}) processing`.execute(tx);
  return rows[0]?.processing ? 'processing' : 'superseded';
}
