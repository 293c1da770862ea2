import type { SimulatedFact } from '@holdfast/contract/simulation';

export interface Moment {
  readonly atSeconds: number;
  readonly facts: readonly SimulatedFact[];
}

/** What became true at the same moment, together. */
export function momentsOf(timeline: readonly SimulatedFact[]): readonly Moment[] {
  const moments = new Map<number, SimulatedFact[]>();
  for (const fact of timeline) {
    const there = moments.get(fact.atSeconds);
    if (there) there.push(fact);
    else moments.set(fact.atSeconds, [fact]);
  }
  return [...moments].sort(([a], [b]) => a - b).map(([atSeconds, facts]) => ({ atSeconds, facts }));
}
