import type { RefundSource, RefundStatus, RefundWay, WhyNotRefund } from '@holdfast/contract/refunds';

/** Who looks, as far as refunds are concerned. */
export interface RefundViewer {
  readonly userId: string;
  readonly mayMake: boolean;
  /** Undefined: as much as there is. */
  readonly limitMinor: bigint | undefined;
}

export interface RefundFacts {
  readonly status: RefundStatus;
  /** Of all refunds of the same booking, or the same cancelled event, together: else a large one could go back in small pieces. */
  readonly caseMinor: bigint;
  /** Who changed it last, else who proposed it; null: the client, or the terms. */
  readonly lastBy: string | null;
  /** Null: nobody yet. */
  readonly approvedBy: string | null;
  readonly secondPersonFromMinor: bigint | null;
}

const isOver = (status: RefundStatus) => status === 'given_back' || status === 'declined' || status === 'nothing_left';

/** Why its amount cannot be changed, or it cannot be declined; undefined: it can. */
export function whyNotChange({ status }: RefundFacts, { mayMake }: RefundViewer): WhyNotRefund | undefined {
  if (isOver(status)) return 'closed';
  if (status === 'sending') return 'under_way';
  return mayMake ? undefined : 'right_missing';
}

/** Above the location's limit a second pair of eyes: not whoever proposed it or changed it last. */
export function whyNotApprove(facts: RefundFacts, viewer: RefundViewer): WhyNotRefund | undefined {
  const why = whyNotChange(facts, viewer);
  if (why) return why;
  if (facts.status === 'approved') return 'closed';
  if (viewer.limitMinor !== undefined && facts.caseMinor > viewer.limitMinor) return 'over_limit';
  return needsSecondPerson(facts) && facts.lastBy === viewer.userId ? 'second_person' : undefined;
}

function needsSecondPerson({ caseMinor, secondPersonFromMinor }: RefundFacts): boolean {
  return secondPersonFromMinor !== null && caseMinor > secondPersonFromMinor;
}

/** Above the location's limit not by who approved it: what a client or the terms have proposed has been before one person's eyes only. */
export function whyNotSend(facts: RefundFacts, viewer: RefundViewer): WhyNotRefund | undefined {
  const why = whyNotChange(facts, viewer);
  if (why) return why;
  if (facts.status !== 'approved') return 'not_approved';
  if (viewer.limitMinor !== undefined && facts.caseMinor > viewer.limitMinor) return 'over_limit';
  return needsSecondPerson(facts) && facts.approvedBy === viewer.userId ? 'second_person' : undefined;
}

export interface WayFacts {
  readonly source: RefundSource;
  readonly placed: 'applied' | 'credited' | 'unplaced';
  readonly amountMinor: bigint;
  readonly leftMinor: bigint;
  /** Of that, what the client's bank may still take back. */
  readonly disputedMinor: bigint;
  /** What the provider does; undefined: it did not come through one. */
  readonly refunds: 'partial' | 'full_only' | 'none' | undefined;
  /** What was captured, and what of all of the payment has gone back. */
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
  /** What may be spent of the account it lies on. */
  readonly spendableMinor: bigint;
  /** Whether there is a register of this currency that the user may pay out from. */
  readonly register: boolean;
}

/** Why money cannot go back this way; undefined: it can. */
export function whyNotWay(way: RefundWay, facts: WayFacts): WhyNotRefund | undefined {
  if (facts.leftMinor < facts.amountMinor || facts.leftMinor === 0n) return 'nothing_left';
  // whichever way: the client would have it twice
  if (facts.leftMinor - facts.disputedMinor < facts.amountMinor) return 'disputed';
  const spent = facts.placed === 'credited' && facts.spendableMinor < facts.amountMinor;
  switch (way) {
    case 'provider':
      if (facts.source.kind !== 'payment' || facts.refunds === undefined) return 'not_by_provider';
      if (facts.refunds === 'none') return 'provider_cannot';
      if (facts.refunds === 'full_only' && (facts.refundedMinor > 0n || facts.amountMinor !== facts.capturedMinor)) return 'only_in_full';
      return spent ? 'not_on_account' : undefined;
    case 'account':
      return facts.placed === 'credited' ? 'already_on_account' : undefined;
    case 'register':
      if (spent) return 'not_on_account';
      return facts.register ? undefined : 'no_register';
  }
}
