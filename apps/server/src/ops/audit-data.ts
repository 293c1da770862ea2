import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxNames } from '@holdfast/providers/sandbox-registry';
import { sql } from 'kysely';
import { type App, createApp } from '../app.ts';
import { openDemoClock } from '../demo/demo-clock.ts';
import { runSandboxes, type Sandboxes } from '../demo/run-sandboxes.ts';
import { auditEverything, type ProvidersAccount } from '../desk/audit.ts';
import { MovableClock, machineClock } from '../kit/clock.ts';
import type { DemoConfig, RealConfig } from '../kit/config.ts';
import { demoKey } from '../kit/data-folder.ts';
import type { Database } from '../kit/database.ts';
import { createLogger } from '../kit/log.ts';
import { openConnectionById } from '../payments/read-credentials.ts';

/** Compares everything that knows about money or time, prints what disagrees, answers the exit code: 0 = all agree. Changes nothing. */
export async function auditData(config: DemoConfig | RealConfig, db: Database): Promise<number> {
  const { app, sandboxes, close } = config.mode === 'start' ? await overDemo(config, db) : await overReal(config, db);
  try {
    const { asked, disagreements } = await auditEverything(app.payments, sandboxes ? listed(sandboxes) : []);
    for (const one of disagreements) process.stdout.write(`✗ ${one.between}: ${one.about}: ${one.says}\n`);
    process.stdout.write(`audit: ${asked} payments asked about at their providers, ${disagreements.length} disagreements\n`);
    return disagreements.length === 0 ? 0 : 1;
  } finally {
    await close();
  }
}

interface Auditable {
  readonly app: App;
  readonly sandboxes: Sandboxes | undefined;
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
  return { app, sandboxes: undefined, close: () => app.close() };
}

/** The sandbox's account is read from a copy: the demo may be running on it. */
async function overDemo(config: DemoConfig, db: Database): Promise<Auditable> {
  const clock = await openDemoClock({ db, clock: new MovableClock() }, async () => {});
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-audit-'));
  for (const name of sandboxNames) {
    const kept = join(config.dataDir, `${name}-sandbox.jsonl`);
    if (existsSync(kept)) copyFileSync(kept, join(folder, `${name}-sandbox.jsonl`));
  }
  const sandboxes = await runSandboxes({ now: () => clock.now(), host: '127.0.0.1', folder, portFor: async () => 0, tickEveryMs: 0 });
  const app = await createApp({
    db,
    now: () => clock.now(),
    log: createLogger('warn'),
    key: demoKey(config.dataDir),
    publicUrl: 'http://localhost',
    trustProxy: false,
    sandboxEndpoint: sandboxes.endpointOf,
  });
  // read, not made: a demo that was stopped before it had connected anything has nothing to compare
  const { rows } = await sql<{ chain_id: string; connection_id: string; provider: string }>`
    select chain_id, connection_id, provider from provider_connections where sandbox`.execute(db.read);
  for (const { chain_id, connection_id, provider } of rows)
    sandboxes.of(provider).setAccount((await openConnectionById(app.payments, chain_id, connection_id)).credentials);
  return {
    app,
    sandboxes,
    async close() {
      await sandboxes.close();
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Sandboxes can list everything that was ever paid there. */
function listed({ all }: Sandboxes): readonly ProvidersAccount[] {
  return all.flatMap((sandbox) =>
    sandbox.payments().map(({ id, reference, capturedMinor }) => ({ reference, providerPaymentId: id, capturedMinor })),
  );
}
