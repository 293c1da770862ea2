import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

export interface Register {
  /** Its ledger account. */
  readonly id: string;
  readonly name: 'main' | 'card';
  readonly kind: 'cash' | 'cashless';
  readonly currency: string;
}

/** The location's registers: Main takes cash, Card payment account takes cards (B7). */
export async function registersOf(q: Queryable, { chainId, locationId }: Scope): Promise<readonly Register[]> {
  const { rows } = await sql<Register>`
    select account_id id, owner_id as name, case owner_id when 'card' then 'cashless' else 'cash' end kind, currency from ledger_accounts
     where chain_id = ${chainId} and location_id = ${locationId} and kind = 'register' and owner_id in ('main', 'card') order by owner_id = 'card'`.execute(
    q,
  );
  return rows;
}
