import { Faults } from '../../sandbox-kit/faults.ts';
import { type Draft, Journal } from '../../sandbox-kit/journal.ts';
import type { Deliveries } from '../../sandbox-kit/webhook-delivery.ts';
import { type AccountRow, type CobRow, type Kinds, kindNames, type LetterRow, ownId, type PixRow } from './books.ts';
import { deliveriesOf } from './deliver.ts';
import type { RefundMode } from './give-back.ts';

/** What every deed is given: the draft it writes and the moment. */
export interface Work {
  readonly tx: Draft<Kinds>;
  readonly now: Date;
  /** Host under which the locations of new charges lie. */
  readonly pagesHost: string;
}

/** Everything one payment service provider knows, behind its doors: the API, the pages, the program that steers it. */
export class Psp {
  readonly journal: Journal<Kinds>;
  readonly faults = new Faults();
  readonly deliveries: Deliveries<LetterRow>;
  readonly now: () => Date;
  refunds: RefundMode = 'at_once';
  /** Known once the pages are served. */
  pagesOrigin = '';

  constructor({ now, statePath }: { now: () => Date; statePath?: string | undefined }) {
    this.now = now;
    this.journal = new Journal<Kinds>(kindNames, statePath);
    this.deliveries = deliveriesOf(this.journal, now);
  }

  /** Runs one deed; all of it, with what is told of it, is on disk before this returns. */
  deed<T>(run: (work: Work) => T): T {
    const result = this.journal.write((tx) => run({ tx, now: this.now(), pagesHost: new URL(this.pagesOrigin).host }));
    this.deliveries.sendDue();
    return result;
  }

  account(id: string): AccountRow {
    const account = this.journal.get('account', id);
    if (!account) throw new Error(`there is no account ${id}`);
    return account;
  }

  cob(account: string, txid: string): CobRow | undefined {
    return this.journal.get('cob', ownId(account, txid));
  }

  /** Whose txid it is, for who steers the sandbox: the first merchant's who has such a charge. */
  cobNamed(txid: string): CobRow {
    const row = this.journal.list('cob').find((one) => one.txid === txid);
    if (!row) throw new Error(`there is no charge ${txid}`);
    return row;
  }

  /** The charge at this location, wherever it was served from when the location was made. */
  cobAt(location: string): CobRow | undefined {
    const shown = this.journal.get('location', location.slice(location.lastIndexOf('/') + 1));
    const row = shown && this.cob(shown.account, shown.txid);
    return row?.loc.location === location ? row : undefined;
  }

  /** The money that came for it. */
  pixOf({ endToEndId = '' }: CobRow): PixRow | undefined {
    return this.journal.get('pix', endToEndId);
  }
}
