/** A refund that was asked for from here: the part of what has gone back that begins after `beforeMinor`. */
export interface AskedRefund {
  readonly beforeMinor: bigint;
  readonly amountMinor: bigint;
}

/** How much of what has gone back between two looks (`fromMinor` until `toMinor` in all) nobody here asked for. Refunds asked for from here do not overlap. */
export function unaskedRefund(asked: readonly AskedRefund[], fromMinor: bigint, toMinor: bigint): bigint {
  return asked.reduce((left, { beforeMinor, amountMinor }) => {
    const from = beforeMinor > fromMinor ? beforeMinor : fromMinor;
    const end = beforeMinor + amountMinor;
    const to = end < toMinor ? end : toMinor;
    return to > from ? left - (to - from) : left;
  }, toMinor - fromMinor);
}
