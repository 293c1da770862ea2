import type { ServiceTax } from '@holdfast/contract/taxes';

/** What a client is asked for: a price that does not contain its tax grows by it, half a unit rounded up. */
export function withTax(priceMinor: bigint, tax: ServiceTax | undefined): bigint {
  if (!tax || tax.inclusive) return priceMinor;
  return priceMinor + (2n * priceMinor * BigInt(tax.basisPoints) + 10_000n) / 20_000n;
}

/** The tax in a gross amount, half a unit rounded up. */
export function taxIn(grossMinor: bigint, basisPoints: number): bigint {
  const [rate, whole] = [BigInt(basisPoints), 10_000n + BigInt(basisPoints)];
  return (2n * grossMinor * rate + whole) / (2n * whole);
}
