import { sql } from 'kysely';
import type { Database, Queryable } from '../kit/database.ts';
import { tenantTables } from './tenant-tables.ts';

/** What an id is of (`service`, from `service_id`) → the ids of it that this chain has, newest rows or not. With `locationId` only of that location. */
export async function idsOfChain(q: Queryable, chainId: string, locationId?: string, limit = 3): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = new Map<string, Set<string>>();
  for (const { name: table, key, columns, checks } of await tenantTables(q)) {
    const hasPlace = columns.some(({ name }) => name === 'location_id');
    if (locationId !== undefined && !hasPlace) continue;
    // a language or a kind in a key is no id
    const isId = (name: string) =>
      name !== 'chain_id' &&
      name.endsWith('_id') &&
      columns.find((one) => one.name === name)?.type === 'text' &&
      !checks.some((check) => check.includes(`(${name} = ANY`));
    for (const column of key.filter(isId)) {
      const { rows } = await sql<{ id: string }>`
        select ${sql.ref(column)} id from ${sql.table(table)}
         where chain_id = ${chainId} and ${locationId !== undefined ? sql`location_id = ${locationId}` : sql`true`} limit ${limit}`.execute(q);
      const kind = column.replace(/_id$/, '');
      ids.set(kind, new Set([...(ids.get(kind) ?? []), ...rows.map(({ id }) => id).filter((id) => id !== '')]));
    }
  }
  return new Map([...ids].filter(([, all]) => all.size > 0).map(([kind, all]) => [kind, [...all]]));
}

/** What is taken from these by whoever looks next, on the way to the calendars: they hold nothing that lasts. */
const PASSING: ReadonlySet<string> = new Set(['live_changes']);

/** What all rows of a chain (or of one location of it) are: the same before and after means nothing was changed, added or taken away. */
export async function hashOfChain(q: Queryable, chainId: string, locationId?: string): Promise<Readonly<Record<string, string>>> {
  const tables = (await tenantTables(q)).filter(
    ({ name, columns }) => !PASSING.has(name) && (locationId === undefined || columns.some(({ name }) => name === 'location_id')),
  );
  const { rows } = await sql<{ name: string; hash: string }>`${sql.join(
    tables.map(
      ({ name }) => sql`
        select ${name} name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') hash from ${sql.table(name)} t
         where chain_id = ${chainId} and ${locationId !== undefined ? sql`location_id = ${locationId}` : sql`true`}`,
    ),
    sql` union all `,
  )}`.execute(q);
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}

/**
 * A second chain that has all that the first one has, under other ids (`b_…`): every reference inside it is as good as in the first.
 */
export async function cloneChain(db: Database, chainId: string, mark: string): Promise<string> {
  const ids = [...(await idsOfChain(db.read, chainId, undefined, 10_000)).values()].flat();
  const slugs = await sql<{ slug: string }>`select slug from chains where chain_id = ${chainId}`.execute(db.read);
  const names = [...ids, chainId, ...slugs.rows.map(({ slug }) => slug)];
  await db.transaction(async (tx) => {
    // as if it had been restored from a copy: no triggers, no order
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const { name: table, written } of await tenantTables(tx)) {
      const { rows } = await sql<{ row: string }>`select row_to_json(t)::text as row from ${sql.table(table)} t where chain_id = ${chainId}`.execute(
        tx,
      );
      for (const { row } of rows) {
        const copy = names.reduce((text, one) => text.replaceAll(`"${one}"`, `"${mark}_${one}"`), row);
        const columns = sql.join(written.map((column) => sql.ref(column)));
        await sql`insert into ${sql.table(table)} (${columns}) select ${columns} from json_populate_record(null::${sql.table(table)}, ${copy}::json)`.execute(
          tx,
        );
      }
    }
  });
  return `${mark}_${chainId}`;
}
