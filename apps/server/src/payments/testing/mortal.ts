import type { PaymentProvider } from '@holdfast/providers/payment-provider';
import { createDatabase } from '../../kit/database.ts';
import { postgresSource } from '../../kit/postgres.ts';
import type { SqlSource } from '../../kit/sql-source.ts';
import type { PaymentsContext } from '../context.ts';
import type { TestShop } from './test-shop.ts';

export interface Mortal {
  readonly ctx: PaymentsContext;
  /** How many points were passed. */
  points(): number;
  died(): boolean;
  /** Waits for what it had begun. */
  finished(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A process of its own on the shop's database and provider that dies at its `deathAt`-th point, counted from 1. Points are just before and just after
 * every statement and every call to the provider. From then on nothing it does has any effect, and its open transaction is lost, as with `kill -9`.
 */
export function mortal(shop: TestShop, deathAt: number): Mortal {
  let passed = 0;
  let dead = false;
  const pass = () => {
    if (!dead && ++passed === deathAt) dead = true;
    if (dead) throw new Error('this process is dead');
  };
  const around = async <T>(deed: () => Promise<T>): Promise<T> => {
    pass();
    const answer = await deed();
    pass();
    return answer;
  };
  const source = postgresSource(shop.db.url, { connections: 4 });
  const mortalSource: SqlSource = {
    close: () => source.close(),
    async connect() {
      const connection = await source.connect();
      return {
        query: (text, values, name) => around(() => connection.query(text, values, name)),
        // a dead process's connection is gone, and the server undoes what it had begun
        release: (broken) => connection.release(dead ? new Error('gone') : broken),
      };
    },
  };
  const afterwards: Promise<unknown>[] = [];
  const db = createDatabase(mortalSource);
  const ctx: PaymentsContext = {
    ...shop.ctx,
    db,
    providerOf: (connection) => {
      const real = shop.ctx.providerOf(connection);
      return {
        ...real,
        createPayment: (...args) => around(() => real.createPayment(...args)),
        readPayment: (...args) => around(() => real.readPayment(...args)),
        closePayment: (...args) => around(() => real.closePayment(...args)),
      } satisfies PaymentProvider;
    },
    soon: (_what, deed) => void afterwards.push(deed().catch(() => {})),
  };
  return {
    ctx,
    points: () => passed,
    died: () => dead,
    finished: async () => void (await Promise.all(afterwards)),
    close: () => db.close(),
  };
}
