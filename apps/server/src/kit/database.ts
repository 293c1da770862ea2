import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, type Transaction } from 'kysely';
import { dialectOn, isSqlError, type SqlListener, type SqlListening, type SqlSource } from './sql-source.ts';

/** Inside a transaction: pass it on to every query; `sql\`…\`.execute(tx)`. */
export type Tx = Transaction<unknown>;
/** Anything SQL can be executed on. */
export type Queryable = Kysely<unknown>;

/**
 * The database as the rooms see it.
 *
 * Money comes back as `bigint`, instants as `Date`, days and ranges as text: the same on both drivers.
 */
export interface Database {
  /** For reads outside a transaction: `sql\`…\`.execute(db.read)`. */
  readonly read: Queryable;
  /** One prepared statement, one round trip, its own transaction: for the few statements that are asked all day. */
  prepared<Row>(name: string, text: string, values: readonly unknown[]): Promise<readonly Row[]>;
  /**
   * All of it or nothing. A deadlock or serialisation failure is tried again (so the deed must have no effect but its writes). Never wait
   * for the network in here, and never use another connection: on the embedded database there is only one, and it would wait for ever.
   */
  transaction<T>(deed: (tx: Tx) => Promise<T>): Promise<T>;
  /** Hears what any process notifies on a channel. */
  listen(channel: string, listener: SqlListener): Promise<SqlListening>;
  close(): Promise<void>;
}

const RETRIED = new Set(['40P01', '40001']);
const insideTransaction = new AsyncLocalStorage<true>();

export function createDatabase(source: SqlSource): Database {
  const guarded: SqlSource = {
    async connect() {
      if (insideTransaction.getStore()) throw new Error('bug: a second connection was asked for inside a transaction');
      return source.connect();
    },
    close: () => source.close(),
  };
  const kysely = new Kysely<unknown>({ dialect: dialectOn(guarded) });
  return {
    read: kysely,
    async prepared<Row>(name: string, text: string, values: readonly unknown[]) {
      for (let again = 0; ; again++) {
        const connection = await guarded.connect();
        let broken: Error | undefined;
        try {
          return (await connection.query(text, values, name)).rows as readonly Row[];
        } catch (error) {
          if (!isSqlError(error)) broken = error as Error;
          if (!(again < 5 && isSqlError(error) && RETRIED.has(error.code))) throw error;
        } finally {
          connection.release(broken);
        }
      }
    },
    async transaction(deed) {
      for (let again = 0; ; again++) {
        try {
          return await kysely.transaction().execute((tx) => insideTransaction.run(true, () => deed(tx)));
        } catch (error) {
          if (!(again < 5 && isSqlError(error) && RETRIED.has(error.code))) throw error;
        }
      }
    },
    async listen(channel, listener) {
      if (!source.listen) throw new Error('bug: this source of connections cannot listen');
      return source.listen(channel, listener);
    },
    async close() {
      await kysely.destroy();
      await source.close();
    },
  };
}
