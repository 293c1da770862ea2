import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { type Table, tenantTables } from './tenant-tables.ts';

/**
 * At least one row in every table for this chain, made up from what the database says about its columns: ids are `<mark>_<table>`. Answers the tables in
 * which no row could be made up, with the reason.
 */
export async function fillChain(
  q: Queryable,
  {
    chainId,
    locationId,
    mark,
    made = {},
  }: { chainId: string; locationId: string; mark: string; made?: Readonly<Record<string, Readonly<Record<string, unknown>>>> },
): Promise<ReadonlyMap<string, string>> {
  const tables = await tenantTables(q);
  let empty = new Map<string, string>();
  for (let pass = 0; pass < 8; pass++) {
    const before = empty.size;
    empty = new Map();
    for (const table of tables) {
      const hasPlace = table.columns.some(({ name }) => name === 'location_id');
      const scope = sql`chain_id = ${chainId} and ${hasPlace ? sql`location_id = ${locationId}` : sql`true`}`;
      const { rows } = await sql`select 1 from ${sql.table(table.name)} where ${scope} limit 1`.execute(q);
      if (rows.length > 0) continue;
      try {
        const row = { ...(await makeUp(q, table, { chainId, locationId, mark })), ...made[table.name] };
        const names = Object.keys(row);
        await sql`insert into ${sql.table(table.name)} (${sql.join(names.map((name) => sql.ref(name)))}) values (${sql.join(Object.values(row))})`.execute(
          q,
        );
      } catch (error) {
        empty.set(table.name, (error as Error).message);
      }
    }
    if (empty.size === 0 || (pass > 0 && empty.size === before)) break;
  }
  return empty;
}

async function makeUp(
  q: Queryable,
  { name: table, key, columns, checks, refers }: Table,
  { chainId, locationId, mark }: { chainId: string; locationId: string; mark: string },
): Promise<Record<string, unknown>> {
  const row: Record<string, unknown> = {};
  for (const { name, type, optional } of columns) {
    if (optional && !key.includes(name) && name !== 'location_id') continue;
    row[name] = valueFor(table, name, type, checks, mark);
  }
  row['chain_id'] = chainId;
  if (columns.some(({ name }) => name === 'location_id')) row['location_id'] = locationId;
  for (const { table: other, columns: pairs } of refers) {
    const own = Object.keys(pairs);
    if (!own.every((name) => name in row)) continue;
    const fixed = own.filter((name) => name === 'chain_id' || name === 'location_id');
    const { rows } = await sql<Record<string, unknown>>`
      select * from ${sql.table(other)} where ${sql.join(
        fixed.map((name) => sql`${sql.ref(pairs[name] ?? name)} = ${row[name]}`),
        sql` and `,
      )} limit 1`.execute(q);
    for (const name of own) if (rows[0]) row[name] = rows[0][pairs[name] ?? name];
  }
  return row;
}

const byName: Readonly<Record<string, string>> = {
  currency: 'EUR',
  country: 'PT',
  time_zone: 'Europe/Lisbon',
  phone: '+351912345678',
  provider: 'stripe',
};

function valueFor(table: string, name: string, type: string, checks: readonly string[], mark: string): unknown {
  const listed = checks.find((check) => check.includes(`(${name} = ANY`));
  const [, first] = /ARRAY\[\(?'?([^':\],)]+)/.exec(listed ?? '') ?? [];
  if (first !== undefined) return first;
  if (type.endsWith('[]')) return '{}';
  if (type.includes('multirange')) return '{}';
  if (/int|numeric|double/.test(type)) return 1;
  if (type === 'boolean') return false;
  if (type.startsWith('timestamp')) return '2026-03-02T10:00:00Z';
  if (type === 'date') return '2026-03-02';
  if (type === 'tstzrange') return '[2026-03-02T10:00:00Z,2026-03-02T11:00:00Z)';
  if (type.startsWith('json')) return '{}';
  if (type === 'bytea') return Buffer.from([1]);
  if (name.includes('language')) return 'en';
  if (name.includes('email')) return `${mark}_${table}@example.com`;
  return byName[name] ?? `${mark}_${table}`;
}
