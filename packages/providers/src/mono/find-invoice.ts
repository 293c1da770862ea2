import type { Outcome } from '../payment-provider.ts';
import type { MonoStatementItem } from './wire.ts';

const clockDifferenceMs = 120_000;
/** An operation that failed is only looked at when there is no better one. */
const ranks: Readonly<Record<MonoStatementItem['status'], number>> = { success: 3, hold: 2, processing: 1, failure: 0 };

/**
 * monobank cannot be asked by our reference, but its statement tells the reference of every operation with money. So a payment whose answer never came is
 * found once somebody has begun to pay it, and not before. Should there be several, the one with money in it matters most.
 */
export async function findInvoice(
  statement: (from: Date, to: Date) => Promise<Outcome<readonly MonoStatementItem[]>>,
  { reference, createdAt, now }: { readonly reference: string; readonly createdAt: Date; readonly now: Date },
): Promise<Outcome<string | undefined>> {
  const list = await statement(
    new Date(createdAt.getTime() - clockDifferenceMs),
    new Date(Math.max(now.getTime(), createdAt.getTime()) + clockDifferenceMs),
  );
  if (list.kind !== 'done') return list;
  const ours = list.value.filter((item) => item.reference === reference).sort((one, other) => ranks[other.status] - ranks[one.status]);
  return { kind: 'done', value: ours[0]?.invoiceId };
}
