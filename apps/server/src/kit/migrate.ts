import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SqlSource } from './sql-source.ts';

const FOLDER = fileURLToPath(new URL('../../../../db/migrations/', import.meta.url));
const ONE_AT_A_TIME = 4_867_330_501;

/**
 * Brings the schema up to date, forward only; several processes may start at once. Answers the names of what it applied. Refuses a database that a newer version
 * has migrated, and one that applied another text under the same name: nobody would know what its schema is.
 */
export async function migrate(source: SqlSource, tell: (name: string) => void = () => {}, folder = FOLDER): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort();
  const connection = await source.connect();
  const applied: string[] = [];
  try {
    // waiting for another process that migrates, and migrating much, may take long
    await connection.query('set statement_timeout = 0');
    await connection.query('select pg_advisory_lock($1)', [ONE_AT_A_TIME]);
    await connection.query('create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())');
    await connection.query('alter table schema_migrations add column if not exists checksum text');
    const { rows } = await connection.query('select name, checksum from schema_migrations order by name');
    const known = new Map(rows.map((row) => row as { name: string; checksum: string | null }).map(({ name, checksum }) => [name, checksum]));
    const textOf = (name: string) => readFile(`${folder}/${name}`, 'utf8');
    for (const [name, checksum] of known) {
      if (!names.includes(name)) throw new Error(`The database has migration ${name}, which this version does not know: start a newer version.`);
      const now = checksumOf(await textOf(name));
      // applied before checksums were kept: what is there now is what it is held to
      if (checksum === null) await connection.query('update schema_migrations set checksum = $2 where name = $1', [name, now]);
      else if (checksum !== now)
        throw new Error(
          `Migration ${name} is not the one that this database has applied: put that file back as it was, and write what is new into a new one.`,
        );
    }
    for (const name of names.filter((one) => !known.has(one))) {
      tell(name);
      const text = await textOf(name);
      await connection.query('begin');
      try {
        await connection.query(text);
        await connection.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksumOf(text)]);
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

/** The same wherever the file was checked out. */
function checksumOf(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}
