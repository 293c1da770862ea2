import { type App, createApp } from './app.ts';
import { openDemo } from './demo/open-demo.ts';
import { machineClock } from './kit/clock.ts';
import { type DemoConfig, type RealConfig, readConfig, WrongConfig } from './kit/config.ts';
import { demoKey, makeDataFolder } from './kit/data-folder.ts';
import { createLogger } from './kit/log.ts';
import { openData, progress } from './kit/open-data.ts';
import { auditData } from './ops/audit-data.ts';
import { refuseDemoData } from './ops/refuse-demo-data.ts';
import { whyNotStarted } from './ops/why-not-started.ts';
import { isSetUp } from './setup/open-installation.ts';
import { setupCode } from './setup/setup-code.ts';
import { printMatrix } from './simulator/print-matrix.ts';

/**
 * The only place where parts are chosen: `node main.ts start` is the demo, `serve` the real thing, `audit` compares their books with everybody's,
 * `scenarios` plays what may happen against every provider's sandbox.
 */
async function main(mode: string | undefined): Promise<void> {
  switch (mode) {
    case 'start':
      return runUntilSignal(startDemo(readConfig('start', process.env)));
    case 'serve':
      return runUntilSignal(serve(readConfig('serve', process.env)));
    case 'audit': {
      // with a key of its own it is the real thing's data, else the demo's
      const config = process.env['HOLDFAST_KEY'] ? readConfig('serve', process.env) : readConfig('start', process.env);
      process.exitCode = await auditData(config, await openData(config.data, createLogger('warn')));
      return;
    }
    case 'scenarios':
      process.exitCode = await printMatrix({ only: process.argv.slice(3), log: createLogger('silent'), create: createApp });
      return;
    default:
      throw new WrongConfig([`Say what to do: "start" (the demo), "serve" (the real thing), "audit" or "scenarios", not "${mode ?? ''}".`]);
  }
}

interface Running {
  close(): Promise<void>;
}

async function startDemo(config: DemoConfig): Promise<Running> {
  makeDataFolder(config.dataDir);
  const key = demoKey(config.dataDir);
  const log = createLogger(config.logLevel);
  const db = await openData(config.data, log);
  const demo = await openDemo({ config, db, log, key, progress, create: createApp });
  for (const address of demo.addresses) process.stdout.write(`${address}\n`);
  return demo;
}

async function serve(config: RealConfig): Promise<Running> {
  const log = createLogger(config.logLevel);
  const db = await openData(config.data, log);
  await refuseDemoData(db);
  const app: App = await createApp({
    db,
    now: () => machineClock.now(),
    log,
    key: config.key,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
  });
  await app.http.listen({ port: config.port, host: config.host });
  app.background.start(1000);
  process.stdout.write(`Holdfast serves ${config.publicUrl} on port ${config.port}.\n`);
  if (!(await isSetUp(db.read))) {
    const code = setupCode({ keys: app.salon.keys, mark: app.payments.mark });
    process.stdout.write(`It is empty. Set it up at ${config.publicUrl}/admin/setup with this code: ${code}\n`);
  }
  return app;
}

/** Answers what is under way and leaves; a second signal leaves at once. A signal that comes while it starts waits until it has started. */
async function runUntilSignal(starting: Promise<Running>): Promise<void> {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    progress(`${signal}: finishing what is under way`);
    setTimeout(() => process.exit(1), 15_000).unref();
    try {
      await (await starting).close();
      process.exit(0);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, (name) => void stop(name));
  await starting;
}

main(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`${whyNotStarted(error)}\n`);
  process.exit(1);
});
