import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { rightMissing } from '../access/guard.ts';
import { Problem } from '../kit/problem.ts';
import type { Editor } from './context.ts';

export function changedMeanwhile(): Problem {
  return new Problem('changed_meanwhile', 409, 'Somebody else has changed this meanwhile. Nothing was overwritten.');
}

/** A change that was based on something older is refused. */
export function refuseStale(kept: { readonly version: number }, version: number): void {
  if (kept.version !== version) throw changedMeanwhile();
}

/** Whoever may edit a card may not by that decide whether money is asked for: that is a right of its own. */
export function refusePaymentWithoutRight({ place }: Editor, was: OnlinePaymentStatus, becomes: OnlinePaymentStatus): void {
  if (was !== becomes && !place.rights.has('catalog.online_payment')) throw rightMissing('catalog.online_payment');
}

/** What of a price is tax is said by whoever keeps the tax rates. */
export function refuseTaxWithoutRight({ place }: Editor, was: string, becomes: string | undefined): void {
  if (becomes !== undefined && was !== becomes && !place.rights.has('finance.edit')) throw rightMissing('finance.edit');
}

/**
 * The whole list in its new order: the named ones take, in the order they are named, the places they have now; the others stay. So a list that
 * shows only a part (one category, nobody archived) can be ordered, and a line that somebody has just added is not lost.
 */
export function reorder(now: readonly string[], wanted: readonly string[]): readonly string[] {
  const named = new Set(wanted);
  let next = 0;
  return now.map((id) => (named.has(id) ? (wanted[next++] ?? id) : id));
}
