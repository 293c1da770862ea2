import type { Register } from './read-registers.ts';

/**
 * What the bank keeps of a card payment that is taken into this register: a share of it, rounded half up to the smallest unit, and a fixed amount; never more than
 * was paid. Cash costs nothing.
 */
export function acquiringFee(
  { kind, feeBasisPoints, feeFixedMinor }: Pick<Register, 'kind' | 'feeBasisPoints' | 'feeFixedMinor'>,
  amountMinor: bigint,
): bigint {
  if (kind === 'cash') return 0n;
  const share = (amountMinor * BigInt(feeBasisPoints) + 5_000n) / 10_000n;
  const fee = share + feeFixedMinor;
  return fee > amountMinor ? amountMinor : fee;
}
