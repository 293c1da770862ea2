import { type StripeSandbox, startStripeSandbox } from '@holdfast/providers/stripe/sandbox/start-sandbox';
import { createStripeProvider } from '@holdfast/providers/stripe/stripe';
import { sql } from 'kysely';
import pino from 'pino';
import { mintScope, type Scope } from '../../access/scope.ts';
import { MovableClock } from '../../kit/clock.ts';
import { createHttp } from '../../kit/http.ts';
import { newIdAt } from '../../kit/new-id.ts';
import { newSealingKey } from '../../kit/seal.ts';
import type { SqlSource } from '../../kit/sql-source.ts';
import { openLocationBooks } from '../../ledger/open-location-books.ts';
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts';
import { connectProvider, switchOnlinePayment } from '../connect-provider.ts';
import type { PaymentsContext } from '../context.ts';
import { installationMark } from '../installation-mark.ts';
import type { Order, PaidRoom } from '../purposes.ts';
import { paymentRoutes } from '../routes.ts';
import { startPayment } from '../start-payment.ts';
import { type AttemptRow, attemptsOfOrder } from '../store.ts';
import { sweepPayments } from '../sweep-payments.ts';
import { openTestRoom, testRoom } from './test-room.ts';

const CREDENTIALS = { publishableKey: 'pk_test_shop', secretKey: 'sk_test_shop', signingSecret: 'whsec_shop_signing_secret' };

export interface TestShop {
  readonly ctx: PaymentsContext;
  readonly db: TestDatabase;
  readonly clock: MovableClock;
  readonly sandbox: StripeSandbox;
  readonly scope: Scope;
  readonly connectionId: string;
  readonly webhookUrl: string;
  /** An order of things with these prices, payable for `minutes`. Things are called `<order>-0`, `<order>-1` … */
  order(prices: readonly bigint[], more?: { minutes?: number; instant?: boolean }): Promise<Order>;
  /** A client starts to pay; answers the attempt, and the provider's id of its page. */
  started(order: Order): Promise<{ attempt: AttemptRow; page: string }>;
  /** Opens all of the pool's connections, so that what is done at once afterwards really runs at once. */
  warmUp(): Promise<void>;
  /** Waits until every event has arrived and been processed. */
  arrived(): Promise<void>;
  /** Moves the clock and sweeps until nothing is due. */
  pass(time: { minutes?: number; seconds?: number }): Promise<void>;
  close(): Promise<void>;
}

/** The payments room with the real Stripe adapter, its sandbox, a database and HTTP, and a room to be paid that has no calendar. Events wait until released. */
export async function testShop({
  connections = 20,
  wrap,
  room = testRoom,
}: {
  connections?: number;
  /** Stands between the rooms and the database. */
  wrap?: (source: SqlSource) => SqlSource;
  room?: PaidRoom;
} = {}): Promise<TestShop> {
  const clock = new MovableClock({ start: new Date('2026-03-02T09:00:00Z') });
  const now = () => clock.now();
  const db = await testDatabase({ connections, ...(wrap ? { wrap } : {}) });
  const log = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' });
  const account = { secretKey: CREDENTIALS.secretKey, publishableKey: CREDENTIALS.publishableKey, webhookSecret: CREDENTIALS.signingSecret };
  const sandbox = await startStripeSandbox({ now, accounts: [account], tickEveryMs: 0 });
  const stripe = createStripeProvider({ origin: sandbox.origin, timeoutMs: 2_000 });
  const afterwards = new Set<Promise<unknown>>();
  const ctx: PaymentsContext = {
    db,
    now,
    log,
    newId: (kind) => newIdAt(kind, now()),
    providerOf: () => stripe,
    sandboxEndpoint: () => ({ origin: sandbox.origin, pagesOrigin: sandbox.origin }),
    roomOf: () => room,
    sealingKey: newSealingKey(),
    publicUrl: 'https://salon.test',
    mark: await installationMark(db.read),
    soon: (what, deed) => {
      const running: Promise<unknown> = deed()
        .catch((error: unknown) => log.error({ err: error, what }, 'failed'))
        .finally(() => afterwards.delete(running));
      afterwards.add(running);
    },
  };
  const scope = mintScope('cha_shop', 'loc_shop');
  await openTestRoom(db.read);
  await sql`insert into chains (chain_id, slug, name, created_at) values ('cha_shop', 'shop', 'Shop', ${now()})`.execute(db.read);
  await sql`insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, created_at)
    values ('cha_shop', 'loc_shop', 'shop', 'Shop', 'PT', 'EUR', 'Europe/Lisbon', 'en', '{en}', ${now()})`.execute(db.read);
  await sql`insert into company_details (chain_id, location_id, legal_name, registration_number, legal_address)
    values ('cha_shop', 'loc_shop', 'Shop Lda', '1', 'Rua 1')`.execute(db.read);
  const connectionId = await db.transaction(async (tx) => {
    await openLocationBooks(tx, ctx, scope, 'EUR');
    const made = await connectProvider(tx, ctx, scope, {
      provider: 'stripe',
      label: 'Stripe',
      credentials: CREDENTIALS,
      sandbox: true,
      currency: 'EUR',
    });
    await switchOnlinePayment(tx, scope, { enabled: true, connectionId: made });
    return made;
  });
  const http = await createHttp({ log, trustProxy: false, secure: false });
  await paymentRoutes(http, ctx);
  const webhookUrl = `${await http.listen({ port: 0, host: '127.0.0.1' })}/api/v1/webhooks/${scope.chainId}/${connectionId}`;
  sandbox.events.hold();
  sandbox.setAccount({ ...account, webhookUrl });
  let orders = 0;

  const arrived = async () => {
    await sandbox.events.settled();
    while (afterwards.size > 0) await Promise.all(afterwards);
  };
  return {
    ctx,
    db,
    clock,
    sandbox,
    scope,
    connectionId,
    webhookUrl,
    arrived,
    async order(prices, { minutes = 15, instant = false } = {}) {
      const id = `ord_${orders++}`;
      await sql`insert into test_orders (chain_id, order_id, client_id, payable_until, instant)
        values ('cha_shop', ${id}, ${`cli_of_${id}`}, ${new Date(now().getTime() + minutes * 60_000)}, ${instant})`.execute(db.read);
      for (const [index, price] of prices.entries()) {
        await sql`insert into test_things (chain_id, order_id, thing_id, due_minor) values ('cha_shop', ${id}, ${`${id}-${index}`}, ${price})`.execute(
          db.read,
        );
      }
      return { kind: 'test_order', id };
    },
    async pass(time) {
      clock.advance(time);
      await sandbox.tick();
      await arrived();
      for (let round = 0; round < 20 && (await sweepPayments(ctx, { limit: 50 })) > 0; round++);
      await arrived();
    },
    async started(order) {
      await startPayment(ctx, scope, order);
      const attempt = (await attemptsOfOrder(db.read, scope.chainId, order)).find((one) => one.status === 'open' && !one.supersededAt);
      if (!attempt?.providerPaymentId) throw new Error('no page was opened');
      return { attempt, page: attempt.providerPaymentId };
    },
    async warmUp() {
      const all = Promise.withResolvers<void>();
      let open = 0;
      await Promise.all(
        Array.from({ length: connections }, () =>
          db.transaction(async () => {
            if (++open === connections) all.resolve();
            await all.promise;
          }),
        ),
      );
    },
    async close() {
      await sandbox.close();
      await http.close();
      await arrived();
      await db.close();
    },
  };
}
