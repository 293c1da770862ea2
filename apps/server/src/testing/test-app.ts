import { randomBytes } from 'node:crypto';
import { type StripeSandbox, startStripeSandbox } from '@holdfast/providers/stripe/sandbox/start-sandbox';
import pino from 'pino';
import { mintScope, type Scope } from '../access/scope.ts';
import { type App, type AppParts, createApp } from '../app.ts';
import { MovableClock } from '../kit/clock.ts';
import { createDatabase } from '../kit/database.ts';
import { postgresSource } from '../kit/postgres.ts';
import { readSealingKey } from '../kit/seal.ts';
import type { SqlSource } from '../kit/sql-source.ts';
import { openLocationBooks } from '../ledger/open-location-books.ts';
import { connectProvider, switchOnlinePayment } from '../payments/connect-provider.ts';
import { PATIENCE } from './patience.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';
import { openSalon, SALON, type SalonWish } from './test-salon.ts';

export interface TestApp extends App {
  readonly clock: MovableClock;
  readonly database: TestDatabase;
  readonly sandbox: StripeSandbox;
  readonly scope: Scope;
  readonly origin: string;
  readonly connectionId: string;
  /** Moves the clock, and does all that has become due by then: provider, payments, holds. */
  pass(time: { minutes?: number; seconds?: number }): Promise<void>;
  /** A second server process's worth of rooms on the same database. */
  again(parts?: Partial<AppParts>): Promise<App>;
}

export const KEYS = { publishableKey: 'pk_test_salon', secretKey: 'sk_test_salon', signingSecret: 'whsec_salon_test_secret' };

/** The whole program on a real PostgreSQL, with a small salon, its Stripe sandbox and a clock that stands still at 2026-03-02 09:00 UTC until it is moved. */
export async function testApp({
  salon,
  connections,
  listen = true,
  wrap,
  parts = {},
}: {
  salon: Omit<SalonWish, 'at'>;
  connections?: number;
  /** Whether webhooks can arrive. */
  listen?: boolean;
  wrap?: (source: SqlSource) => SqlSource;
  parts?: Partial<AppParts>;
}): Promise<TestApp> {
  const clock = new MovableClock({ start: new Date('2026-03-02T09:00:00Z') });
  const now = () => clock.now();
  const database = await testDatabase(connections ? { connections } : {});
  const db = wrap ? createDatabase(wrap(postgresSource(database.url, { connections: connections ?? 20, patience: PATIENCE }))) : database;
  await openSalon(database, { ...salon, at: now() });
  const account = { secretKey: KEYS.secretKey, publishableKey: KEYS.publishableKey, webhookSecret: KEYS.signingSecret };
  const sandbox = await startStripeSandbox({ now, accounts: [account], tickEveryMs: 0 });
  const key = readSealingKey(randomBytes(32).toString('base64'));
  const log = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' });
  const common: AppParts = {
    db,
    now,
    log,
    key,
    publicUrl: 'http://salon.test',
    trustProxy: false,
    webhooksToLoopback: true,
    sandboxEndpoint: () => ({ origin: sandbox.origin, pagesOrigin: sandbox.origin }),
    ...parts,
  };
  const app = await createApp(common);
  const scope = mintScope(SALON.chainId, SALON.locationId);
  const currency = salon.currency ?? 'EUR';
  const connectionId = await database.transaction(async (tx) => {
    await openLocationBooks(tx, app.payments, scope, currency);
    const made = await connectProvider(tx, app.payments, scope, { provider: 'stripe', label: 'Stripe', sandbox: true, credentials: KEYS, currency });
    await switchOnlinePayment(tx, scope, { connectionId: made, enabled: true });
    return made;
  });
  const origin = listen ? await app.http.listen({ port: 0, host: '127.0.0.1' }) : '';
  if (listen) sandbox.setAccount({ ...account, webhookUrl: `${origin}/api/v1/webhooks/${scope.chainId}/${connectionId}` });
  const others: App[] = [];
  return {
    ...app,
    clock,
    database,
    sandbox,
    scope,
    origin,
    connectionId,
    async pass(time) {
      clock.advance(time);
      await sandbox.tick();
      await app.afterwards();
      await app.background.settleDown();
    },
    async again(more = {}) {
      const made = await createApp({ ...common, db: createDatabase(postgresSource(database.url, { connections: 10, patience: PATIENCE })), ...more });
      let closed: Promise<void> | undefined;
      const other = { ...made, close: () => (closed ??= made.close()) };
      others.push(other);
      return other;
    },
    async close() {
      for (const other of others) await other.close();
      await sandbox.close();
      await app.close();
      if (wrap) await database.close();
    },
  };
}
