import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { knownFees } from '../payments/post-fee.ts';
import { feeOfPayment } from '../payments/tell-fee.ts';
import type { Asked } from './settlement-rules.ts';
import { attemptsById, type ItemRow } from './store-items.ts';

export interface AskedItem extends Asked {
  readonly item: ItemRow;
  /** Under which its fee is kept. */
  readonly feeKey: string;
}

/** Items with all that has to be known to say what would be posted because of them. `mark`: this installation's, as references carry it. */
export async function askAbout(q: Queryable, { chainId }: Scope, mark: string, items: readonly ItemRow[]): Promise<readonly AskedItem[]> {
  const attempts = await attemptsById(
    q,
    chainId,
    items.flatMap(({ attemptId }) => attemptId ?? []),
  );
  const asked: AskedItem[] = [];
  for (const [connectionId, ofOne] of Map.groupBy(items, (item) => item.connectionId)) {
    const keys = ofOne.flatMap((item) => candidates(item));
    const fees = await knownFees(q, chainId, connectionId, keys);
    for (const item of ofOne) {
      const [own = '', ofPayment] = candidates(item);
      // a payment's own fee is kept under the payment, unless this line has one of its own (a second line of the same payment)
      const feeKey = ofPayment && !fees.has(`${own} ${item.currency}`) ? ofPayment : own;
      const payment = item.attemptId ? attempts.get(item.attemptId) : undefined;
      asked.push({
        ...item,
        item,
        feeKey,
        feePostedMinor: fees.get(`${feeKey} ${item.currency}`)?.postedMinor ?? 0n,
        ours: item.reference?.startsWith(`hf_${mark}_`) === true,
        payment,
      });
    }
  }
  return asked;
}

function candidates({ kind, lineId, attemptId }: ItemRow): string[] {
  return kind === 'payment' && attemptId ? [`line/${lineId}`, feeOfPayment(attemptId)] : [`line/${lineId}`];
}
