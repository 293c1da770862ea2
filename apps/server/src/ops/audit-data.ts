import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StripeSandbox, startStripeSandbox } from '@holdfast/providers/stripe/sandbox/start-sandbox';
import { sql } from 'kysely';
import { type App, createApp } from '../app.ts';
import { openDemoClock } from '../demo/demo-clock.ts';
import { auditEverything, type ProvidersAccount } from '../desk/audit.ts';
import { MovableClock, machineClock } from '../kit/clock.ts';
import type { DemoConfig, RealConfig } from '../kit/config.ts';
import { demoKey } from '../kit/data-folder.ts';
import type { Database } from '../kit/database.ts';
import { createLogger } from '../kit/log.ts';
import { openConnectionById } from '../payments/read-credentials.ts';

/** Compares everything that knows about money or time, prints what disagrees, answers the exit code: 0 = all agree. Changes nothing. */
export async function auditData(config: DemoConfig | RealConfig, db: Database): Promise<number> {
  const { app, sandbox, close } = config.mode === 'start' ? await overDemo(config, db) : await overReal(config, db);
  try {
    const { asked, disagreements } = await auditEverything(app.payments, sandbox ? listed(sandbox) : []);
    for (const one of disagreements) process.stdout.write(`✗ ${one.between}: ${one.about}: ${one.says}\n`);
    process.stdout.write(`audit: ${asked} payments asked about at their providers, ${disagreements.length} disagreements\n`);
    return disagreements.length === 0 ? 0 : 1;
  } finally {
    await close();
  }
}

interface Auditable {
  readonly app: App;
  readonly sandbox: StripeSandbox | undefined;
  close(): Promise<void>;
}

async function overReal(config: RealConfig, db: Database): Promise<Auditable> {
  const app = await createApp({
    db,
    now: () => machineClock.now(),
    log: createLogger('warn'),
    key: config.key,
    publicUrl: config.publicUrl,
    trustProxy: false,
  });
  return { app, sandbox: undefined, close: () => app.close() };
}

/** The sandbox's account is read from a copy: the demo may be running on it. */
async function overDemo(config: DemoConfig, db: Database): Promise<Auditable> {
  const clock = await openDemoClock({ db, clock: new MovableClock() }, async () => {});
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-audit-'));
  const statePath = join(folder, 'stripe-sandbox.jsonl');
  const kept = join(config.dataDir, 'stripe-sandbox.jsonl');
  if (existsSync(kept)) copyFileSync(kept, statePath);
  const sandbox = await startStripeSandbox({ now: () => clock.now(), accounts: [], statePath, tickEveryMs: 0 });
  const app = await createApp({
    db,
    now: () => clock.now(),
    log: createLogger('warn'),
    key: demoKey(config.dataDir),
    publicUrl: 'http://localhost',
    trustProxy: false,
    sandboxEndpoint: () => ({ origin: sandbox.origin, pagesOrigin: sandbox.origin }),
  });
  // read, not made: a demo that was stopped before it had connected anything has nothing to compare
  const { rows } = await sql<{
    chain_id: string;
    connection_id: string;
  }>`select chain_id, connection_id from provider_connections where sandbox`.execute(db.read);
  for (const { chain_id, connection_id } of rows) {
    const { secretKey = '', publishableKey = '', signingSecret = '' } = (await openConnectionById(app.payments, chain_id, connection_id)).credentials;
    sandbox.setAccount({ secretKey, publishableKey, webhookSecret: signingSecret });
  }
  return {
    app,
    sandbox,
    async close() {
      await sandbox.close();
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A sandbox can list everything that was ever paid there; captured amounts in the units of these currencies are minor units. */
function listed(sandbox: StripeSandbox): readonly ProvidersAccount[] {
  return sandbox
    .payments()
    .map((one) => ({ reference: one.client_reference_id ?? undefined, providerPaymentId: one.id, capturedMinor: BigInt(one.captured) }));
}
