import type { Purchases } from '@holdfast/contract/measuring';
import { inProportion } from '../booking/income-rules.ts';

type Item = Purchases['purchases'][number]['items'][number];

/**
 * Items whose prices times quantities come to exactly what was paid, which may be a part of what they cost: Google adds them up, and expects it. Places whose
 * prices do not come out even are two items of a cent's difference.
 */
export function itemsWorth(paidMinor: bigint, items: readonly Item[]): Item[] {
  const shares = inProportion(
    paidMinor,
    items.map(({ priceMinor, quantity }) => BigInt(priceMinor * quantity)),
  );
  return items.flatMap((item, index): Item[] => {
    const share = Number(shares[index] ?? 0n);
    const each = Math.floor(share / item.quantity);
    const dearer = share - each * item.quantity;
    return [
      { ...item, priceMinor: each, quantity: item.quantity - dearer },
      { ...item, priceMinor: each + 1, quantity: dearer },
    ].filter(({ quantity }) => quantity > 0);
  });
}
