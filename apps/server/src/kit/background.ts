import type { Logger } from 'pino';

/** Work that is due at some moment; answers how much it found, so that a caller can go on until it is quiet. */
export interface Chore {
  readonly name: string;
  run(): Promise<number>;
}

export interface Background {
  /** Does everything that is due now, until nothing is left (at most 50 rounds). For tests, and after the demo's clock was moved. */
  settleDown(): Promise<void>;
  start(everyMs: number): void;
  /** Finishes the chore under way and does no more. */
  stop(): Promise<void>;
}

/** Runs the chores one after another, again and again. A chore that fails is logged and tried at the next round; the others go on. */
export function createBackground(chores: readonly Chore[], log: Logger): Background {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> | undefined;
  let stopped = false;

  const round = async (): Promise<number> => {
    let found = 0;
    for (const chore of chores) {
      if (stopped) break;
      try {
        found += await chore.run();
      } catch (error) {
        log.error({ err: error, chore: chore.name }, 'a chore failed; it is tried again');
      }
    }
    return found;
  };
  // never two rounds at once in one process
  const oneRound = async (): Promise<number> => {
    await running;
    running = round().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    async settleDown() {
      for (let rounds = 0; rounds < 50 && !stopped; rounds++) if ((await oneRound()) === 0) return;
    },
    start(everyMs) {
      const next = () => {
        timer = setTimeout(() => void oneRound().finally(() => !stopped && next()), everyMs);
        timer.unref();
      };
      next();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
