import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { WorkerWire } from './embedded-wire.ts';
import type { FromWorker, ToWorker } from './embedded-worker.ts';
import { rowTypes } from './postgres.ts';
import type { SqlConnection, SqlListener, SqlSource } from './sql-source.ts';

export interface EmbeddedSource extends SqlSource {
  /** Whether anybody holds the one connection or waits for it. */
  readonly busy: boolean;
  /** Resolves when the database has stopped by itself, which it should not: then the process had better start again. */
  readonly stopped: Promise<Error>;
}

/**
 * PostgreSQL inside this process (PGlite, in a worker thread): in `folder` (made if it is not there, locked against any other process, every
 * write synced), or in `'memory'`.
 *
 * There is one connection, handed out in turn. It is spoken to through `pg` like a server, so values, rows and errors are the same as there.
 */
export async function embeddedSource(folder: string): Promise<EmbeddedSource> {
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
    workerData: { folder: folder === 'memory' ? undefined : resolve(folder) },
    execArgv: [],
  });
  await isReady(worker);
  const stopped = Promise.withResolvers<Error>();
  const wire = new WorkerWire(worker);
  let closing = false;
  let failure: Error | undefined;
  const exited = new Promise<void>((done) => worker.once('exit', () => done()));
  const stop = (why: Error) => {
    if (closing || failure) return;
    failure = why;
    stopped.resolve(why);
    wire.destroy(why);
  };
  worker.on('message', (word: FromWorker) => {
    if (word.kind === 'failed') stop(new Error(word.message));
  });
  worker.on('error', (error) => stop(new Error(`The embedded database has stopped: ${(error as Error).message}`, { cause: error })));
  worker.on('exit', (code) => stop(new Error(`The embedded database has stopped (${code}).`)));

  const client = new pg.Client({ stream: () => wire, user: 'postgres', database: 'postgres', types: rowTypes });
  // A broken wire is told to whoever is asking; nobody may be.
  client.on('error', () => {});
  await client.connect();
  await client.query("set time zone 'UTC'");

  const listeners = new Map<string, Set<SqlListener>>();
  client.on('notification', ({ channel, payload }) => {
    for (const listener of listeners.get(channel) ?? []) listener.heard(payload ?? '');
  });

  let last = Promise.resolve();
  let held = 0;

  const source: EmbeddedSource = {
    stopped: stopped.promise,
    get busy() {
      return held > 0;
    },
    async connect() {
      if (closing) throw new Error('The embedded database is closed.');
      if (failure) throw failure;
      held++;
      const turn = last;
      const { promise, resolve: hand } = Promise.withResolvers<void>();
      last = promise;
      await turn;
      return connectionOn(client, () => {
        held--;
        hand();
      });
    },
    // one connection for everything, so it also hears what it has said itself
    async listen(channel, listener) {
      const others = listeners.get(channel);
      if (others) others.add(listener);
      else {
        listeners.set(channel, new Set([listener]));
        const connection = await source.connect();
        await connection.query(`listen ${pg.escapeIdentifier(channel)}`).finally(() => connection.release());
      }
      return {
        close: async () => {
          listeners.get(channel)?.delete(listener);
        },
      };
    },
    async close() {
      if (closing) return;
      await last;
      closing = true;
      worker.postMessage({ kind: 'close' } satisfies ToWorker);
      await exited;
      wire.destroy();
    },
  };
  return source;
}

function connectionOn(client: pg.Client, hand: () => void): SqlConnection {
  let mine = true;
  return {
    async query(text, values = [], name) {
      if (!mine) throw new Error('bug: a connection was used after its release');
      const answers = await client.query({ text, values: values as unknown[], ...(name ? { name } : {}) });
      // several statements give several answers; the last one counts
      const answer = (Array.isArray(answers) ? answers.at(-1) : answers) as pg.QueryResult;
      return { rows: answer.rows, affected: answer.rowCount ?? 0 };
    },
    release() {
      if (!mine) throw new Error('bug: a connection was released twice');
      mine = false;
      if (client.getTransactionStatus() === 'I') hand();
      // the next one must not find itself in somebody's half-finished transaction
      else client.query('rollback').then(hand, hand);
    },
  };
}

async function isReady(worker: Worker): Promise<void> {
  const { promise, resolve: done, reject } = Promise.withResolvers<void>();
  worker.once('error', reject);
  worker.once('message', (word: FromWorker) => {
    if (word.kind === 'ready') done();
    else reject(new Error(word.kind === 'failed' ? word.message : 'bug: the embedded database spoke before it was ready'));
  });
  await promise.catch(async (error: Error) => {
    await worker.terminate();
    throw error;
  });
  worker.off('error', reject);
}
