/** A session nobody uses ends after so long. */
export const SESSION_IDLE_MS = 14 * 24 * 3_600_000;
/** However much it is used, after so long one signs in anew. */
export const SESSION_LONGEST_MS = 60 * 24 * 3_600_000;
/** How long the second factor may take after the password. */
export const SECOND_FACTOR_MS = 10 * 60_000;

/** When a session that is used now will end. */
export function sessionEnd(startedAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + SESSION_IDLE_MS, startedAt.getTime() + SESSION_LONGEST_MS));
}
