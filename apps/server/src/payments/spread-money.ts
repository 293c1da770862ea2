export type LineOutcome = 'pending' | 'applied' | 'credited' | 'unplaced';

/**
 * Which line each part of a captured amount came for: every line gets what it asked as far as it goes, the last takes what is over. Adds up to
 * `capturedMinor` whatever was asked.
 */
export function spreadCaptured(asked: readonly { readonly amountMinor: bigint }[], capturedMinor: bigint): readonly bigint[] {
  let left = capturedMinor;
  return asked.map(({ amountMinor }, index) => {
    const part = index === asked.length - 1 || left < amountMinor ? left : amountMinor;
    left -= part;
    return part;
  });
}

export interface PlacedLine {
  readonly outcome: LineOutcome;
  /** What came for it. */
  readonly placedMinor: bigint;
  /** What of that went back already. */
  readonly refundedMinor: bigint;
}

const GOES_BACK_FIRST: Readonly<Record<LineOutcome, number>> = { unplaced: 0, credited: 1, applied: 2, pending: 3 };

/**
 * Which lines a refund that was made at the provider takes from, as nobody there says: money that paid for nothing first, then the last line
 * backwards. Adds up to `refundMinor`, or throws a RangeError when there is not so much left.
 */
export function spreadRefund(lines: readonly PlacedLine[], refundMinor: bigint): readonly bigint[] {
  const parts = lines.map(() => 0n);
  const order = lines
    .map((line, index) => ({ line, index }))
    .sort((a, b) => GOES_BACK_FIRST[a.line.outcome] - GOES_BACK_FIRST[b.line.outcome] || b.index - a.index);
  let left = refundMinor;
  for (const { line, index } of order) {
    const there = line.placedMinor - line.refundedMinor;
    const part = left < there ? left : there;
    parts[index] = part;
    left -= part;
  }
  if (left > 0n) throw new RangeError(`${refundMinor} went back, ${left} more than there was`);
  return parts;
}
