import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { describeSchema } from './describe-schema.ts';
import { type EmbeddedSource, embeddedSource } from './embedded.ts';
import { migrate } from './migrate.ts';
import { postgresSource } from './postgres.ts';
import type { SqlSource } from './sql-source.ts';

const inRepository = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const all = readdirSync(inRepository('db/migrations')).sort();

let embedded: EmbeddedSource;
let db: TestDatabase;
let server: SqlSource;
beforeAll(async () => {
  [embedded, db] = await Promise.all([embeddedSource('memory'), testDatabase()]);
  server = postgresSource(db.url, { connections: 4 });
  await empty(server);
});
afterAll(async () => {
  await server.close();
  await Promise.all([embedded.close(), db.close()]);
});

async function empty(source: SqlSource): Promise<void> {
  const connection = await source.connect();
  await connection.query('drop schema public cascade; create schema public');
  connection.release();
}

test('every migration applies on the embedded database, in order and once', async () => {
  const told: string[] = [];
  expect(await migrate(embedded, (name) => told.push(name))).toEqual(all);
  expect(told).toEqual(all);
  expect(await migrate(embedded)).toEqual([]);
});

test('three processes that start at once on one server apply every migration once', async () => {
  const applied = await Promise.all([migrate(server), migrate(server), migrate(server)]);
  expect(applied.flat()).toEqual(all);
});

test('the embedded database and a server have the same schema afterwards', async () => {
  expect(await describeSchema(embedded)).toBe(await describeSchema(server));
});

test('db/schema.sql shows the schema that the migrations make (if not: npm run schema)', async () => {
  const shown = readFileSync(inRepository('db/schema.sql'), 'utf8');
  expect(shown === (await describeSchema(embedded)) ? 'up to date' : 'out of date: run "npm run schema" and commit db/schema.sql').toBe('up to date');
});

test('every table begins its key with the tenant', async () => {
  const connection = await embedded.connect();
  const { rows } = await connection.query(`
    select c.relname as name from pg_class c
      left join pg_index i on i.indrelid = c.oid and i.indisprimary
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attname is distinct from 'chain_id' order by 1`);
  connection.release();
  // whoever tries to sign in names no tenant; what waits to be told passes through and has no key at all
  const ofTheWholeInstallation = ['installation', 'schema_migrations', 'sign_in_tries', 'live_changes'];
  expect(rows.map((row) => (row as { name: string }).name).filter((name) => !ofTheWholeInstallation.includes(name))).toEqual([]);
});

test('an old migration that was changed is refused by name, and a database from before that was looked at is taken as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-migrations-'));
  const names = ['0001_first.sql', '0002_second.sql'];
  writeFileSync(join(folder, '0001_first.sql'), 'create table first (n int);\n');
  writeFileSync(join(folder, '0002_second.sql'), 'create table second (n int);\n');
  await empty(server);
  expect(await migrate(server, () => {}, folder)).toEqual(names);
  // line endings are the checkout's
  writeFileSync(join(folder, '0001_first.sql'), 'create table first (n int);\r\n');
  expect(await migrate(server, () => {}, folder)).toEqual([]);
  writeFileSync(join(folder, '0001_first.sql'), 'create table first (n bigint);\n');
  await expect(migrate(server, () => {}, folder)).rejects.toThrow(/0001_first\.sql is not the one that this database has applied/);
  const connection = await server.connect();
  await connection.query('update schema_migrations set checksum = null');
  connection.release();
  expect(await migrate(server, () => {}, folder)).toEqual([]);
  writeFileSync(join(folder, '0002_second.sql'), 'create table second (n bigint);\n');
  await expect(migrate(server, () => {}, folder)).rejects.toThrow(/0002_second/);
  rmSync(folder, { recursive: true });
});

test('a database that a newer version has migrated is left alone', async () => {
  const connection = await embedded.connect();
  await connection.query("insert into schema_migrations (name) values ('9999_from_the_future.sql')");
  connection.release();
  await expect(migrate(embedded)).rejects.toThrow(/9999_from_the_future\.sql.*newer version/);
});
