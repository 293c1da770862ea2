import pg from 'pg';
import { migrate } from '../../apps/server/src/kit/migrate.ts';
import { postgresSource } from '../../apps/server/src/kit/postgres.ts';
import { throwAwayServer } from '../../apps/server/src/testing/throw-away-server.ts';

export interface BenchServer {
  /** A new, migrated database; `fill` is run once, then everything is vacuumed and analysed as autovacuum would have done by the next day. */
  database(name: string, fill: (client: pg.Client) => Promise<void>): Promise<string>;
  stop(): Promise<void>;
}

/** A real PostgreSQL that syncs to disk. */
export async function benchServer(): Promise<BenchServer> {
  const server = await throwAwayServer();
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  return {
    async database(name, fill) {
      await admin.query(`create database ${name}`);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      const source = postgresSource(url.href, { connections: 1 });
      await migrate(source);
      await source.close();
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      try {
        await fill(client);
        await client.query('vacuum (analyze)');
      } finally {
        await client.end();
      }
      return url.href;
    },
    async stop() {
      await admin.end();
      await server.stop();
    },
  };
}
