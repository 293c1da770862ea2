import { spreadByCost } from './spread-by-cost.ts';
import type { MembershipEarning } from './store-memberships.ts';

/** The row of what no visit has earned: visits that were never used, days without one, visits at another place. */
export const MEMBERSHIPS = 'memberships';

/**
 * What a membership has earned is shared by the visits that it was used for, each alike and none more than its part of the price. What is left, and what is
 * taken back, is the memberships' own. The shares add up to it.
 */
export function shareMembership(
  { amountMinor, mostByVisitMinor, visits }: MembershipEarning,
  keyOf: (visit: MembershipEarning['visits'][number]) => string,
): readonly { readonly key: string; readonly earnedMinor: bigint }[] {
  const most = mostByVisitMinor === null ? amountMinor : mostByVisitMinor * BigInt(visits.length);
  const byVisits = amountMinor <= 0n || visits.length === 0 ? 0n : most < amountMinor ? most : amountMinor;
  const parts = spreadByCost(
    byVisits,
    visits.map(() => 1n),
  );
  const shares = visits.map((visit, index) => ({ key: visit.here ? keyOf(visit) : MEMBERSHIPS, earnedMinor: parts[index] ?? 0n }));
  return [...shares, { key: MEMBERSHIPS, earnedMinor: amountMinor - byVisits }].filter(({ earnedMinor }) => earnedMinor !== 0n);
}
