/** How often something may be tried before one has to wait, and how long then. */
export interface TryLimit {
  readonly free: number;
  readonly firstWaitSeconds: number;
  readonly longestWaitSeconds: number;
}

/** Tries older than this are forgotten. */
export const TRIES_COUNT_MS = 24 * 3_600_000;

/**
 * How many seconds to wait before the next try: none for the first `free`, then longer each time, but never longer than the longest, so that nobody who
 * knows an e-mail address can lock its owner out for ever. A try that was refused does not count.
 */
export function secondsToWait({ free, firstWaitSeconds, longestWaitSeconds }: TryLimit, tried: number, lastAt: Date | null, now: Date): number {
  if (tried < free || lastAt === null) return 0;
  const wait = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.min(tried - free, 30));
  return Math.min(wait, Math.max(0, Math.ceil(wait - (now.getTime() - lastAt.getTime()) / 1000)));
}

const growing = (free: number, firstWaitSeconds: number, longestWaitSeconds: number): TryLimit => ({ free, firstWaitSeconds, longestWaitSeconds });

/** Per what is counted. A network may be a whole salon, or a town behind one address. */
export const tryLimits = {
  email: growing(5, 30, 900),
  device: growing(10, 30, 900),
  network: growing(30, 10, 900),
  /** Six digits: ten thousand times more likely to be guessed than a password. */
  secondFactor: growing(5, 60, 3600),
  /** Somebody signed in who has to say their password again. */
  ownPassword: growing(5, 30, 900),
  resetEmail: growing(3, 300, 3600),
  resetNetwork: growing(10, 60, 3600),
  linkNetwork: growing(20, 30, 900),
  setupNetwork: growing(5, 30, 900),
  setup: growing(50, 10, 300),
} as const satisfies Record<string, TryLimit>;
export type TryKind = keyof typeof tryLimits;
