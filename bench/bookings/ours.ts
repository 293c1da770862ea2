// Ours: the whole app behind a proxy, as it runs in earnest, with a provider connected; its log is written, to where nobody reads it.
import { pino } from 'pino';
import { mintScope } from '../../apps/server/src/access/scope.ts';
import { createApp } from '../../apps/server/src/app.ts';
import { createDatabase } from '../../apps/server/src/kit/database.ts';
import { createLogger } from '../../apps/server/src/kit/log.ts';
import { postgresSource } from '../../apps/server/src/kit/postgres.ts';
import { newSealingKey } from '../../apps/server/src/kit/seal.ts';
import { openLocationBooks } from '../../apps/server/src/ledger/open-location-books.ts';
import { connectProvider, switchOnlinePayment } from '../../apps/server/src/payments/connect-provider.ts';
import { CHAIN, LOCATION } from './salon.ts';

const db = createDatabase(postgresSource(process.env['DATABASE_URL'] ?? '', { connections: Number(process.env['POOL'] ?? 10) }));
const app = await createApp({
  db,
  now: () => new Date(),
  log: createLogger('info', pino.destination('/dev/null')),
  key: newSealingKey(),
  publicUrl: 'http://127.0.0.1',
  trustProxy: 1,
  // booking only writes down the wish to be paid: nobody asks the provider in this bench
  sandboxEndpoint: () => ({ origin: 'http://127.0.0.1:9', pagesOrigin: 'http://127.0.0.1:9' }),
});
const scope = mintScope(CHAIN, LOCATION);
await db.transaction(async (tx) => {
  await openLocationBooks(tx, app.payments, scope, 'UAH');
  const credentials = { publishableKey: 'pk_test_bench', secretKey: 'sk_test_bench', signingSecret: 'whsec_bench' };
  const connectionId = await connectProvider(tx, app.payments, scope, {
    provider: 'stripe',
    label: 'Stripe',
    sandbox: true,
    credentials,
    currency: 'UAH',
  });
  await switchOnlinePayment(tx, scope, { connectionId, enabled: true });
});
console.log(`listening on ${await app.http.listen({ port: 0, host: '127.0.0.1' })}`);
process.once('SIGTERM', () => process.exit(0));
