/** `handed_back`: somebody has paid it out already, from a register. */
export type LineOutcome = 'pending' | 'applied' | 'credited' | 'unplaced' | 'handed_back';

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

const GOES_BACK_FIRST: Readonly<Record<LineOutcome, number>> = { unplaced: 0, credited: 1, applied: 2, handed_back: 3, pending: 4 };

/**
 * Which lines a refund that was made at the provider takes from, as nobody there says: money that paid for nothing first, then the last line
 * backwards, and what was handed back in cash last of all. What was asked for from here is taken from the line it was asked for. Adds up to `refundMinor`, or throws a RangeError when there is not so much left.
 */
export function spreadRefund(lines: readonly PlacedLine[], refundMinor: bigint, asked: ReadonlyMap<number, bigint> = new Map()): readonly bigint[] {
  let left = refundMinor;
  const parts = lines.map((line, index) => {
    const part = least(asked.get(index) ?? 0n, line.placedMinor - line.refundedMinor, left);
    left -= part;
    return part;
  });
  const order = lines
    .map((line, index) => ({ line, index }))
    .sort((a, b) => GOES_BACK_FIRST[a.line.outcome] - GOES_BACK_FIRST[b.line.outcome] || b.index - a.index);
  for (const { line, index } of order) {
    const before = parts[index] ?? 0n;
    const part = least(left, line.placedMinor - line.refundedMinor - before);
    parts[index] = before + part;
    left -= part;
  }
  if (left > 0n) throw new RangeError(`${refundMinor} went back, ${left} more than there was`);
  return parts;
}

function least(...amounts: readonly [bigint, ...bigint[]]): bigint {
  return amounts.reduce((one, other) => (other < one ? other : one));
}
