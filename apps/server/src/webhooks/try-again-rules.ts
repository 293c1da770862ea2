const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** For so long one event is tried, and for so long nothing may arrive before the endpoint is switched off. */
export const TRIED_FOR_MS = 72 * HOUR;
/** After the first try, the second, … and from then on. */
const waits = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR] as const;
const LONGEST_ASKED_MS = 24 * HOUR;

/**
 * When an event that did not arrive is tried again; undefined: it is given up. Up to a fifth earlier or later, so that what failed together does not come back
 * together; the last time exactly at the end of the three days. `asked`: the receiver's own `retry-after`. `chance` is from 0 to 1.
 */
export function tryAgainAt(facts: { begunAt: Date; tries: number; now: Date; chance: number; askedSeconds?: number }): Date | undefined {
  const { begunAt, tries, now, chance, askedSeconds = 0 } = facts;
  const endMs = begunAt.getTime() + TRIED_FOR_MS;
  if (now.getTime() >= endMs) return undefined;
  const wait = waits[Math.min(Math.max(tries, 1), waits.length) - 1] ?? HOUR;
  const jittered = Math.round(wait * (0.8 + 0.4 * chance));
  const asked = Math.min(askedSeconds * SECOND, LONGEST_ASKED_MS);
  return new Date(Math.min(endMs, now.getTime() + Math.max(jittered, asked)));
}

/** `retry-after` in seconds; a date or nonsense counts as nothing said. */
export function askedSeconds(header: string | undefined): number {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : 0;
}
