import type { Stripe } from 'stripe';
import { newTransaction } from './payment-objects.ts';
import { seconds, type Work } from './work.ts';

/** One transfer to the merchant's bank, and the movements it settles. */
export interface PayoutRow {
  readonly account: string;
  readonly object: Pick<
    Stripe.Payout,
    'id' | 'object' | 'amount' | 'arrival_date' | 'automatic' | 'created' | 'currency' | 'method' | 'status' | 'type'
  > & {
    readonly balance_transaction: string;
  };
  readonly settles: readonly string[];
}

/**
 * Stripe's automatic payouts: whatever has become available goes to the bank, one payout for each currency. What would take money from the merchant waits
 * until there is more.
 */
export function payOut(work: Work): void {
  const at = seconds(work.now);
  const settled = new Set(work.tx.list('payout').flatMap(({ settles }) => settles));
  const available = work.tx
    .list('txn')
    .filter(({ account, object }) => account === work.account.id && object.type !== 'payout' && object.available_on <= at && !settled.has(object.id));
  for (const currency of new Set(available.map(({ object }) => object.currency))) {
    const movements = available.filter(({ object }) => object.currency === currency);
    const amount = movements.reduce((sum, { object }) => sum + object.net, 0);
    if (amount <= 0) continue;
    const id = work.newId('po');
    const txn = newTransaction(work, { amount: -amount, currency, source: id, type: 'payout' });
    work.tx.put('txn', txn.id, { account: work.account.id, object: txn });
    for (const { object } of movements) work.tx.put('txn', object.id, { account: work.account.id, object: { ...object, status: 'available' } });
    work.tx.put('payout', id, {
      account: work.account.id,
      object: {
        id,
        object: 'payout',
        amount,
        arrival_date: at,
        automatic: true,
        balance_transaction: txn.id,
        created: at,
        currency,
        method: 'standard',
        status: 'paid',
        type: 'bank_account',
      },
      settles: [...movements.map(({ object }) => object.id), txn.id],
    });
  }
}
