import { createHash } from 'node:crypto';
import type { BookEntry } from './entry-text.ts';
import { type ExportHeader, FIRST_LINE, headerLine, sectionLine, trailerLine, VERSION } from './export-format.ts';
import { readLines } from './read-lines.ts';
import { movesOf, type Undoing, VerifyLocation } from './verify-location.ts';

export interface ExportFault {
  /** Counted from 1. */
  readonly line: number;
  readonly entry?: string;
  readonly says: string;
}

export interface Verdict {
  readonly header: ExportHeader;
  /** The first hundred. */
  readonly faults: readonly ExportFault[];
  readonly faultCount: number;
  readonly sealed: number;
  readonly unsealed: number;
  readonly postings: number;
  readonly heads: readonly (readonly [location: string, seq: number, hash: string])[];
}

/** It is no export of books, or one of a version that is not known here. */
export class NoExport extends Error {}

const TOLD = 100;

/**
 * Verifies an export by nothing but itself: what was sealed, each hash and its place in the chain, one currency for each entry, every balance, that each
 * location's accounts make zero, that locations agree on what they owe each other, that what undoes an entry mirrors it, and every byte of every line. What
 * was cut off its end by somebody who made a new end for it is found with hashes that were noted earlier (`noted`), and only so.
 */
export function verifyExport(path: string, { noted = [] }: { noted?: readonly string[] } = {}): Verdict {
  const faults: ExportFault[] = [];
  let faultCount = 0;
  let line = 0;
  const tellAt = (at: number, says: string, entry?: string) => {
    faultCount++;
    if (faults.length < TOLD) faults.push({ line: at, says, ...(entry ? { entry } : {}) });
  };
  const tell = (says: string, entry?: string) => tellAt(line, says, entry);
  const wanted = new Set(noted);
  const digest = createHash('sha256');
  const locations: VerifyLocation[] = [];
  const between = new Map<string, bigint>();
  let header: ExportHeader | undefined;
  let current: VerifyLocation | undefined;
  let ended = false;

  for (const bytes of readLines(path)) {
    line++;
    if (!header) {
      header = readHeader(bytes);
      if (`${headerLine(header)}\n` !== bytes.toString()) tell('the first line is not as one is written');
      digest.update(bytes);
      continue;
    }
    if (ended) {
      tell('there is something after the end');
      continue;
    }
    try {
      const kind = bytes.toString('latin1', 0, 9);
      if (kind.startsWith('{"seq":')) reading(current).sealedEntry(line, bytes, tell);
      else if (kind.startsWith('{"sha256"')) reading(current).unsealedEntry(line, bytes, tell);
      else if (kind.startsWith('{"account')) reading(current).account(line, bytes, tell);
      else if (kind.startsWith('{"locatio')) {
        if (current) tell(`${current.id} has no end`);
        const id = header.locations[locations.length]?.id ?? '';
        if (bytes.toString() !== `${sectionLine(id)}\n`) tell(`here the location ${id} has to begin`);
        current = new VerifyLocation(header.chain.id, id, wanted);
        locations.push(current);
      } else if (kind.startsWith('{"endOf":')) {
        for (const [other, owed] of reading(current).end(bytes, tell)) between.set(`${reading(current).id} ${other}`, owed);
        current = undefined;
      } else if (kind.startsWith('{"end":')) {
        ended = true;
        if (current) tell(`${current.id} has no end`);
        const expected = trailerLine({ lines: line - 1, ...totals(locations), sha256: digest.digest('hex') });
        if (bytes.toString() !== `${expected}\n`) tell(`the last line is not what all lines before it make: ${expected}`);
        continue;
      } else tell('a line of no known kind');
    } catch (error) {
      // what it says can be anything
      if (!(error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError || error instanceof Misplaced)) throw error;
      tell(error instanceof Misplaced ? error.message : 'a line that cannot be read');
    }
    digest.update(bytes);
  }
  if (!header) throw new NoExport('it is empty');
  if (!ended) tell('the export ends before its last line: it was cut off');
  if (locations.length !== header.locations.length) tell(`${locations.length} locations of ${header.locations.length} are there`);
  if (header.whole) for (const says of owesOtherwise(between)) tell(says);
  comparePairs(path, locations, tellAt);
  for (const hash of wanted) {
    if (!locations.some(({ heads }) => heads.has(hash)))
      tell(`the hash ${hash} that was noted is in no chain here: something was cut off, or all of it made anew`);
  }
  return { header, faults, faultCount, ...totals(locations) };
}

