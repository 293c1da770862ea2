import type { Deps } from '../kit/deps.ts';
import { sealEntries } from './seal-entries.ts';

const SOON_MS = 250;

export interface Sealer {
  /** Seals what waits now; answers how much that was. */
  run(): Promise<number>;
  /** Something may have been written: seals it a moment later, together with whatever else is written by then. */
  soon(): void;
  close(): Promise<void>;
}

/** Seals entries within a second of their commit, away from whoever writes them: nobody who pays waits for it. */
export function createSealer(deps: Pick<Deps, 'db' | 'now' | 'log'>): Sealer {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> | undefined;
  let closed = false;
  const run = async () => (closed ? 0 : sealEntries(deps));
  return {
    run,
    soon() {
      if (closed) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        running = run().catch((error: unknown) => deps.log.error({ err: error }, 'what was written could not be sealed; the chore does it'));
      }, SOON_MS).unref();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
