import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';

/** What a database answered: its rows, and how many it touched. */
export interface SqlAnswer {
  readonly rows: readonly unknown[];
  readonly affected: number;
}

/** One connection. `name` makes a prepared statement of it where the driver can. */
export interface SqlConnection {
  query(text: string, values?: readonly unknown[], name?: string): Promise<SqlAnswer>;
  release(broken?: Error): void;
}

/**
 * Where connections come from. PostgreSQL and the embedded database are both one of these, and so is a wrapper that counts, delays or
 * kills: everything Holdfast says to its database passes through here.
 */
export interface SqlSource {
  connect(): Promise<SqlConnection>;
  /** Hears what is notified on a channel (PostgreSQL's LISTEN), until it is closed. A wrapper may leave it out. */
  listen?(channel: string, listener: SqlListener): Promise<SqlListening>;
  close(): Promise<void>;
}

export interface SqlListener {
  heard(payload: string): void;
  /** The line was gone for a while: something may have been said that nobody heard. */
  gap(): void;
}

export interface SqlListening {
  close(): Promise<void>;
}

/** Kysely on any {@link SqlSource}. */
export function dialectOn(source: SqlSource): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new SourceDriver(source),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class SourceDriver implements Driver {
  readonly #source: SqlSource;
  constructor(source: SqlSource) {
    this.#source = source;
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return new KyselyConnection(await this.#source.connect());
  }
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as KyselyConnection).release();
  }
  async destroy(): Promise<void> {}
}

class KyselyConnection implements DatabaseConnection {
  readonly #connection: SqlConnection;
  #broken: Error | undefined;
  constructor(connection: SqlConnection) {
    this.#connection = connection;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const answer = await this.#connection.query(query.sql, query.parameters);
      return { rows: answer.rows as R[], numAffectedRows: BigInt(answer.affected) };
    } catch (error) {
      // An answer of the database's own carries a five-character SQLSTATE; anything else means that the line is gone.
      if (!isSqlError(error)) this.#broken = error as Error;
      throw error;
    }
  }
  // biome-ignore lint/correctness/useYield: Kysely asks for the method; nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not used');
  }
  release(): void {
    this.#connection.release(this.#broken);
  }
}

/** An error that the database itself reported (constraint, syntax, our own HF codes), not a lost connection. */
export function isSqlError(error: unknown): error is Error & { code: string; constraint?: string; detail?: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code);
}
