import type { Catalog } from '../catalog/catalog.ts';
import { timeNeeded } from './time-needed.ts';

/**
 * Orders people who could do these services by what the client would get: the lowest price, then the lowest top price, then the shortest. Equal ones
 * stay in the owner's order. Made for `Array.sort`; who does not offer the services comes last.
 */
export function byBestTerms(catalog: Catalog, serviceIds: readonly string[]): (one: string, other: string) => number {
  const terms = new Map<string, readonly [bigint, bigint, bigint]>();
  for (const staffId of catalog.staff.keys()) {
    const needed = timeNeeded(catalog, staffId, serviceIds);
    if (!needed) continue;
    let [least, most] = [0n, 0n];
    for (const { priceMinMinor, priceMaxMinor } of needed.offers) [least, most] = [least + priceMinMinor, most + priceMaxMinor];
    terms.set(staffId, [least, most, BigInt(needed.lengthMs)]);
  }
  return (one, other) => {
    const [a, b] = [terms.get(one), terms.get(other)];
    if (!a || !b) return Number(!a) - Number(!b);
    for (let i = 0; i < 3; i++) {
      const [x, y] = [a[i] as bigint, b[i] as bigint];
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  };
}

/** Everybody who offers all of these services to clients, in the owner's order. */
export function whoOffers(catalog: Catalog, serviceIds: readonly string[]): string[] {
  return [...catalog.staff.keys()].filter((staffId) => timeNeeded(catalog, staffId, serviceIds));
}
