import { Faults } from '../../sandbox-kit/faults.ts';
import { Journal } from '../../sandbox-kit/journal.ts';
import { Deliveries } from '../../sandbox-kit/webhook-delivery.ts';
import { checkAddress, verificationKey } from './check-address.ts';
import { letterRequest } from './tell.ts';
import { type Account, type Kinds, kindNames, type LetterRow, type Work } from './work.ts';

const HOUR = 3_600_000;
/** One attempt and 23 more, an hour apart. */
const WAITS: readonly number[] = Array.from({ length: 23 }, () => HOUR);

/** Everything one sandbox knows and does, behind its doors: APIs, hosted page, developers page, steering. */
export class SandboxState {
  readonly journal: Journal<Kinds>;
  readonly faults = new Faults();
  readonly deliveries: Deliveries<LetterRow>;
  readonly accounts = new Map<string, Account>();
  /** What was wrong with a webhook address when it was last set, by merchant; undefined: it answered as it should. */
  readonly addressTrouble = new Map<string, string | undefined>();
  readonly now: () => Date;
  refunds: 'at_once' | 'later' = 'at_once';
  readonly #checks = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor({ now, statePath }: { now: () => Date; statePath?: string | undefined }) {
    this.now = now;
    this.journal = new Journal<Kinds>(kindNames, statePath);
    const { journal } = this;
    this.deliveries = new Deliveries<LetterRow>({
      now,
      waiting: () => journal.list('letter'),
      prepare: (letter) => {
        const account = this.accounts.get(letter.merchantId);
        return account?.webhookUrl ? letterRequest(letter, account) : undefined;
      },
      taken: (status) => status >= 200 && status < 300,
      waits: WAITS,
      done: ({ id }) => journal.write((tx) => tx.drop('letter', id)),
      again: (letter, next) => journal.write((tx) => tx.put('letter', letter.id, { ...letter, ...next })),
    });
    for (const account of journal.list('account')) this.accounts.set(account.merchantId, account);
  }

  /** Adds or changes an account. A new webhook address is asked for the key; one that does not know it is used all the same. */
  setAccount(account: Account, { byHand = false } = {}): void {
    const before = this.accounts.get(account.merchantId);
    this.accounts.set(account.merchantId, account);
    if (byHand) this.journal.write((tx) => tx.put('account', account.merchantId, account));
    if (account.webhookUrl && account.webhookUrl !== before?.webhookUrl) this.#check(account, account.webhookUrl);
    this.deliveries.sendDue();
  }

  /** Runs one deed for one account: all of it, with its webhooks, is on disk before this returns. */
  deed<T>(account: Account, run: (work: Work) => T): T {
    const result = this.journal.write((tx) => run({ tx, account, now: this.now() }));
    this.deliveries.sendDue();
    return result;
  }

  /** As the account that an order belongs to: who stands at the page or in the banking app is none of the API's callers. */
  deedOfOwner<T>(orderCode: string, run: (work: Work) => T): T {
    const account = this.accounts.get(this.journal.get('order', orderCode)?.merchantId ?? '');
    if (!account) throw new Error(`there is no order ${orderCode}`);
    return this.deed(account, run);
  }

  async addressesChecked(): Promise<void> {
    await Promise.all(this.#checks);
  }

  async tick(): Promise<void> {
    this.deliveries.sendDue();
    await Promise.all([this.deliveries.settled(), this.addressesChecked()]);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.deliveries.close(), ...this.#checks]);
    this.journal.close();
  }

  #check(account: Account, url: string): void {
    const check = checkAddress(url, verificationKey(account), this.#stop.signal).then((trouble) => {
      this.addressTrouble.set(account.merchantId, trouble);
      this.#checks.delete(check);
    });
    this.#checks.add(check);
  }
}
