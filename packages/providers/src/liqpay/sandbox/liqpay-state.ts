import { Faults } from '../../sandbox-kit/faults.ts';
import { Journal } from '../../sandbox-kit/journal.ts';
import { Deliveries } from '../../sandbox-kit/webhook-delivery.ts';
import { type CallbackLetter, type Kinds, kindNames, type Merchant, type Payment, type Work } from './kinds.ts';

/** LiqPay documents no plan: soon, after a minute, ten, an hour. */
const waits = [10_000, 60_000, 600_000, 3_600_000];

/** Everything one sandbox knows and does, behind its doors: checkout, API, Developers page, steering. */
export class LiqpayState {
  readonly journal: Journal<Kinds>;
  readonly faults = new Faults();
  readonly deliveries: Deliveries<CallbackLetter>;
  readonly now: () => Date;
  /** Whether refunds asked for by the API are decided later. */
  refundsLater = false;

  constructor({ now, statePath }: { now: () => Date; statePath?: string | undefined }) {
    this.now = now;
    this.journal = new Journal<Kinds>(kindNames, statePath);
    this.deliveries = new Deliveries<CallbackLetter>({
      now,
      waiting: () => this.journal.list('letter'),
      prepare: ({ url, body }) => ({ url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }),
      taken: (status) => status >= 200 && status <= 299,
      waits,
      done: ({ id }) => this.journal.write((tx) => tx.drop('letter', id)),
      again: (letter, next) => this.journal.write((tx) => tx.put('letter', letter.id, { ...letter, ...next })),
    });
  }

  keepMerchant(merchant: Merchant): void {
    this.journal.write((tx) =>
      tx.put('merchant', merchant.publicKey, { ...merchant, byHand: merchant.byHand || (tx.get('merchant', merchant.publicKey)?.byHand ?? false) }),
    );
  }

  readonly merchantOf = (publicKey: string): Merchant | undefined => this.journal.get('merchant', publicKey);

  paymentWith(is: (payment: Payment) => boolean): Payment | undefined {
    return this.journal.list('payment').find(is);
  }

  /** Runs one deed: all of it, with its callbacks, is on disk before this returns. */
  deed<T>(run: (work: Work) => T): T {
    const result = this.journal.write((tx) => run({ tx, now: this.now() }));
    this.deliveries.sendDue();
    return result;
  }

  /** Callbacks that the clock has made due; resolves when the receivers have answered. */
  async tick(): Promise<void> {
    this.deliveries.sendDue();
    await this.deliveries.settled();
  }
}
