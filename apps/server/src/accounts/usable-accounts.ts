import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { accountRowsOfClient } from './account-rows.ts';
import { freeMinor } from './account-rules.ts';
import { mayBeUsed } from './find-account.ts';

/** Are there types of accounts here at all? Who never opened one need not be asked about it. */
export async function takesAccounts(q: Queryable, { chainId, locationId }: Scope): Promise<boolean> {
  const { rows } = await sql<{ takes: boolean }>`
    select exists (select 1 from account_type_locations v join account_types t on t.chain_id = v.chain_id and t.type_id = v.type_id and t.archived_at is null
                    where v.chain_id = ${chainId} and v.location_id = ${locationId}) takes`.execute(q);
  return rows[0]?.takes === true;
}

export interface UsableAccount {
  readonly typeId: string | null;
  readonly typeName: string | null;
  readonly currency: string;
  /** What of it is the client's own and free. */
  readonly freeMinor: bigint;
  readonly mayTopUp: boolean;
}

/** A client's accounts that can be spent at a location, the ordinary one first; the client may have been merged into another. */
export async function usableAccounts(q: Queryable, scope: Scope, clientId: string): Promise<readonly UsableAccount[]> {
  const { rows: heirs } = await sql<{ id: string; currency: string }>`
    select coalesce(c.merged_into, c.client_id) id, l.currency from clients c
      join locations l on l.chain_id = c.chain_id and l.location_id = ${scope.locationId}
     where c.chain_id = ${scope.chainId} and c.client_id = ${clientId}`.execute(q);
  const [heir] = heirs;
  if (!heir) return [];
  const rows = await accountRowsOfClient(q, scope, heir.id);
  return rows
    .filter((row) => row.currency === heir.currency && mayBeUsed(row).mayPay)
    .map((row) => ({
      typeId: row.typeId || null,
      typeName: row.typeName,
      currency: row.currency,
      freeMinor: freeMinor(row),
      mayTopUp: mayBeUsed(row).mayTopUp,
    }));
}
