import type { OrderChange } from '@holdfast/contract/catalog';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import { Problem } from '../kit/problem.ts';
import type { CatalogContext, Editor } from './context.ts';
import { reorder } from './decide-change.ts';
import { categories, lockCatalog, services, staff } from './store.ts';

const tables = {
  categories: { table: 'service_categories', id: 'category_id', read: categories },
  services: { table: 'services', id: 'service_id', read: services },
  staff: { table: 'staff', id: 'staff_id', read: staff },
} as const;

/** Puts lines in the owner's order: what clients and the calendar see. */
export async function orderCatalog(ctx: CatalogContext, { who, place }: Editor, { of, ids }: OrderChange): Promise<void> {
  const { chainId, locationId } = place.scope;
  const { table, id, read } = tables[of];
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, place.scope);
    const before = (await read(tx, place.scope)).map((row) => row.id);
    if (new Set(ids).size < ids.length) throw new Problem('invalid_request', 400, 'One line is named twice.');
    if (!ids.every((one) => before.includes(one))) throw new Problem('not_found', 404, 'Something in this order is not there.');
    const after = reorder(before, ids);
    if (after.every((one, line) => one === before[line])) return;
    await sql`
      update ${sql.table(table)} t set position = o.no - 1 from unnest(${[...after]}::text[]) with ordinality o (id, no)
       where t.chain_id = ${chainId} and t.location_id = ${locationId} and t.${sql.ref(id)} = o.id and t.position <> o.no - 1`.execute(tx);
    await noteAudit(tx, ctx, who, {
      action: `${of}.ordered`,
      subject: { kind: 'location', id: locationId },
      locationId,
      before: { order: before },
      after: { order: after },
    });
  });
}
