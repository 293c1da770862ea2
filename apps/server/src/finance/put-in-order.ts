import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import type { AtWork } from './context.ts';

const lists = {
  registers: { table: 'cash_registers', id: 'account_id' },
  payment_items: { table: 'payment_items', id: 'item_id' },
} as const;

/**
 * Puts registers or own payment items in the owner's order. Refuses with `not_found` what is not there, with `changed_meanwhile` an order in which one is
 * missing: somebody has added it meanwhile.
 */
export async function putInOrder(deps: Deps, { who, place }: AtWork, of: keyof typeof lists, ids: readonly string[]): Promise<void> {
  const { chainId, locationId } = place.scope;
  const { table, id } = lists[of];
  if (new Set(ids).size < ids.length) throw new Problem('invalid_request', 400, 'One line is named twice.');
  await deps.db.transaction(async (tx) => {
    await sql`select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} for no key update`.execute(tx);
    const { rows } = await sql<{ id: string }>`
      select ${sql.ref(id)} id from ${sql.table(table)}
       where chain_id = ${chainId} and location_id = ${locationId} and archived_at is null order by position, ${sql.ref(id)}`.execute(tx);
    const before = rows.map((row) => row.id);
    if (!ids.every((one) => before.includes(one))) throw new Problem('not_found', 404, 'Something in this order is not there.');
    if (ids.length < before.length) throw new Problem('changed_meanwhile', 409, 'There is one more by now.', { order: before });
    if (ids.every((one, line) => one === before[line])) return;
    await sql`
      update ${sql.table(table)} t set position = o.no - 1 from unnest(${[...ids]}::text[]) with ordinality o (id, no)
       where t.chain_id = ${chainId} and t.location_id = ${locationId} and t.${sql.ref(id)} = o.id and t.position <> o.no - 1`.execute(tx);
    await noteAudit(tx, deps, who, {
      action: `${of}.ordered`,
      subject: { kind: 'location', id: locationId },
      locationId,
      before: { order: before },
      after: { order: ids },
    });
  });
}
