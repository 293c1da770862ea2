import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SqlSource } from './sql-source.ts';

const FOLDER = fileURLToPath(new URL('../../../../db/migrations/', import.meta.url));
const ONE_AT_A_TIME = 4_867_330_501;

/** Brings the schema up to date, forward only; several processes may start at once. Answers the names of what it applied. */
export async function migrate(source: SqlSource, tell: (name: string) => void = () => {}): Promise<readonly string[]> {
  const names = (await readdir(FOLDER)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort();
  const connection = await source.connect();
  const applied: string[] = [];
  try {
    // waiting for another process that migrates, and migrating much, may take long
    await connection.query('set statement_timeout = 0');
    await connection.query('select pg_advisory_lock($1)', [ONE_AT_A_TIME]);
    await connection.query('create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())');
    const { rows } = await connection.query('select name from schema_migrations');
    const known = new Set(rows.map((row) => (row as { name: string }).name));
    for (const name of known) {
      if (!names.includes(name)) throw new Error(`The database has migration ${name}, which this version does not know: start a newer version.`);
    }
    for (const name of names.filter((one) => !known.has(one))) {
      tell(name);
      const text = await readFile(`${FOLDER}/${name}`, 'utf8');
      await connection.query('begin');
      try {
        await connection.query(text);
        await connection.query('insert into schema_migrations (name) values ($1)', [name]);
        await connection.query('commit');
      } catch (error) {
        await connection.query('rollback');
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
      }
      applied.push(name);
    }
    return applied;
  } finally {
    await connection.query('select pg_advisory_unlock($1)', [ONE_AT_A_TIME]).catch(() => {});
    await connection.query('reset statement_timeout').catch(() => {});
    connection.release();
  }
}
