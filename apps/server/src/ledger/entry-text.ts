import { createHash } from 'node:crypto';

/** An account as its name stands in an entry: id, kind, owner, currency. */
export type NamedAccount = readonly [id: string, kind: string, owner: string, currency: string];

export interface BookPosting {
  readonly no: number;
  readonly from: NamedAccount;
  readonly to: NamedAccount;
  /** Minor units, in decimal digits. */
  readonly amount: string;
  readonly currency: string;
  readonly operation: string;
  readonly item: string | null;
  readonly purpose: readonly [kind: string, id: string] | null;
  /** Only where they are not the entry's own. */
  readonly location?: string;
  readonly happenedAt?: string;
}

/** An entry as it is sealed and exported. Instants: UTC with six digits of a second. */
export interface BookEntry {
  readonly entry: string;
  readonly chain: string;
  readonly location: string;
  readonly cause: readonly [kind: string, id: string];
  readonly happenedAt: string;
  readonly recordedAt: string;
  readonly memo: string;
  readonly by: readonly [id: string | null, name: string | null] | null;
  /** The entry that this one undoes. */
  readonly reverses: string | null;
  readonly postings: readonly BookPosting[];
}

/** What stands before a location's first entry: 32 bytes of zero. */
export const FIRST = '0'.repeat(64);

/**
 * The one text of an entry, and so its bytes (UTF-8): JSON without spaces, every field there and in this order. Whoever changes a name or the order
 * changes every hash: a new one comes with a new version of the export's format.
 */
export function entryText(one: BookEntry): string {
  return JSON.stringify({
    entry: one.entry,
    chain: one.chain,
    location: one.location,
    cause: one.cause,
    happenedAt: one.happenedAt,
    recordedAt: one.recordedAt,
    memo: one.memo,
    by: one.by,
    reverses: one.reverses,
    postings: one.postings.map((posting) => ({
      no: posting.no,
      from: posting.from,
      to: posting.to,
      amount: posting.amount,
      currency: posting.currency,
      operation: posting.operation,
      item: posting.item,
      purpose: posting.purpose,
      location: posting.location,
      happenedAt: posting.happenedAt,
    })),
  });
}

/** SHA-256 of the hash before (its 32 bytes) and the entry's bytes, in hexadecimal. */
export function sealOf(before: string, entryBytes: string | Uint8Array): string {
  return createHash('sha256').update(before, 'hex').update(entryBytes).digest('hex');
}
