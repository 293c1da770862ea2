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
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server, `create database ${name} template holdfast_template strategy file_copy`);
  const url = withDatabase(server, name);
  const database = createDatabase(wrap(postgresSource(url, { connections, patience: PATIENCE })));
  return {
    ...database,
    url,
    async close() {
      await database.close();
      await onServer(server, `drop database if exists ${name} with (force)`);
    },
  };
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
