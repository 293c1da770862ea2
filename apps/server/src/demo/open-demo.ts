import { createServer } from 'node:net';
import type { Logger } from 'pino';
import type { App, AppParts } from '../app.ts';
import { MovableClock } from '../kit/clock.ts';
import type { DemoConfig } from '../kit/config.ts';
import type { Database } from '../kit/database.ts';
import { newIdAt } from '../kit/new-id.ts';
import { isLoopbackAddress } from '../kit/public-address.ts';
import type { SealingKey } from '../kit/seal.ts';
import { connectDemoMessages } from './connect-demo-messages.ts';
import { connectDemoProvider, tellSandboxes } from './connect-demo-provider.ts';
import { openDemoClock } from './demo-clock.ts';
import { demoChain } from './demo-location.ts';
import { runSandboxes } from './run-sandboxes.ts';
import { demoLocations, seedDemo } from './seed-demo.ts';
import { writeDemoDeposits } from './write-demo-deposits.ts';
import { writeDemoDispute } from './write-demo-dispute.ts';
import { writeDemoEvents } from './write-demo-events.ts';
import { writeDemoMemberships } from './write-demo-memberships.ts';
import { writeDemoRefunds } from './write-demo-refunds.ts';
import { writeDemoTransactions } from './write-demo-transactions.ts';
import { writeDemoWaiting } from './write-demo-waiting.ts';

export interface Demo {
  /** What to tell whoever started it. */
  readonly addresses: readonly string[];
  close(): Promise<void>;
}

/** The demo: its chain, its clock, the providers' sandboxes in the same process, and the program itself on top. `create` is `createApp`. */
export async function openDemo({
  config,
  db,
  log,
  key,
  progress,
  create,
}: {
  config: DemoConfig;
  db: Database;
  log: Logger;
  key: SealingKey;
  progress: (what: string) => void;
  create: (parts: AppParts) => Promise<App>;
}): Promise<Demo> {
  const clock = new MovableClock();
  let app: App | undefined;
  const settle = async () => {
    await sandboxes.tick();
    await app?.afterwards();
    await app?.background.settleDown();
  };
  const demoClock = await openDemoClock({ db, clock }, settle);
  const now = () => demoClock.now();
  progress('filling the demo salon');
  await seedDemo({ db, now, newId: (kind) => newIdAt(kind, now()) });

  const port = config.port === 0 ? await freePort(config.host) : config.port;
  const publicUrl = `http://${isLoopback(config.host) ? 'localhost' : config.host}:${port}`;
  progress("starting the providers' sandboxes");
  // beside us, so that pages that are open survive a restart; PIX takes two
  const sandboxes = await runSandboxes({
    now,
    host: config.host,
    folder: config.dataDir,
    portFor: async (index) => {
      const wished = port + 1 + 2 * index;
      return (await isFree(config.host, wished)) ? wished : 0;
    },
  });
  app = await create({
    db,
    now,
    log,
    key,
    publicUrl,
    trustProxy: false,
    webhooksToLoopback: isLoopbackAddress(config.host),
    sandboxEndpoint: sandboxes.endpointOf,
    demoClock,
  });
  const connections = await connectDemoProvider(app.payments, sandboxes);
  tellSandboxes(app.payments, sandboxes, connections, `http://${config.host}:${port}`);
  await connectDemoMessages(app.salon);
  const { salon } = app;
  await app.http.listen({ port, host: config.host });
  progress(`${publicUrl}/ answers; writing the demo's Finance`);
  await writeDemoTransactions(salon);
  await writeDemoDeposits(salon);
  await writeDemoRefunds(salon);
  await writeDemoEvents(salon);
  await writeDemoWaiting(salon);
  await writeDemoMemberships(salon);
  await writeDemoDispute(salon, sandboxes, settle);
  const stopFollowing = demoClock.follow();
  app.background.start(1000);
  const running = app;
  return {
    addresses: [
      `Holdfast's demo is ready (no real money): ${publicUrl}/`,
      ...demoLocations.map((location) => `  booking page: ${publicUrl}/book/${demoChain.slug}/${location.key}`),
      `  the salon's side, signed in as its owner: ${publicUrl}/demo/admin`,
      `  inbox (SMS and e-mail): ${publicUrl}/demo/inbox`,
      ...sandboxes.all.map(({ provider, pagesOrigin }) => `  ${provider === 'stripe' ? 'payment sandbox' : `${provider} sandbox`}: ${pagesOrigin}/`),
      `  data: ${config.dataDir}`,
    ],
    async close() {
      stopFollowing();
      // the provider last: requests under way may still have to ask it
      await running.close();
      await sandboxes.close();
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.') || host === '0.0.0.0' || host === '::';
}

async function freePort(host: string): Promise<number> {
  return probe(host, 0);
}

async function isFree(host: string, port: number): Promise<boolean> {
  return probe(host, port).then(
    () => true,
    () => false,
  );
}

function probe(host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer().once('error', reject);
  server.listen(port, host, () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
  });
  return promise;
}
