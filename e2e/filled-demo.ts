import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { quickFolder } from '../apps/server/src/testing/quick-folder.ts';
import { copyDatabase } from '../apps/server/src/testing/test-database.ts';
import { type RunningDemo, startDemo } from './running-demo.ts';

declare module 'vitest' {
  interface ProvidedContext {
    filledDemo: string;
  }
}

/** Filling the demo takes three times as long as starting it: the first file that wants one does, all others take copies of its folder and of its database. */
export default function keepFilledDemo(project: TestProject): () => void {
  const folder = mkdtempSync(join(quickFolder(), 'holdfast-e2e-'));
  project.provide('filledDemo', folder);
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

const FILLED = 'holdfast_filled_demo';

/**
 * The demo on the tests' PostgreSQL, which answers several people at once and is copied in the blink of an eye; the embedded database, which does neither, is what
 * `startDemo` begins with.
 */
export async function startFilledDemo(): Promise<RunningDemo> {
  const shared = inject('filledDemo');
  const filled = join(shared, 'filled');
  const [done, failed] = [join(shared, 'done'), join(shared, 'failed')];
  if (isFirst(join(shared, 'begun'))) {
    try {
      const { url } = await copyDatabase({ as: FILLED });
      const demo = await startDemo({ dataDir: filled, databaseUrl: url });
      const exitCode = await demo.stop();
      if (exitCode !== 0) throw new Error(`the demo that was only to be filled ended with ${exitCode}`);
      writeFileSync(done, '');
    } catch (error) {
      writeFileSync(failed, String(error));
      throw error;
    }
  }
  while (!existsSync(done)) {
    if (existsSync(failed)) throw new Error('The demo could not be filled: another file says why.');
    await wait(200);
  }
  const copy = mkdtempSync(join(shared, 'copy-'));
  cpSync(filled, copy, { recursive: true });
  const database = await copyDatabase({ of: FILLED });
  const demo = await startDemo({ dataDir: copy, databaseUrl: database.url }).catch(async (error: unknown) => {
    await database.drop();
    throw error;
  });
  return {
    ...demo,
    async removeData() {
      await demo.removeData();
      await database.drop();
    },
  };
}

function isFirst(mark: string): boolean {
  try {
    mkdirSync(mark);
    return true;
  } catch {
    return false;
  }
}
