import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take minutes, the longest ones first: they begin before all others, or at the end one core would wait for the other. A fresh clone knows no times yet, and
 * those of few lines are among the longest.
 */
const LONG = [
  /\/every-screen-of-the-salon/,
  /\/every-step-/,
  /\/(kill-nine|no-door-between-chains|waiting-list|client-accounts|refunds|booking-|classes-memberships)/,
  /\/(phone-confirmation|manual-step-by-step|deposits\.test)/,
  /\/e2e\//,
  /\/every-|\.race\./,
];

class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = LONG.findIndex((long) => long.test(moduleId));
      return found === -1 ? LONG.length : found;
    };
    // of the same rank they stay as vitest has sorted them
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['apps/**/*.test.{ts,tsx}', 'packages/**/*.test.ts', 'tools/**/*.test.ts', 'e2e/**/*.test.ts'],
    globalSetup: ['apps/server/src/testing/start-postgres.ts', 'e2e/filled-demo.ts'],
    // a test hangs or it does not: how long it takes on a busy machine says nothing
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // its own second is an edge only a quiet machine keeps
    expect: { poll: { timeout: 60_000, interval: 50 } },
    pool: 'forks',
    // each app that a test makes is thrown away: with a larger nursery most of it is never copied
    execArgv: ['--max-semi-space-size=64'],
    // files of a worker share what they import: loading the program takes longer than most files' tests
    isolate: false,
    sequence: { sequencer: LongFilesFirst },
    // vitest leaves one core to itself; most of our tests wait for PostgreSQL, so on two cores that would be half the speed
    maxWorkers: Math.max(2, availableParallelism()),
    reporters: ['default'],
  },
});
