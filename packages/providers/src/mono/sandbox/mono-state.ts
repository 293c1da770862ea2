import { createHash } from 'node:crypto';
import { Faults } from '../../sandbox-kit/faults.ts';
import { Journal } from '../../sandbox-kit/journal.ts';
import { Deliveries } from '../../sandbox-kit/webhook-delivery.ts';
import { expireDue } from './expire-invoice.ts';
import { type Kinds, kindNames, type Merchant, type SigningKey, type WebhookLetter, type Work } from './kinds.ts';
import { makeKey, signBody } from './sign-body.ts';

/** After the first attempt, a minute and then ten. */
const waits = [60_000, 600_000];
const CURRENT = 'current';

/** Everything one sandbox knows and does, behind its doors: API, hosted page, Developers page, steering. */
export class MonoState {
  readonly journal: Journal<Kinds>;
  readonly faults = new Faults();
  readonly deliveries: Deliveries<WebhookLetter>;
  readonly now: () => Date;
  /** Whether refunds asked for by the API are decided later. */
  refundsLater = false;
  /** Known once the server listens. */
  publicOrigin = '';

  constructor({ now, statePath }: { now: () => Date; statePath?: string | undefined }) {
    this.now = now;
    this.journal = new Journal<Kinds>(kindNames, statePath);
    if (!this.journal.get('key', CURRENT)) this.rollKey();
    this.deliveries = new Deliveries<WebhookLetter>({
      now,
      waiting: () => this.journal.list('letter'),
      prepare: ({ url, body }) => ({
        url,
        headers: { 'content-type': 'application/json', 'x-sign': signBody(body, this.key().privatePem) },
        body,
      }),
      taken: (status) => status === 200,
      waits,
      done: ({ id }) => this.journal.write((tx) => tx.drop('letter', id)),
      again: (letter, next) => this.journal.write((tx) => tx.put('letter', letter.id, { ...letter, ...next })),
    });
  }

  key(): SigningKey {
    const key = this.journal.get('key', CURRENT);
    if (!key) throw new Error('the sandbox has a signing key from its first moment');
    return key;
  }

  /** From now on webhooks are signed with another key, also those that were refused before. */
  rollKey(): void {
    this.journal.write((tx) => tx.put('key', CURRENT, makeKey()));
  }

  keepMerchant({ token, byHand }: { token: string; byHand: boolean }): Merchant {
    const digest = createHash('sha256').update(token).digest();
    const id = digest.toString('base64url').replaceAll(/[-_]/g, '').slice(0, 10);
    const edrpou = String(10_000_000 + (digest.readUInt32BE(0) % 90_000_000));
    const merchant: Merchant = { id, token, name: `Test salon ${id.slice(0, 4)}`, edrpou, byHand };
    this.journal.write((tx) => tx.put('merchant', id, tx.get('merchant', id) ?? merchant));
    return merchant;
  }

  merchantWith(token: string): Merchant | undefined {
    return this.journal.list('merchant').find((one) => one.token === token);
  }

  /** Runs one deed: all of it, with its webhooks, is on disk before this returns. */
  deed<T>(run: (work: Work) => T): T {
    const result = this.journal.write((tx) => run({ tx, now: this.now() }));
    this.deliveries.sendDue();
    return result;
  }

  /** Invoices whose time is over become expired, whoever touches the sandbox next. Nobody is told. */
  expireDue(): void {
    this.journal.write((tx) => expireDue({ tx, now: this.now() }));
  }

  /** What the clock has made due since: expiries first, then webhooks; resolves when the receivers have answered. */
  async tick(): Promise<void> {
    this.expireDue();
    this.deliveries.sendDue();
    await this.deliveries.settled();
  }
}
