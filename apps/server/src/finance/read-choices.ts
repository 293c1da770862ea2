import type { TransactionChoices } from '@holdfast/contract/transactions';
import { sql } from 'kysely';
import type { Place } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import { seePaymentItems } from './see-payment-items.ts';
import { seeRegisters } from './see-registers.ts';

/** What transactions can be filtered by, and written down under. */
export async function readChoices(q: Queryable, place: Place, clientId: string | undefined): Promise<TransactionChoices> {
  const { chainId, locationId } = place.scope;
  const staff = await sql<{ id: string; name: string }>`
    select staff_id id, name from staff where chain_id = ${chainId} and location_id = ${locationId} order by archived, position, staff_id`.execute(q);
  const client =
    clientId === undefined || !place.rights.has('clients.see')
      ? undefined
      : (
          await sql<{ id: string; name: string }>`
          select client_id id, name from clients where chain_id = ${chainId} and client_id = ${clientId}`.execute(q)
        ).rows[0];
  return {
    registers: (await seeRegisters(q, place)).map(({ id, name, kind, currency, balanceMinor, archivedAt, mayChoose }) => ({
      id,
      name,
      kind,
      currency,
      balanceMinor,
      archived: archivedAt !== null,
      mayChoose,
    })),
    items: (await seePaymentItems(q, place.scope)).map(({ id, name, direction, archivedAt }) => ({
      id,
      name,
      direction,
      archived: archivedAt !== null,
    })),
    staff: [...staff.rows],
    client: client ?? null,
  };
}
