export interface LyingMoney {
  readonly locationId: string;
  /** What the location owes the client, minor units; below zero: the client owes it. */
  readonly owedMinor: bigint;
}

/** One location's part of what is spent. */
export interface Share {
  readonly locationId: string;
  readonly amountMinor: bigint;
}

/**
 * Where money that is spent at a place is taken from: first what lies there, then what lies at the chain's other locations in the order of their ids,
 * and what is still missing is credit, which the place itself gives. Whether there may be credit is not asked here.
 */
export function shareOut(amountMinor: bigint, placeId: string, lying: readonly LyingMoney[]): { shares: readonly Share[]; creditMinor: bigint } {
  const inOrder = [...lying].sort(
    (a, b) => Number(b.locationId === placeId) - Number(a.locationId === placeId) || (a.locationId < b.locationId ? -1 : 1),
  );
  const shares: Share[] = [];
  let missing = amountMinor;
  for (const { locationId, owedMinor } of inOrder) {
    const part = owedMinor < missing ? owedMinor : missing;
    if (part <= 0n) continue;
    shares.push({ locationId, amountMinor: part });
    missing -= part;
  }
  return { shares, creditMinor: missing };
}
