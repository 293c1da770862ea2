import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { NewId } from '../kit/new-id.ts';

type Row = Readonly<Record<string, unknown>>;

/** In the order in which they can be filled. `ids`: the columns that name a row of the location, with the kind their new names get. */
const catalogue: readonly Copied[] = [
  { table: 'service_categories', ids: { category_id: 'cat' } },
  { table: 'services', ids: { service_id: 'srv', category_id: 'cat' } },
];
const team: readonly Copied[] = [
  { table: 'positions', ids: { position_id: 'pos' } },
  { table: 'staff', ids: { staff_id: 'stf', position_id: 'pos' } },
  { table: 'staff_services', ids: { staff_id: 'stf', service_id: 'srv' } },
  { table: 'staff_week_hours', ids: { staff_id: 'stf' } },
];

interface Copied {
  readonly table: string;
  readonly ids: Readonly<Record<string, string>>;
}

/**
 * Gives a new location what another one of its chain has: everything under new names, nothing of it shared. `withoutPrices`: in another currency the
 * numbers would mean something else, so services cost nothing, team members have no prices of their own, and nothing is bookable online until it has
 * a price. What is archived stays behind.
 */
export async function copyLocation(
  tx: Tx,
  newId: NewId,
  from: Scope,
  to: Scope,
  what: { readonly catalogue: boolean; readonly staff: boolean; readonly withoutPrices: boolean },
): Promise<void> {
  const named = new Map<string, string>();
  const newName = (old: unknown, kind: string): unknown => {
    if (typeof old !== 'string') return old;
    const name = named.get(old) ?? newId(kind);
    named.set(old, name);
    return name;
  };
  const copied = new Set<unknown>();
  for (const { table, ids } of [...(what.catalogue ? catalogue : []), ...(what.catalogue && what.staff ? team : [])]) {
    const { rows } = await sql<{ row: Row }>`
      select to_jsonb(t) row from ${sql.table(table)} t where chain_id = ${from.chainId} and location_id = ${from.locationId}`.execute(tx);
    const mine = rows.flatMap(({ row }) => {
      // a row that names something that stayed behind stays behind as well
      const [first = '', ...others] = Object.keys(ids);
      const makesName = table !== 'staff_services' && table !== 'staff_week_hours';
      if (row['archived'] === true) return [];
      if (!makesName && !Object.keys(ids).every((column) => copied.has(row[column]))) return [];
      if (makesName && others.some((column) => row[column] !== null && !copied.has(row[column]))) return [];
      if (makesName) copied.add(row[first]);
      const renamed = Object.fromEntries(Object.entries(ids).map(([column, kind]) => [column, newName(row[column], kind)]));
      return [{ ...row, ...renamed, location_id: to.locationId, ...(what.withoutPrices ? noPrice(table) : {}) }];
    });
    if (mine.length === 0) continue;
    await sql`insert into ${sql.table(table)} select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(mine)}::jsonb)`.execute(
      tx,
    );
  }
}

function noPrice(table: string): Row {
  if (table === 'services') return { price_min_minor: 0, price_max_minor: 0, online_booking: false };
  if (table === 'staff_services') return { price_min_minor: null, price_max_minor: null };
  return {};
}
