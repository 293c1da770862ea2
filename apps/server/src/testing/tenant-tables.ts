import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

export interface Table {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly Column[];
  /** Those that are not generated. */
  readonly written: readonly string[];
  readonly checks: readonly string[];
  /** Foreign keys: own column → the other table's. */
  readonly refers: readonly { readonly table: string; readonly columns: Readonly<Record<string, string>> }[];
}

const known = new WeakMap<Queryable, readonly Table[]>();

/** Every table that belongs to tenants, as the database itself describes it: a new one is here by itself. */
export async function tenantTables(q: Queryable): Promise<readonly Table[]> {
  const kept = known.get(q);
  if (kept) return kept;
  const { rows } = await sql<Table>`
    select c.relname name,
      (select coalesce(array_agg(a.attname::text order by k.n), '{}') from pg_constraint p, unnest(p.conkey) with ordinality k (num, n), pg_attribute a
        where p.conrelid = c.oid and p.contype = 'p' and a.attrelid = c.oid and a.attnum = k.num) key,
      (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') written,
      (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'optional', not a.attnotnull or a.atthasdef or a.attidentity <> ''))
         from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) columns,
      (select coalesce(jsonb_agg(pg_get_constraintdef(p.oid)), '[]') from pg_constraint p where p.conrelid = c.oid and p.contype = 'c') checks,
      (select coalesce(jsonb_agg(jsonb_build_object('table', f.relname, 'columns', (
          select jsonb_object_agg(a.attname, b.attname) from unnest(p.conkey, p.confkey) k (own, other)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = k.own join pg_attribute b on b.attrelid = f.oid and b.attnum = k.other))), '[]')
         from pg_constraint p join pg_class f on f.oid = p.confrelid where p.conrelid = c.oid and p.contype = 'f') refers
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'chain_id')
     order by c.relname`.execute(q);
  known.set(q, rows);
  return rows;
}
