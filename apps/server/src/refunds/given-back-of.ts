import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';

/** Whether something of a payment at the desk went back already: then it can no longer be undone as if it had been a mistake. */
export async function isGivenBack(tx: Tx, { chainId }: Scope, deskPaymentId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from refunds where chain_id = ${chainId} and source_kind = 'desk' and source_id = ${deskPaymentId} and status = 'given_back' limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}
