/** How fast one key may ask: so many at once, and so many a second for ever. In each process of the server. */
const AT_ONCE = 120;
const PER_SECOND = 10;
const MOST_KEPT = 10_000;

/** Counts requests of keys. Answers how many seconds to wait: 0, go on. */
export function createKeyPace(): (keyId: string, at: Date) => number {
  const left = new Map<string, { tokens: number; atMs: number }>();
  return (keyId, at) => {
    const atMs = at.getTime();
    const before = left.get(keyId) ?? { tokens: AT_ONCE, atMs };
    const tokens = Math.min(AT_ONCE, before.tokens + (Math.max(0, atMs - before.atMs) / 1000) * PER_SECOND);
    if (left.size >= MOST_KEPT && !left.has(keyId)) left.clear();
    left.set(keyId, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs });
    return tokens >= 1 ? 0 : Math.ceil((1 - tokens) / PER_SECOND);
  };
}
