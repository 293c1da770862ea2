import pg from 'pg';
import type { SqlListener, SqlListening } from './sql-source.ts';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** A line that died without a word is noticed by this. */
const PROBE_MS = 20_000;

/**
 * A connection of its own that hears one channel. When it breaks it is made again, without end, and the gap is told: what was notified meanwhile is lost.
 * Resolves when it listens for the first time.
 */
export async function listenOn(url: string, channel: string, listener: SqlListener): Promise<SqlListening> {
  let closed = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let waitMs = FIRST_WAIT_MS;

  const begin = async (): Promise<void> => {
    const mine = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000, query_timeout: 10_000 });
    let broken = false;
    const lost = () => {
      if (broken) return;
      broken = true;
      clearTimeout(timer);
      if (client === mine) client = undefined;
      void mine.end().catch(() => {});
      if (!closed) timer = later(() => void again(), waitMs);
    };
    mine.on('error', lost);
    mine.on('end', lost);
    mine.on('notification', ({ payload }) => {
      if (!closed) listener.heard(payload ?? '');
    });
    try {
      await mine.connect();
      await mine.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      broken = true;
      void mine.end().catch(() => {});
      throw error;
    }
    client = mine;
    waitMs = FIRST_WAIT_MS;
    const probe = () => {
      timer = later(() => void mine.query('select 1').then(probe, lost), PROBE_MS);
    };
    probe();
  };

  const again = async (): Promise<void> => {
    if (closed) return;
    try {
      await begin();
      if (!closed) listener.gap();
      else await client?.end();
    } catch {
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      if (!closed) timer = later(() => void again(), waitMs);
    }
  };

  await begin();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}

function later(run: () => void, ms: number): NodeJS.Timeout {
  return setTimeout(run, ms).unref();
}
