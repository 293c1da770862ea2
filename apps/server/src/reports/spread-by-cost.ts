/**
 * An amount is shared out in proportion to what each part costs; every cent goes somewhere, what is left over to the parts that were cut the most. Where
 * nothing costs anything the first part gets all of it.
 */
export function spreadByCost(amountMinor: bigint, costs: readonly bigint[]): readonly bigint[] {
  const total = costs.reduce((sum, cost) => sum + cost, 0n);
  if (total === 0n) return costs.map((_, index) => (index === 0 ? amountMinor : 0n));
  const sign = amountMinor < 0n ? -1n : 1n;
  const amount = amountMinor * sign;
  const parts = costs.map((cost, index) => ({ index, share: (amount * cost) / total, cut: (amount * cost) % total }));
  let left = amount - parts.reduce((sum, { share }) => sum + share, 0n);
  for (const part of [...parts].sort((a, b) => (a.cut === b.cut ? a.index - b.index : a.cut > b.cut ? -1 : 1))) {
    if (left === 0n) break;
    part.share += 1n;
    left -= 1n;
  }
  return parts.map(({ share }) => share * sign);
}
