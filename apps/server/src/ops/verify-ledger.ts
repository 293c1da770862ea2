import { NoExport, type Verdict, verifyExport } from '../ledger/verify-export.ts';

/** Prints what an export says of itself. Answers the exit code: 0 whole, 1 not whole, 2 it could not be read. */
export function verifyLedger({ file, heads }: { file: string; heads: readonly string[] }, say: (line: string) => void = print): number {
  let verdict: Verdict;
  try {
    verdict = verifyExport(file, { noted: heads });
  } catch (error) {
    const cannot = error instanceof NoExport || (error instanceof Error && 'syscall' in error);
    if (!cannot) throw error;
    say(`✗ ${file} could not be read: ${error.message}`);
    return 2;
  }
  const { header, faults, faultCount, sealed, unsealed, postings } = verdict;
  for (const { line, entry, says } of faults) say(`✗ line ${line}${entry ? `, entry ${entry}` : ''}: ${says}`);
  if (faultCount > faults.length) say(`✗ … and ${faultCount - faults.length} more`);
  say(`Books of ${header.chain.name} as of ${header.exportedAt}: ${sealed} entries sealed, ${unsealed} not sealed yet, ${postings} postings.`);
  if (!header.whole) say('Not all locations of the chain are in it: what they owe the others was not compared.');
  const names = new Map(header.locations.map(({ id, name }) => [id, name]));
  for (const [location, seq, hash] of verdict.heads) say(`${names.get(location) ?? location}: ${seq} entries, the last hash is ${hash}`);
  if (heads.length === 0)
    say('That entries were cut off at the end, and a new end made, can only be found by giving a hash that was noted earlier: --head HASH.');
  say(faultCount === 0 ? 'ledger: whole' : `ledger: NOT whole, ${faultCount} faults`);
  return faultCount === 0 ? 0 : 1;
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
