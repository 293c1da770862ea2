/** `04:09`; undefined: it is over. The last second is shown until it has passed. */
export function leftOf(until: string, nowMs: number): string | undefined {
  const seconds = Math.ceil((Date.parse(until) - nowMs) / 1000);
  if (seconds <= 0) return undefined;
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
