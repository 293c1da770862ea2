import { createHash, type Hash } from 'node:crypto';
import { type BookEntry, FIRST, type NamedAccount, sealOf } from './entry-text.ts';
import { accountLine, sealedHead, sectionEndLine, unsealedHead } from './export-format.ts';

export type Tell = (says: string, entry?: string) => void;

interface Account {
  readonly name: NamedAccount;
  readonly line: number;
  readonly balance: bigint;
  moved: bigint;
}

/** An entry that names another one as undone: both are compared when all have been seen. */
export interface Undoing {
  readonly entry: string;
  readonly line: number;
  readonly of: string;
  /** Its postings the other way. */
  readonly mirrored: string;
}

/** What a location's part of an export says, line by line: recomputed, added up, compared. */
export class VerifyLocation {
  readonly id: string;
  readonly #chain: string;
  readonly #accounts = new Map<string, Account>();
  readonly #accountsHash: Hash = createHash('sha256');
  readonly undoings: Undoing[] = [];
  /** Ids of what is not sealed: they must not be found among what is. */
  readonly tail: { entry: string; line: number }[] = [];
  readonly heads = new Set<string>();
  sealed = 0;
  postings = 0;
  head = FIRST;
  readonly #noted: ReadonlySet<string>;

  constructor(chain: string, id: string, noted: ReadonlySet<string>) {
    this.#chain = chain;
    this.id = id;
    this.#noted = noted;
  }

  account(line: number, bytes: Buffer, tell: Tell): void {
    this.#accountsHash.update(bytes);
    const text = bytes.toString().slice(0, -1);
    const { account, balance } = JSON.parse(text) as { account: NamedAccount; balance: string };
    if (accountLine(account, balance) !== text || !/^(0|-?[1-9]\d*)$/.test(balance)) {
      tell('an account, but not as one is written');
      return;
    }
    if (this.#accounts.has(account[0])) tell(`the account ${account[0]} stands here a second time`);
    if (this.sealed + this.tail.length > 0) tell('an account after the entries');
    this.#accounts.set(account[0], { name: account, line, balance: BigInt(balance), moved: 0n });
  }

  /** `{"seq":…,"hash":"…","entry":{…}}` and its end of line. */
  sealedEntry(line: number, bytes: Buffer, tell: Tell): void {
    const expected = this.sealed + 1;
    const start = sealedHead(expected, FIRST).length;
    const body = bytes.subarray(start, bytes.length - 2);
    const hash = sealOf(this.head, body);
    this.sealed = expected;
    if (bytes.toString('latin1', 0, start) !== sealedHead(expected, hash) || bytes.toString('latin1', bytes.length - 2) !== '}\n') {
      this.#wrongSeal(line, bytes, tell);
      return;
    }
    this.head = hash;
    if (this.#noted.has(hash)) this.heads.add(hash);
    if (this.tail.length > 0) tell('a sealed entry after others that are not');
    this.#entry(line, JSON.parse(body.toString()) as BookEntry, tell);
  }

  #wrongSeal(line: number, bytes: Buffer, tell: Tell): void {
    const [, seq, hash, rest] = /^\{"seq":(\d+),"hash":"([0-9a-f]{64})","entry":(.*)\}\n$/s.exec(bytes.toString()) ?? [];
    const entry = /^\{"entry":"([^"]*)"/.exec(rest ?? '')?.[1];
    if (!hash || rest === undefined) {
      tell('a sealed entry that cannot be read', entry);
      return;
    }
    const expected = this.sealed;
    if (Number(seq) !== expected) tell(`number ${seq} of the chain stands where ${expected} has to`, entry);
    else tell('its hash does not fit the entry and the hash before it: the entry, the hash or what stood before it is another one', entry);
    // what comes after is compared with what this line says, so that one wrong line is told once
    this.head = hash;
    this.sealed = Number(seq) > expected && Number(seq) <= Number.MAX_SAFE_INTEGER ? Number(seq) : expected;
    // and what it moves is counted, so that no account is blamed for it
    this.#entry(line, JSON.parse(rest) as BookEntry, tell);
  }

