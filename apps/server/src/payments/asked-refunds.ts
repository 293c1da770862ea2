/** A refund that was asked for from here: the part of what has gone back that begins after `beforeMinor`. */
export interface AskedRefund {
  readonly beforeMinor: bigint;
  readonly amountMinor: bigint;
  /** Which line it was asked for; null: none in particular. */
  readonly lineNo?: number | null;
}

/** How much of what has gone back between two looks (`fromMinor` until `toMinor` in all) nobody here asked for. Refunds asked for from here do not overlap. */
export function unaskedRefund(asked: readonly AskedRefund[], fromMinor: bigint, toMinor: bigint): bigint {
  return asked.reduce((left, one) => left - partOf(one, fromMinor, toMinor), toMinor - fromMinor);
}

/** How much of what has gone back between two looks is this refund. */
export function partOf({ beforeMinor, amountMinor }: AskedRefund, fromMinor: bigint, toMinor: bigint): bigint {
  const from = beforeMinor > fromMinor ? beforeMinor : fromMinor;
  const end = beforeMinor + amountMinor;
  const to = end < toMinor ? end : toMinor;
  return to > from ? to - from : 0n;
}
