import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface Noted {
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
}

/** What a person has noted of a payment at a provider that nobody can ask. */
export async function readNote(q: Queryable, chainId: string, attemptId: string): Promise<Noted | undefined> {
  const { rows } = await sql<{ captured_minor: bigint; refunded_minor: bigint }>`
    select captured_minor, refunded_minor from noted_payments where chain_id = ${chainId} and attempt_id = ${attemptId}`.execute(q);
  return rows[0] && { capturedMinor: rows[0].captured_minor, refundedMinor: rows[0].refunded_minor };
}
