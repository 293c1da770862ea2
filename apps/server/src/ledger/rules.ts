import type { Operation } from '@holdfast/contract/operations';

/**
 * What an account is for. Registers, clearing and fees grow with what the salon has or has spent; the others go below zero with what it owes or has earned.
 * `item`: by hand under a payment item. `tax`: owed of the income. `opening`: from before the books. `between`: what another location owes this one. `disputed`: withdrawn at a provider because a client disputes it.
 */
export type AccountKind =
  | 'register'
  | 'clearing'
  | 'prepayments'
  | 'client'
  | 'unplaced'
  | 'income'
  | 'fees'
  | 'item'
  | 'tax'
  | 'opening'
  | 'between'
  | 'disputed';

/** One move of money: out of one account, into another. Minor units, always positive. */
export interface Posting {
  readonly from: string;
  readonly to: string;
  readonly amountMinor: bigint;
  /** ISO 4217. */
  readonly currency: string;
  /** What people call it. */
  readonly operation: Operation;
  /** The payment item it stands under: a standard one's name or an own one's id. */
  readonly itemId?: string;
  /** What it was for, in the words of whoever posts: `{ kind: 'appointment', id }`. */
  readonly purpose?: { readonly kind: string; readonly id: string };
}

export type EntryFault = 'no_postings' | 'amount_not_positive' | 'same_account' | 'mixed_currencies';

/** What is wrong with an entry before the database is asked; undefined = nothing. An entry has one currency. */
export function entryFault(postings: readonly Posting[]): EntryFault | undefined {
  const first = postings[0];
  if (!first) return 'no_postings';
  if (postings.some((one) => one.amountMinor <= 0n)) return 'amount_not_positive';
  if (postings.some((one) => one.from === one.to)) return 'same_account';
  if (postings.some((one) => one.currency !== first.currency)) return 'mixed_currencies';
  return undefined;
}

/** How far postings move each account: what came less what went. The values always add up to zero. */
export function movedByAccount(postings: readonly Posting[]): ReadonlyMap<string, bigint> {
  const moved = new Map<string, bigint>();
  for (const { from, to, amountMinor } of postings) {
    moved.set(from, (moved.get(from) ?? 0n) - amountMinor);
    moved.set(to, (moved.get(to) ?? 0n) + amountMinor);
  }
  return moved;
}
