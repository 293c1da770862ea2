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
  /** Finishes the chores under way and does no more. */
  stop(): Promise<void>;
}

/**
 * Each chore again and again, in a course of its own: one that waits for a slow provider holds up no other. A chore that fails is logged and tried
 * again.
 */
export function createBackground(chores: readonly Chore[], log: Logger): Background {
  const timers = new Map<Chore, NodeJS.Timeout>();
  const running = new Map<Chore, Promise<number>>();
  let stopped = false;

  const attempt = async (chore: Chore): Promise<number> => {
    try {
      return await chore.run();
    } catch (error) {
      log.error({ err: error, chore: chore.name }, 'a chore failed; it is tried again');
      return 0;
    }
  };
  // never the same chore twice at once in one process
  const once = async (chore: Chore): Promise<number> => {
    for (let before = running.get(chore); before; before = running.get(chore)) await before;
    if (stopped) return 0;
    const run = attempt(chore).finally(() => running.delete(chore));
    running.set(chore, run);
    return run;
  };

  return {
    async settleDown() {
      // over when each has found nothing since any of them found something
      for (let quiet = 0, turns = 0; quiet < chores.length && turns < 50 * chores.length && !stopped; turns++) {
        const chore = chores[turns % chores.length];
        quiet = chore && (await once(chore)) > 0 ? 0 : quiet + 1;
      }
    },
    start(everyMs) {
      const turn = async (chore: Chore) => {
        await once(chore);
        if (!stopped) next(chore);
      };
      const next = (chore: Chore) => {
        const timer = setTimeout(() => void turn(chore), everyMs);
        timer.unref();
        timers.set(chore, timer);
      };
      for (const chore of chores) next(chore);
    },
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
