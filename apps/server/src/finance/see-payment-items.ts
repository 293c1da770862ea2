import { standardItems } from '@holdfast/contract/operations';
import type { PaymentItem } from '@holdfast/contract/registers';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

/** The standard ones first, own ones in their order, the archived ones last. */
export async function seePaymentItems(q: Queryable, { chainId, locationId }: Scope): Promise<PaymentItem[]> {
  const { rows } = await sql<{ id: string; name: string; direction: 'in' | 'out'; version: number; used: boolean; archivedAt: Date | null }>`
    select i.item_id id, i.name, i.direction, i.version, i.archived_at "archivedAt",
           exists (select 1 from ledger_accounts a where a.chain_id = i.chain_id and a.location_id = i.location_id and a.kind = 'item' and a.owner_id = i.item_id) used
      from payment_items i where i.chain_id = ${chainId} and i.location_id = ${locationId}
     order by i.archived_at is not null, i.position, i.item_id`.execute(q);
  const standard = Object.entries(standardItems).map(
    ([id, direction]): PaymentItem => ({ id, name: '', standard: true, direction, version: 0, used: true, archivedAt: null }),
  );
  return [...standard, ...rows.map((row) => ({ ...row, standard: false, archivedAt: row.archivedAt?.toISOString() ?? null }))];
}

/** Which way money goes under it; undefined: no item that something can be written down under now. What fills a client's account goes through that account. */
export async function directionOfItem(q: Queryable, { chainId, locationId }: Scope, itemId: string): Promise<'in' | 'out' | undefined> {
  if (itemId === 'top_ups') return undefined;
  if (Object.hasOwn(standardItems, itemId)) return standardItems[itemId as keyof typeof standardItems];
  const { rows } = await sql<{ direction: 'in' | 'out' }>`
    select direction from payment_items
     where chain_id = ${chainId} and location_id = ${locationId} and item_id = ${itemId} and archived_at is null for share`.execute(q);
  return rows[0]?.direction;
}
