import { Faults } from '../../sandbox-kit/faults.ts';
import { Journal } from '../../sandbox-kit/journal.ts';
import { forgetOldAnswers } from './answer-once.ts';
import { Deliveries } from './deliver-events.ts';
import { expire } from './expire-session.ts';
import type { RefundMode } from './give-refund.ts';
import { payOut } from './pay-out.ts';
import { endpointsOf } from './webhook-endpoints.ts';
import { type Kinds, kindNames, type SandboxAccount, type SessionRow, seconds, type Work } from './work.ts';

const NOBODY = { id: null, idempotencyKey: null };

/** Everything one sandbox knows and does, behind its three doors: API, hosted page, control. */
export class SandboxState {
  readonly journal: Journal<Kinds>;
  readonly faults = new Faults();
  readonly deliveries: Deliveries;
  readonly accounts = new Map<string, SandboxAccount>();
  readonly now: () => Date;
  readonly newId: (prefix: string) => string;
  refundMode: RefundMode = 'succeeded';
  /** Known once the server listens. */
  publicOrigin = '';
  /** No open session runs out before this second, so most requests need not look. */
  #nextExpiry: number;
  /** Nothing becomes available for a payout before this second. */
  #nextPayout: number;
  #answersSwept = 0;

  constructor(options: { now: () => Date; newId: (prefix: string) => string; statePath?: string | undefined }) {
    this.now = options.now;
    this.newId = options.newId;
    this.journal = new Journal<Kinds>(kindNames, options.statePath);
    this.deliveries = new Deliveries(
      this.journal,
      (id) => {
        const account = this.accounts.get(id);
        return account ? endpointsOf(this, account) : [];
      },
      this.now,
    );
    this.#nextExpiry = this.#earliestExpiry();
    this.#nextPayout = this.#nextAvailable(0);
    for (const account of this.journal.list('account')) this.accounts.set(account.id, account);
  }

  /** Adds or changes an account that was made by hand: it outlives a restart. */
  keepAccount(account: SandboxAccount): void {
    this.journal.write((tx) => tx.put('account', account.id, account));
    this.accounts.set(account.id, account);
  }

  /** Runs one deed for one account: all of it, with its events, is on disk before this returns. */
  deed<T>(account: SandboxAccount, run: (work: Work) => T, request: Work['request'] = NOBODY): T {
    const told: string[] = [];
    const result = this.journal.write((tx) => {
      const put: Work['tx']['put'] = (kind, id, row) => {
        if (kind === 'event') told.push(id);
        if (kind === 'txn') this.#nextPayout = Math.min(this.#nextPayout, (row as Kinds['txn']).object.available_on);
        if (kind === 'session') this.#nextExpiry = Math.min(this.#nextExpiry, (row as SessionRow).session.expires_at);
        tx.put(kind, id, row);
      };
      return run({ tx: { ...tx, put }, account, now: this.now(), newId: this.newId, request, publicOrigin: this.publicOrigin });
    });
    if (told.length > 0) this.deliveries.add(told);
    return result;
  }

  /** Sessions whose time is over become expired, whoever touches the sandbox next. */
  expireDue(): void {
    const now = this.now();
    this.#payOutDue(seconds(now));
    if (seconds(now) < this.#nextExpiry) return;
    for (const row of this.journal.list('session')) {
      if (row.session.status !== 'open' || row.session.expires_at > seconds(now)) continue;
      const account = this.accounts.get(row.account);
      if (account !== undefined) this.deed(account, (work) => expire(work, row));
    }
    this.#nextExpiry = this.#earliestExpiry();
    if (now.getTime() - this.#answersSwept > 3_600_000) {
      this.#answersSwept = now.getTime();
      this.journal.write((tx) => forgetOldAnswers(tx, this.journal.entries('answer'), now));
    }
  }

  /** What the clock has made due since: expiries first, then events; resolves when the receivers have answered. */
  async tick(): Promise<void> {
    this.expireDue();
    this.deliveries.sendDue();
    await this.deliveries.settled();
  }

  ownerOf(kind: 'session' | 'refund' | 'dispute' | 'charge', id: string): SandboxAccount | undefined {
    return this.accounts.get(this.journal.get(kind, id)?.account ?? '');
  }

  /** What has become available goes to the merchants' banks; what is left waits for more. */
  #payOutDue(at: number): void {
    if (at < this.#nextPayout) return;
    this.#nextPayout = Infinity;
    for (const account of this.accounts.values()) this.deed(account, payOut);
    this.#nextPayout = this.#nextAvailable(at);
  }

  #nextAvailable(after: number): number {
    const moments = this.journal.list('txn').map(({ object }) => object.available_on);
    return moments.reduce((least, one) => (one > after ? Math.min(least, one) : least), Infinity);
  }

  #earliestExpiry(): number {
    return this.journal
      .list('session')
      .reduce((least, { session }) => (session.status === 'open' ? Math.min(least, session.expires_at) : least), Infinity);
  }
}
