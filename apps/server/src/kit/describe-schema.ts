import type { SqlSource } from './sql-source.ts';

/**
 * The schema as text, from the catalogue: every table with its columns, constraints and indexes, every function and trigger, by name. The same
 * text on every PostgreSQL, the embedded one included.
 */
export async function describeSchema(source: SqlSource): Promise<string> {
  const connection = await source.connect();
  const ask = async <Row>(text: string) => (await connection.query(text)).rows as Row[];
  try {
    const extensions = await ask<{ name: string }>("select extname as name from pg_extension where extname <> 'plpgsql' order by 1");
    const tables = await ask<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname collate "C"`,
    );
    const columns = await ask<ColumnRow>(COLUMNS);
    const constraints = await ask<PartRow>(CONSTRAINTS);
    const indexes = await ask<PartRow>(INDEXES);
    const triggers = await ask<PartRow>(TRIGGERS);
    const functions = await ask<{ definition: string }>(FUNCTIONS);
    const of = <Row extends { readonly of: string }>(rows: Row[], name: string) => rows.filter((row) => row.of === name);
    return [
      '-- Written by `npm run schema` from the migrations: to be read, and to show in a diff what a migration makes. Never run.',
      ...extensions.map(({ name }) => `create extension ${name};`),
      ...tables.map(({ name }) =>
        [
          `create table ${name} (\n${[...columnLines(of(columns, name)), ...of(constraints, name).map((one) => `  ${one.definition}`)].join(',\n')}\n);`,
          ...of(indexes, name).map((one) => `${one.definition};`),
          ...of(triggers, name).map((one) => `${one.definition};`),
        ].join('\n'),
      ),
      ...functions.map(({ definition }) => `${definition.trim().replace(/^CREATE OR REPLACE FUNCTION public\./, 'create function ')};`),
      '',
    ].join('\n\n');
  } finally {
    connection.release();
  }
}

interface PartRow {
  readonly of: string;
  readonly definition: string;
}

interface ColumnRow {
  readonly of: string;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly otherwise: string | null;
}

function columnLines(columns: readonly ColumnRow[]): string[] {
  const widest = Math.max(...columns.map(({ name }) => name.length));
  return columns.map(
    ({ name, type, required, otherwise }) =>
      `  ${name.padEnd(widest)} ${type}${required ? ' not null' : ''}${otherwise === null ? '' : ` default ${otherwise}`}`,
  );
}

const COLUMNS = `
  select c.relname as of, quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
         pg_get_expr(d.adbin, d.adrelid) as otherwise
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
   order by c.relname collate "C", a.attnum`;

// "not null" became a constraint of its own in PostgreSQL 18; it stands at its column
const CONSTRAINTS = `
  select c.relname as of, 'constraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) as definition
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
   where c.relnamespace = 'public'::regnamespace and k.contype in ('p', 'u', 'f', 'c', 'x')
   order by c.relname collate "C", array_position('{p,f,u,x,c}'::text[], k.contype::text), k.conname collate "C"`;

const INDEXES = `
  select c.relname as of, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i
    join pg_class c on c.oid = i.indrelid
    join pg_class x on x.oid = i.indexrelid
   where c.relnamespace = 'public'::regnamespace and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
   order by c.relname collate "C", x.relname collate "C"`;

const TRIGGERS = `
  select c.relname as of, pg_get_triggerdef(t.oid) as definition
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
   where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
   order by c.relname collate "C", t.tgname collate "C"`;

const FUNCTIONS = `
  select pg_get_functiondef(p.oid) as definition
    from pg_proc p
   where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
     and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
   order by p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`;