class Misplaced extends Error {}

function reading(current: VerifyLocation | undefined): VerifyLocation {
  if (!current) throw new Misplaced('a line outside of any location');
  return current;
}

function readHeader(bytes: Buffer): ExportHeader {
  const no = 'the first line is not that of a ledger export';
  let said: Partial<ExportHeader & { holdfast: string; version: number }>;
  try {
    if (bytes.toString('latin1', 0, FIRST_LINE.length) !== FIRST_LINE) throw new NoExport(no);
    said = JSON.parse(bytes.toString()) as typeof said;
  } catch {
    throw new NoExport(no);
  }
  if (said.version !== VERSION) throw new NoExport(`it is of version ${said.version}, known here is ${VERSION}`);
  const { exportedAt, chain, whole, locations } = said;
  if (exportedAt === undefined || !chain || whole === undefined || !Array.isArray(locations)) throw new NoExport(no);
  return { exportedAt, chain, whole, locations };
}

function totals(locations: readonly VerifyLocation[]) {
  return {
    sealed: locations.reduce((sum, { sealed }) => sum + sealed, 0),
    unsealed: locations.reduce((sum, { tail }) => sum + tail.length, 0),
    postings: locations.reduce((sum, { postings }) => sum + postings, 0),
    heads: locations.map(({ id, sealed, head }) => [id, sealed, head] as const),
  };
}

/** `A B EUR` → what A says that B owes it. B has to say the opposite. */
function owesOtherwise(between: ReadonlyMap<string, bigint>): readonly string[] {
  return [...between].flatMap(([key, owed]) => {
    const [here, there, currency] = key.split(' ');
    const said = between.get(`${there} ${here} ${currency}`) ?? 0n;
    if (owed + said === 0n || (between.has(`${there} ${here} ${currency}`) && `${here}` > `${there}`)) return [];
    return [`${here} says that ${there} owes it ${owed} ${currency}, ${there} says ${-said}`];
  });
}

/** A second look at the file, only if something was undone or is not sealed: the entries that are meant may stand anywhere in it. */
function comparePairs(path: string, locations: readonly VerifyLocation[], tellAt: (line: number, says: string, entry?: string) => void): void {
  const undone = new Map<string, Undoing>();
  for (const one of locations.flatMap(({ undoings }) => undoings)) {
    const first = undone.get(one.of);
    if (first) tellAt(one.line, `undoes ${one.of}, as ${first.entry} does already`, one.entry);
    else undone.set(one.of, one);
  }
  const tail = new Map(locations.flatMap((one) => one.tail.map(({ entry, line }) => [entry, line] as const)));
  if (undone.size + tail.size === 0) return;
  for (const bytes of readLines(path)) {
    const start = bytes.indexOf('{"entry":"', 0, 'latin1');
    if (start < 0) continue;
    const id = bytes.toString('utf8', start + 10, bytes.indexOf(34, start + 10));
    const isSealed = bytes.toString('latin1', 0, 7) === '{"seq":';
    const unsealedAt = tail.get(id);
    if (isSealed && unsealedAt !== undefined) tellAt(unsealedAt, 'is sealed and not sealed', id);
    const undoing = undone.get(id);
    if (!undoing) continue;
    undone.delete(id);
    try {
      const moves = movesOf(JSON.parse(bytes.toString('utf8', start, bytes.length - 2)) as BookEntry, 'they are');
      if (moves !== undoing.mirrored) tellAt(undoing.line, `says that it undoes ${id}, and moves something else`, undoing.entry);
    } catch {
      // that it cannot be read has been told
    }
  }
  for (const one of undone.values()) tellAt(one.line, `undoes ${one.of}, which is not in this export`, one.entry);
}
