import type { NamedAccount } from './entry-text.ts';

/** Version 1. What each line says is told to whoever reads it without this program in docs/operation/ledger.md. */
export const VERSION = 1;

export interface ExportHeader {
  /** UTC. */
  readonly exportedAt: string;
  readonly chain: { readonly id: string; readonly name: string };
  /** All locations of the chain; else what they owe the others cannot be compared. */
  readonly whole: boolean;
  readonly locations: readonly { readonly id: string; readonly name: string; readonly timeZone: string }[];
}

export interface SectionEnd {
  readonly location: string;
  readonly accounts: number;
  /** SHA-256 of the lines of the accounts, each with its end of line. */
  readonly accountsSha256: string;
  readonly sealed: number;
  readonly head: string;
  readonly unsealed: number;
  readonly postings: number;
}

export interface Trailer {
  /** How many stand before it. */
  readonly lines: number;
  readonly sealed: number;
  readonly unsealed: number;
  readonly postings: number;
  readonly heads: readonly (readonly [location: string, seq: number, hash: string])[];
  /** SHA-256 of every byte before this line. */
  readonly sha256: string;
}

// The one text of each line. Who verifies makes it anew from what it has read and compares: no byte of a line can be another one.
export const headerLine = ({ exportedAt, chain, whole, locations }: ExportHeader) =>
  JSON.stringify({
    holdfast: 'ledger',
    version: VERSION,
    exportedAt,
    chain: { id: chain.id, name: chain.name },
    whole,
    locations: locations.map(({ id, name, timeZone }) => ({ id, name, timeZone })),
  });
export const sectionLine = (location: string) => JSON.stringify({ location });
export const accountLine = (account: NamedAccount, balance: string) => JSON.stringify({ account, balance });
export const sealedHead = (seq: number, hash: string) => `{"seq":${seq},"hash":"${hash}","entry":`;
export const sealedLine = (seq: number, hash: string, entry: string) => `${sealedHead(seq, hash)}${entry}}`;
export const unsealedHead = (sha256: string) => `{"sha256":"${sha256}","unsealed":`;
export const unsealedLine = (sha256: string, entry: string) => `${unsealedHead(sha256)}${entry}}`;
export const sectionEndLine = ({ location, accounts, accountsSha256, sealed, head, unsealed, postings }: SectionEnd) =>
  JSON.stringify({ endOf: location, accounts, accountsSha256, sealed, head, unsealed, postings });
export const trailerLine = ({ lines, sealed, unsealed, postings, heads, sha256 }: Trailer) =>
  JSON.stringify({ end: true, lines, sealed, unsealed, postings, heads, sha256 });
/** What every export begins with, whatever its version. */
export const FIRST_LINE = '{"holdfast":"ledger","version":';
