import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programOf, staticChecks } from './checks.ts';
import { failuresOf, readReport, slowestFiles, totalsOf } from './read-report.ts';
import { type PartResult, printFailure, printSummary, runPart, stopPartsWithUs } from './run-part.ts';

/**
 * `npm test`: the static checks one after the other, and beside them the tests. `npm test -- apps/server/src/kit` gives its words to vitest and
 * runs only that.
 */
async function runTests(words: readonly string[]): Promise<void> {
  stopPartsWithUs();
  const began = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  const reportFile = join(folder, 'report.json');
  const tests = runPart(
    {
      name: 'tests (vitest)',
      command: [programOf('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...words],
    },
    { aloud: true },
  );
  const results: PartResult[] = [];
  if (words.length === 0) for (const part of staticChecks()) results.push(await runPart(part));
  results.push(await tests);
  const report = readReport(reportFile);
  const totals = totalsOf(report);
  rmSync(folder, { recursive: true, force: true });

  for (const failed of results.filter(({ ok, output }) => !ok && output)) printFailure(failed);
  printSummary(results, (performance.now() - began) / 1000);
  if (words.length === 0) for (const line of ['\nThe slowest files of tests:', ...slowestFiles(report, 5)]) console.log(line);
  for (const line of failuresOf(report)) console.log(`\n${line}`);
  const complaints = [
    ...(totals.passed + totals.failed === 0 ? ['No test ran.'] : []),
    // a skipped test says green about something nobody looked at
    ...(words.length === 0 && totals.skipped > 0 ? [`${totals.skipped} tests were skipped.`] : []),
  ];
  const vitest = results.at(-1);
  if (vitest && !vitest.ok && totals.failed === 0) complaints.push('vitest failed although no test did: it says why above.');
  for (const complaint of complaints) console.log(complaint);
  if (totals.failed > 0 || complaints.length > 0 || results.some(({ ok }) => !ok)) process.exitCode = 1;
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
}

await runTests(process.argv.slice(2));
