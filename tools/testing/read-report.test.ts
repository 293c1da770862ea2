import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from './checks.ts';
import { failuresOf, readReport, slowestFiles, totalsOf, type VitestReport } from './read-report.ts';

const report: VitestReport = {
  numPassedTests: 2,
  numFailedTests: 1,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [
    {
      name: join(projectFolder, 'apps', 'quick.test.ts'),
      status: 'failed',
      startTime: 1000,
      endTime: 2000,
      message: '',
      assertionResults: [
        { status: 'passed', fullName: 'one', failureMessages: [] },
        {
          status: 'failed',
          fullName: 'a client books › twice',
          failureMessages: [Array.from({ length: 30 }, (_, line) => `line ${line + 1}`).join('\n')],
        },
      ],
    },
    {
      name: join(projectFolder, 'apps', 'broken.test.ts'),
      status: 'failed',
      startTime: 0,
      endTime: 0,
      message: 'cannot find a module',
      assertionResults: [],
    },
    {
      name: join(projectFolder, 'e2e', 'slow.test.ts'),
      status: 'passed',
      startTime: 0,
      endTime: 61_500,
      message: '',
      assertionResults: [{ status: 'passed', fullName: 'two' }],
    },
  ],
};

test('a failed test is named with its file and the first lines of why', () => {
  const [failed] = failuresOf(report);
  expect(failed).toContain('FAILED apps/quick.test.ts › a client books › twice\n       line 1\n');
  expect(failed).toContain('line 12');
  expect(failed).not.toContain('line 13');
});

test('a file that could not be loaded is a failure with its own reason', () => {
  expect(failuresOf(report)).toHaveLength(2);
  expect(failuresOf(report)[1]).toBe('FAILED apps/broken.test.ts could not be loaded, or failed outside its tests\n       cannot find a module');
  expect(totalsOf(report)).toEqual({ passed: 2, failed: 2, skipped: 1 });
});

test('the slowest files come first, and no more of them than asked for', () => {
  expect(slowestFiles(report, 2)).toEqual(['         61.5 s  e2e/slow.test.ts', '          1.0 s  apps/quick.test.ts']);
});

test('without a report nothing ran', () => {
  expect(readReport('/nowhere/report.json')).toBeUndefined();
  expect(totalsOf(undefined)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  expect(failuresOf(undefined)).toEqual([]);
});
