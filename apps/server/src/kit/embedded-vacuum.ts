import type { Logger } from 'pino';
import type { EmbeddedSource } from './embedded.ts';
import type { SqlAnswer } from './sql-source.ts';

export interface Vacuuming {
  /** Looks whether it is time, and cleans up if so; answers whether it did. */
  look(): Promise<boolean>;
  start(): void;
  /** Finishes what is under way and does no more. */
  stop(): Promise<void>;
}

export interface VacuumHabits {
  readonly log: Logger;
  /** When nobody uses the database, and something was written. */
  readonly everyMinutes?: number;
  /** Even when somebody uses it: write-ahead log since the last time. */
  readonly afterBytes?: bigint;
  /** A steady clock, in milliseconds. This is housekeeping of the machine's: it does not follow the clock that decides. */
  readonly elapsed?: () => number;
}

const LOOK_EVERY_MS = 30_000;

/**
 * Does what a PostgreSQL server's background processes would: the embedded one has none. Without VACUUM every change leaves its old row behind
 * for ever; without ANALYZE the planner guesses; without CHECKPOINT the write-ahead log only grows, and the next start after a crash replays
 * all of it.
 */
export function createVacuuming(
  source: EmbeddedSource,
  { log, everyMinutes = 10, afterBytes = 32n * 1024n * 1024n, elapsed = () => performance.now() }: VacuumHabits,
): Vacuuming {
  let lastAt = elapsed();
  let lastWritten: bigint | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<boolean> = Promise.resolve(false);
  let stopped = false;

  const lookOnce = async (): Promise<boolean> => {
    if (stopped) return false;
    const idle = !source.busy;
    const written = await writtenBytes(source);
    lastWritten ??= written;
    const grown = written - lastWritten;
    const isTime = grown >= afterBytes || (idle && grown > 0n && elapsed() - lastAt >= everyMinutes * 60_000);
    if (!isTime) return false;
    const began = elapsed();
    await vacuum(source, () => stopped);
    lastAt = elapsed();
    lastWritten = await writtenBytes(source);
    log.debug({ ms: Math.round(lastAt - began), writtenBytes: grown }, 'the embedded database was vacuumed');
    return true;
  };

  return {
    look() {
      running = running.catch(() => false).then(lookOnce);
      return running;
    },
    start() {
      timer = setInterval(() => {
        this.look().catch((error: unknown) => log.error({ err: error }, 'vacuuming failed; it is tried again'));
      }, LOOK_EVERY_MS);
      timer.unref();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running.catch(() => {});
    },
  };
}

/** Cleans every table, one at a time, so that whoever waits for the one connection waits for one table at most. */
async function vacuum(source: EmbeddedSource, isEnough: () => boolean): Promise<void> {
  const { rows } = await ask(
    source,
    "select quote_ident(relname) as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
  );
  for (const { name } of rows as { name: string }[]) {
    if (isEnough()) return;
    await ask(source, `vacuum (analyze) ${name}`);
  }
  await ask(source, 'checkpoint');
}

/** How far the write-ahead log has come since the database was made. */
async function writtenBytes(source: EmbeddedSource): Promise<bigint> {
  const { rows } = await ask(source, "select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint as bytes");
  return (rows[0] as { bytes: bigint }).bytes;
}

async function ask(source: EmbeddedSource, text: string): Promise<SqlAnswer> {
  const connection = await source.connect();
  try {
    return await connection.query(text);
  } finally {
    connection.release();
  }
}
