import type { DisputeFact } from '@holdfast/providers/payment-provider';
import type { LineOutcome } from './spread-money.ts';

export type DisputeStage = DisputeFact['stage'];
export type DisputeState = DisputeFact['state'];

export interface KnownDispute {
  readonly stage: DisputeStage;
  readonly state: DisputeState;
}

export function isDecided(state: DisputeState): boolean {
  return state === 'won' || state === 'lost' || state === 'closed';
}

/**
 * Does what is said lie before what is known? A late answer does; so does an appeal against a decision. Which of the two it is only a fresh answer tells.
 */
export function stepsBack(known: KnownDispute, said: KnownDispute): boolean {
  if (known.stage === 'chargeback' && said.stage === 'inquiry') return true;
  if (isDecided(known.state) && !isDecided(said.state)) return true;
  return known.stage === said.stage && known.state === 'under_review' && said.state === 'needs_response';
}

/** What must not be given back besides: while it is not decided, and once it is lost. A question of the bank's takes nothing, and giving the money back answers it. */
export function claimOf({ stage, state, amountMinor }: KnownDispute & { readonly amountMinor: bigint }): {
  readonly disputedMinor: bigint;
  readonly chargedBackMinor: bigint;
} {
  const taken = stage === 'chargeback' ? amountMinor : 0n;
  return { disputedMinor: isDecided(state) ? 0n : taken, chargedBackMinor: state === 'lost' ? taken : 0n };
}

export interface ClaimedLine {
  readonly lineNo: number;
  readonly disputedMinor: bigint;
  readonly chargedBackMinor: bigint;
}

/**
 * Which lines of a payment a bank's claims are about: nobody says, so the first come first, as far as their money has not gone back otherwise. What is lost comes
 * before what is only disputed.
 */
export function spreadClaims(
  lines: readonly { readonly lineNo: number; readonly outcome: LineOutcome; readonly placedMinor: bigint; readonly refundedMinor: bigint }[],
  claims: { readonly disputedMinor: bigint; readonly chargedBackMinor: bigint },
): readonly ClaimedLine[] {
  let { disputedMinor: disputed, chargedBackMinor: back } = claims;
  return lines.map(({ lineNo, outcome, placedMinor, refundedMinor }) => {
    const left = outcome === 'pending' || placedMinor < refundedMinor ? 0n : placedMinor - refundedMinor;
    const chargedBackMinor = back < left ? back : left;
    const disputedMinor = disputed < left - chargedBackMinor ? disputed : left - chargedBackMinor;
    back -= chargedBackMinor;
    disputed -= disputedMinor;
    return { lineNo, disputedMinor, chargedBackMinor };
  });
}

const HOUR_MS = 3600_000;

/** When the provider is asked about it again, besides what it tells by itself: every six hours, and just after the deadline. Undefined: it is decided. */
export function nextDisputeLook(
  { state, respondBy }: { readonly state: DisputeState; readonly respondBy?: Date | undefined },
  now: Date,
): Date | undefined {
  if (isDecided(state)) return undefined;
  const regular = new Date(now.getTime() + 6 * HOUR_MS);
  const afterDeadline = respondBy && new Date(respondBy.getTime() + 60_000);
  return afterDeadline && afterDeadline > now && afterDeadline < regular ? afterDeadline : regular;
}
