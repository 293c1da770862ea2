import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createDatabase, type Database } from '../kit/database.ts';
import { postgresSource } from '../kit/postgres.ts';
import type { SqlSource } from '../kit/sql-source.ts';
import { PATIENCE } from './patience.ts';
import { withDatabase } from './start-postgres.ts';

export interface TestDatabase extends Database {
  readonly url: string;
}

/** An empty, migrated database on the tests' PostgreSQL, for one test file or one test. `wrap` may stand between it and the rooms. */
export async function testDatabase({ connections = 20, wrap = (source: SqlSource) => source } = {}): Promise<TestDatabase> {
  const { url, drop } = await copyDatabase();
  const database = createDatabase(wrap(postgresSource(url, { connections, patience: PATIENCE })));
  return {
    ...database,
    url,
    async close() {
      await database.close();
      await drop();
    },
  };
}

/** A copy of the migrated template, or of another database that nobody has open. What has had that `name` is gone. */
export async function copyDatabase({ of = 'holdfast_template', as }: { readonly of?: string; readonly as?: string } = {}): Promise<{
  readonly url: string;
  drop(): Promise<void>;
}> {
  const name = as ?? `test_${randomBytes(8).toString('hex')}`;
  const server = inject('postgresUrl');
  const drop = () => onServer(server, `drop database if exists ${name} with (force)`);
  if (as) await drop();
  await onServer(server, `create database ${name} template ${of} strategy file_copy`);
  return { url: withDatabase(server, name), drop };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // two files copying the template at once would refuse each other
    await client.query('select pg_advisory_lock(77)');
    await client.query(statement);
  } finally {
    await client.end();
  }
}
