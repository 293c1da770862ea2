import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../kit/migrate.ts';
import { postgresSource } from '../kit/postgres.ts';
import { throwAwayServer } from './throw-away-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/**
 * A real PostgreSQL for the tests: the one TEST_DATABASE_URL names (a role that may create databases), or a throw-away server from the binaries
 * that npm brought. It is migrated once into a template, and each test file takes copies of that.
 */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given ? { url: given, stop: async () => {} } : await throwAwayServer({ durable: false });
  try {
    const admin = new pg.Client({ connectionString: server.url });
    await admin.connect();
    await admin.query('drop database if exists holdfast_template');
    await admin.query('create database holdfast_template');
    await admin.end();
    const template = postgresSource(withDatabase(server.url, 'holdfast_template'), { connections: 1 });
    await migrate(template);
    await template.close();
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