  unsealedEntry(line: number, bytes: Buffer, tell: Tell): void {
    const start = unsealedHead(FIRST).length;
    const body = bytes.subarray(start, bytes.length - 2);
    const sha = createHash('sha256').update(body).digest('hex');
    if (bytes.toString('latin1', 0, start) !== unsealedHead(sha) || bytes.toString('latin1', bytes.length - 2) !== '}\n') {
      this.tail.push({ entry: '', line });
      tell('an entry that is not sealed is not what was exported', /"unsealed":\{"entry":"([^"]*)"/.exec(bytes.toString())?.[1]);
      return;
    }
    const one = JSON.parse(body.toString()) as BookEntry;
    const before = this.tail.at(-1)?.entry ?? '';
    if (one.entry <= before) tell('entries that are not sealed stand in the wrong order, or twice', one.entry);
    this.tail.push({ entry: one.entry, line });
    this.#entry(line, one, tell);
  }

  #entry(line: number, one: BookEntry, tell: Tell): void {
    if (one.chain !== this.#chain || one.location !== this.id) tell(`belongs to ${one.chain}/${one.location}`, one.entry);
    if (one.postings.length === 0) tell('moves nothing', one.entry);
    const currency = one.postings[0]?.currency;
    for (const posting of one.postings) {
      this.postings++;
      if (posting.currency !== currency) tell('mixes currencies', one.entry);
      if (posting.location !== undefined || posting.happenedAt !== undefined) tell('has a posting of another place or moment', one.entry);
      const amount = BigInt(posting.amount);
      if (amount <= 0n) tell('moves nothing, or less', one.entry);
      this.#move(posting.from, -amount, posting.currency, one, tell);
      this.#move(posting.to, amount, posting.currency, one, tell);
    }
    if (one.reverses !== null) this.undoings.push({ entry: one.entry, line, of: one.reverses, mirrored: movesOf(one, 'mirrored') });
  }

  #move(name: NamedAccount, amount: bigint, currency: string, one: BookEntry, tell: Tell): void {
    const account = this.#accounts.get(name[0]);
    if (!account) {
      tell(`moves money of the account ${name[0]}, which is not one of this location`, one.entry);
      return;
    }
    const known = account.name;
    if (known[1] !== name[1] || known[2] !== name[2] || known[3] !== name[3])
      tell(`names the account ${name[0]} otherwise than it is named above`, one.entry);
    if (known[3] !== currency) tell(`is not in the currency of the account ${name[0]}`, one.entry);
    account.moved += amount;
  }

  /** The location is over: what stands there must follow from what was read. Answers what it says of other locations. */
  end(bytes: Buffer, tell: Tell): ReadonlyMap<string, bigint> {
    const sums = new Map<string, bigint>();
    const between = new Map<string, bigint>();
    for (const { name, line, balance, moved } of this.#accounts.values()) {
      const [id, kind, owner, currency] = name;
      if (balance !== moved) tell(`the account ${id} (${kind} ${owner}, line ${line}) is said to have ${balance}, its entries make ${moved}`);
      sums.set(currency, (sums.get(currency) ?? 0n) + balance);
      if (kind === 'between') between.set(`${owner} ${currency}`, balance);
    }
    for (const [currency, sum] of sums) if (sum !== 0n) tell(`all accounts in ${currency} make ${sum}, not 0`);
    const expected = sectionEndLine({
      location: this.id,
      accounts: this.#accounts.size,
      accountsSha256: this.#accountsHash.digest('hex'),
      sealed: this.sealed,
      head: this.head,
      unsealed: this.tail.length,
      postings: this.postings,
    });
    if (bytes.toString() !== `${expected}\n`) tell(`the end of ${this.id} is not what its lines make: ${expected}`);
    return between;
  }
}

/**
 * An entry's moves, for comparing it with the one that undoes it. Another register may hand the money back, and a client may have been merged into another
 * one meanwhile: of these only the kind has to be the same.
 */
export function movesOf(one: BookEntry, as: 'they are' | 'mirrored'): string {
  const place = (account: NamedAccount) => (account[1] === 'register' || account[1] === 'client' ? account[1] : account);
  return one.postings
    .map(({ from, to, amount, currency, purpose }) =>
      JSON.stringify([...(as === 'mirrored' ? [to, from] : [from, to]).map(place), amount, currency, purpose]),
    )
    .sort()
    .join('\n');
}
