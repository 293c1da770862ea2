import { cancelOnlineUntil, type Share, sharesFrom } from '@holdfast/contract/cancellation-rules';
import { agreedPolicy, type CancellationTerms } from './cancellation-terms.ts';

/** How long what a client was shown holds: whoever reads before they confirm does not lose by it. */
export const SEEN_HOLDS_MS = 5 * 60_000;

export interface Cancellable {
  readonly startsAt: Date;
  readonly terms: CancellationTerms;
}

/** The share of each payment, rounded down; what that leaves over of the share of all of it goes back on the first that has room. Adds up to the share of the sum. */
export function shareOfEach(leftMinor: readonly bigint[], percent: number): readonly bigint[] {
  const share = (amount: bigint) => (amount * BigInt(percent)) / 100n;
  const parts = leftMinor.map(share);
  let over = share(leftMinor.reduce((sum, one) => sum + one, 0n)) - parts.reduce((sum, one) => sum + one, 0n);
  return parts.map((part, index) => {
    const room = (leftMinor[index] ?? 0n) - part;
    const more = over < room ? over : room;
    over -= more;
    return part + more;
  });
}

/** What is given back at `at`, and what at each later moment when that changes. */
export function sharesOf({ startsAt, terms }: Cancellable, at: Date): readonly [Share, ...Share[]] {
  return sharesFrom(agreedPolicy(terms), startsAt.getTime(), at.getTime());
}

/** Until when all of them can be cancelled without calling, epoch milliseconds; undefined: not at all. */
export function onlineUntil(visits: readonly (Cancellable & { readonly prepaid: boolean })[]): number | undefined {
  const all = visits.map(({ startsAt, terms, prepaid }) => cancelOnlineUntil(agreedPolicy(terms), prepaid, startsAt.getTime()));
  return all.includes(undefined) || all.length === 0 ? undefined : Math.min(...all.map((one) => one ?? 0));
}

/** The moment by which a cancellation is reckoned: when the client was shown what it means, if that is no more than five minutes ago. */
export function momentThatCounts(seenAt: Date | undefined, now: Date): Date {
  if (!seenAt || seenAt > now) return now;
  return now.getTime() - seenAt.getTime() <= SEEN_HOLDS_MS ? seenAt : now;
}
