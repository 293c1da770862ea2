import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { projectFolder } from './checks.ts';

/** What vitest's JSON reporter writes, as far as it is read here. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly TestedFile[];
}

interface TestedFile {
  readonly name: string;
  readonly status: string;
  readonly startTime: number;
  readonly endTime: number;
  /** Why the file could not be loaded, or what failed before or after its tests. */
  readonly message: string;
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages?: readonly string[] | null }[];
}

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Nothing, when no test came far enough to be reported. */
export function readReport(file: string): VitestReport | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  } catch {
    return undefined;
  }
}

/** A file that could not even be loaded has no failed test in vitest's figures; here it counts as one. No report: nothing ran. */
export function totalsOf(report: VitestReport | undefined): Totals {
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  const unloaded = report.testResults.filter(couldNotBeLoaded);
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length, skipped: report.numPendingTests + report.numTodoTests };
}

/** Each failed test with the first lines of why, for whoever reads only the end of a long log. */
export function failuresOf(report: VitestReport | undefined): string[] {
  return (report?.testResults ?? []).flatMap((file) => [
    ...(couldNotBeLoaded(file) ? [failure(`${placeOf(file)} could not be loaded, or failed outside its tests`, [file.message])] : []),
    ...file.assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => failure(`${placeOf(file)} › ${fullName}`, failureMessages ?? [])),
  ]);
}

export function slowestFiles(report: VitestReport | undefined, count: number): string[] {
  return (report?.testResults ?? [])
    .map((file) => ({ place: placeOf(file), seconds: (file.endTime - file.startTime) / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, count)
    .map(({ place, seconds }) => `       ${seconds.toFixed(1).padStart(6)} s  ${place}`);
}

function couldNotBeLoaded({ status, assertionResults }: TestedFile): boolean {
  return status === 'failed' && !assertionResults.some((one) => one.status === 'failed');
}

function failure(title: string, messages: readonly string[]): string {
  const lines = messages
    .flatMap((message) => message.trim().split('\n'))
    .filter((line) => !/^\s*at .*node_modules/.test(line) && !/^\s*at new Promise/.test(line));
  return [`FAILED ${title}`, ...lines.slice(0, 12).map((line) => `       ${line.slice(0, 400)}`)].join('\n');
}

function placeOf({ name }: TestedFile): string {
  return relative(projectFolder, name).replaceAll('\\', '/');
}
