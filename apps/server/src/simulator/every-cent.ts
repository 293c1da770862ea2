import { toJsonAmount } from '@holdfast/contract/money';
import type { Ended } from './how-it-ends.ts';
import type { House } from './open-house.ts';
import { type Cast, sumsOf } from './store.ts';

/**
 * Whether the provider's own books, the attempts, their lines and the ledger tell the same story of every cent. Money that is in none of our books
 * (`strange`) has a place too as long as a person is shown it.
 */
export async function everyCent(
  { app, sandbox }: House,
  cast: Cast,
  attention: readonly string[],
): Promise<{ disagreements: readonly string[]; strange: Ended['places'] }> {
  const sums = await sumsOf(app.payments.db.read, cast);
  const there = sandbox.payments();
  const found: string[] = [];
  for (const one of sums) {
    const mine = there.filter(({ reference }) => reference === one.reference);
    const captured = mine.reduce((sum, { capturedMinor }) => sum + capturedMinor, 0n);
    const refunded = mine.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0n);
    const told = { provider: captured, attempt: one.capturedMinor, lines: one.placedMinor, ledger: one.postedMinor };
    const back = { provider: refunded, attempt: one.refundedMinor, lines: one.linesRefundedMinor, ledger: one.postedBackMinor };
    if (new Set(Object.values(told)).size > 1) found.push(`${one.reference} captured: ${inWords(told)}`);
    if (new Set(Object.values(back)).size > 1) found.push(`${one.reference} given back: ${inWords(back)}`);
  }
  const strange = there.filter(({ reference, capturedMinor }) => reference !== undefined && capturedMinor > 0n && cast.strangers.includes(reference));
  if (strange.length > 0 && !attention.includes('unknown_payment')) found.push('money that nobody knows of is shown to nobody');
  return {
    disagreements: found,
    strange: strange.map(({ capturedMinor, currency }) => ({ place: 'attention' as const, amountMinor: toJsonAmount(capturedMinor), currency })),
  };
}

function inWords(told: Readonly<Record<string, bigint>>): string {
  return Object.entries(told)
    .map(([who, amount]) => `${who} ${amount}`)
    .join(', ');
}
