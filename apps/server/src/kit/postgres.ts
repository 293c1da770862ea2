import pg from 'pg';
import { listenOn } from './postgres-listen.ts';
import type { SqlSource } from './sql-source.ts';

const INT8 = 20;
const DATE = 1082;

/** Money and counts as `bigint`, days as text; the rest as `pg` has it. */
export const rowTypes = {
  getTypeParser: (oid: number, format?: string) => {
    if (oid === INT8) return BigInt;
    if (oid === DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

/**
 * A real PostgreSQL (15 or newer), `connections` at most at once from this process. With a `patience` of 10 everything may take ten times as long
 * before it counts as hanging.
 */
export function postgresSource(url: string, { connections = 20, patience = 1 }: { connections?: number; patience?: number } = {}): SqlSource {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    options: '-c timezone=UTC',
    // a server that is not there, a statement that does not end and a peer that stalls with locks must not take everybody with them
    connectionTimeoutMillis: 20_000 * patience,
    statement_timeout: 30_000 * patience,
    idle_in_transaction_session_timeout: 30_000 * patience,
    types: rowTypes,
  });
  // An idle connection that breaks (the server restarts) must not take the process with it; the next query gets a new one.
  pool.on('error', () => {});
  // Nor must one that breaks while it is in use: whoever uses it is told by their query.
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    async connect() {
      const client = await pool.connect();
      return {
        async query(text, values = [], name) {
          const answer = await client.query({ text, values: values as unknown[], ...(name ? { name } : {}) });
          return { rows: answer.rows, affected: answer.rowCount ?? 0 };
        },
        release: (broken) => client.release(broken),
      };
    },
    listen: (channel, listener) => listenOn(url, channel, listener),
    close: () => pool.end(),
  };
}
