/** The same numbers for the same seed, on every machine: the demo looks alike wherever it is started. Not for secrets. */
export interface SeededRandom {
  /** True with this probability. */
  chance(probability: number): boolean;
  /** An integer from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
}

/** mulberry32 (public domain, Tommy Ettinger) fed with an FNV-1a hash of the seed. */
export function seededRandom(seed: string): SeededRandom {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    chance: (probability) => next() < probability,
    between,
    pick: <T>(list: readonly T[]) => list[between(0, list.length - 1)] as T,
  };
}
