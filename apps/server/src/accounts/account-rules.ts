/** What is on an account. Balance above zero: the salon owes the client. */
export interface Standing {
  readonly balanceMinor: bigint;
  readonly heldMinor: bigint;
  readonly creditLimitMinor: bigint;
}

/** What may be spent now: what is there or may be owed, less what is kept for something under way. */
export function spendableMinor({ balanceMinor, heldMinor, creditLimitMinor }: Standing): bigint {
  const left = balanceMinor + creditLimitMinor - heldMinor;
  return left > 0n ? left : 0n;
}

/** What of the client's own money is there and free: credit is not given back in cash. */
export function freeMinor({ balanceMinor, heldMinor }: Pick<Standing, 'balanceMinor' | 'heldMinor'>): bigint {
  const left = balanceMinor - heldMinor;
  return left > 0n ? left : 0n;
}

export interface LiveHold {
  readonly holdId: string;
  readonly heldMinor: bigint;
}

export interface HoldEnd {
  readonly holdId: string;
  /** What of it pays; the rest is let go. */
  readonly spentMinor: bigint;
}

/**
 * What becomes of what is held for a visit, oldest first, now that money has come and `leftMinor` is still to be paid. They are spent together once they
 * pay all that is left, and let go where nothing is; until then they are kept: empty.
 */
export function holdsAfterPayment(leftMinor: bigint, holds: readonly LiveHold[]): readonly HoldEnd[] {
  const held = holds.reduce((sum, { heldMinor }) => sum + heldMinor, 0n);
  if (held < leftMinor) return [];
  let missing = leftMinor > 0n ? leftMinor : 0n;
  return holds.map(({ holdId, heldMinor }) => {
    const spentMinor = heldMinor < missing ? heldMinor : missing;
    missing -= spentMinor;
    return { holdId, spentMinor };
  });
}
