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
  /** What it pays for: the visit, or only what was to be paid in advance. */
  readonly toward: 'visit' | 'prepayment';
}

/** What is still to be paid: of the whole visit, and of its prepayment. */
export interface StillOpen {
  readonly visitMinor: bigint;
  readonly prepaymentMinor: bigint;
}

export interface HoldEnd {
  readonly holdId: string;
  /** What of it pays; the rest is let go. */
  readonly spentMinor: bigint;
}

/**
 * What becomes of what is held for a visit, oldest first, now that money has come and so much is still open. Those for its prepayment end first, then those for
 * the visit: each kind is spent together once it pays all that is left, and let go where nothing is; until then it is kept.
 */
export function holdsAfterPayment({ visitMinor, prepaymentMinor }: StillOpen, holds: readonly LiveHold[]): readonly HoldEnd[] {
  const prepays = holds.filter(({ toward }) => toward === 'prepayment');
  const prepaid = endTogether(prepaymentMinor < visitMinor ? prepaymentMinor : visitMinor, prepays);
  const left = prepaid.reduce((open, { spentMinor }) => open - spentMinor, visitMinor);
  return [
    ...prepaid,
    ...endTogether(
      left,
      holds.filter(({ toward }) => toward === 'visit'),
    ),
  ];
}

function endTogether(leftMinor: bigint, holds: readonly LiveHold[]): readonly HoldEnd[] {
  const held = holds.reduce((sum, { heldMinor }) => sum + heldMinor, 0n);
  if (held < leftMinor) return [];
  let missing = leftMinor > 0n ? leftMinor : 0n;
  return holds.map(({ holdId, heldMinor }) => {
    const spentMinor = heldMinor < missing ? heldMinor : missing;
    missing -= spentMinor;
    return { holdId, spentMinor };
  });
}
