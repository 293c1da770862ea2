import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programOf, staticChecks } from './checks.ts';
import { type PartResult, printFailure, printSummary, runPart, stopPartsWithUs } from './run-part.ts';

/** What vitest's JSON reporter writes, as far as it is read here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
}

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * `npm test`: the static checks one after the other, and beside them the tests. `npm test -- apps/server/src/kit` gives its words to vitest and
 * runs only that.
 */
async function runTests(words: readonly string[]): Promise<void> {
  stopPartsWithUs();
  const began = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  const report = join(folder, 'report.json');
  const tests = runPart(
    {
      name: 'tests (vitest)',
      command: [programOf('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...words],
    },
    { aloud: true },
  );
  const results: PartResult[] = [];
  if (words.length === 0) for (const part of staticChecks()) results.push(await runPart(part));
  results.push(await tests);
  const totals = readTotals(report);
  rmSync(folder, { recursive: true, force: true });

  for (const failed of results.filter(({ ok, output }) => !ok && output)) printFailure(failed);
  printSummary(results, (performance.now() - began) / 1000);
  const complaints = [
    ...(totals.passed + totals.failed === 0 ? ['No test ran.'] : []),
    // a skipped test says green about something nobody looked at
    ...(words.length === 0 && totals.skipped > 0 ? [`${totals.skipped} tests were skipped.`] : []),
  ];
  for (const complaint of complaints) console.log(complaint);
  if (totals.failed > 0 || complaints.length > 0 || results.some(({ ok }) => !ok)) process.exitCode = 1;
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
}

/** A file that could not even be loaded has no failed test in vitest's figures; here it counts as one. No report: nothing ran. */
function readTotals(report: string): Totals {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
    const unloaded = testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
    );
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

await runTests(process.argv.slice(2));
