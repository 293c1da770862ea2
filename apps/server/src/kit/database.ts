import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, type Transaction } from 'kysely';
import { dialectOn, isSqlError, type SqlListener, type SqlListening, type SqlSource } from './sql-source.ts';

/** Inside a transaction: pass it on to every query; `sql\`…\`.execute(tx)`. */
export type Tx = Transaction<unknown>;
/** Anything SQL can be executed on. */
export type Queryable = Kysely<unknown>;

/** One statement, prepared once per connection; its own transaction. */
export interface Prepared {
  prepared<Row>(name: string, text: string, values: readonly unknown[]): Promise<readonly Row[]>;
}

/**
 * The database as the rooms see it.
 *
 * Money comes back as `bigint`, instants as `Date`, days and ranges as text: the same on both drivers.
 */
export interface Database extends Prepared {
  /** For reads outside a transaction: `sql\`…\`.execute(db.read)`. */
  readonly read: Queryable;
  /** One prepared statement, one round trip, its own transaction: for the few statements that are asked all day. */
  prepared<Row>(name: string, text: string, values: readonly unknown[]): Promise<readonly Row[]>;
  /**
   * Several of them one after the other, on a connection that is not given to others in between: in a crowd what the first one read is not old
   * by everybody else's turn when the second one acts on it. Never use another connection in here.
   */
  onOneConnection<T>(deed: (connection: Prepared) => Promise<T>): Promise<T>;
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
    prepared: (name, text, values) => onOneConnection(guarded, (connection) => connection.prepared(name, text, values)),
    onOneConnection: (deed) => onOneConnection(guarded, (connection) => insideTransaction.run(true, () => deed(connection))),
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

async function onOneConnection<T>(source: SqlSource, deed: (connection: Prepared) => Promise<T>): Promise<T> {
  const connection = await source.connect();
  let broken: Error | undefined;
  const prepared = async <Row>(name: string, text: string, values: readonly unknown[]): Promise<readonly Row[]> => {
    for (let again = 0; ; again++) {
      try {
        return (await connection.query(text, values, name)).rows as readonly Row[];
      } catch (error) {
        if (!isSqlError(error)) broken = error as Error;
        if (!(again < 5 && isSqlError(error) && RETRIED.has(error.code))) throw error;
      }
    }
  };
  try {
    return await deed({ prepared });
  } finally {
    connection.release(broken);
  }
}
