import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../testing/crash-world.ts';
import { type Bench, crashBench, say } from '../testing/every-cent.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await crashBench();
});
afterAll(() => bench.close());

const script = fc.array(
  fc.record({
    kind: fc.constantFrom(...commands),
    who: fc.constantFrom(0 as const, 1 as const),
    times: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
  }),
  { minLength: 2, maxLength: 10 },
);
const side = fc.constantFrom('before' as const, 'after' as const);
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 30);

test('in whatever order people, provider and clock act, every cent ends in exactly one place', async () => {
  await fc.assert(
    fc.asyncProperty(script, async (wild) => {
      await bench.everyCentHasOnePlace([say('create'), ...wild]);
    }),
    { numRuns },
  );
  await bench.nobodyDisagrees();
}, 400_000);

test('and so it does when the process dies at a step, wherever that is', async () => {
  await fc.assert(
    fc.asyncProperty(script, fc.nat({ max: 100 }), side, async (wild, step, when) => {
      await bench.everyCentHasOnePlace([say('create'), say('pay'), ...wild], { step: step + 1, side: when });
    }),
    { numRuns },
  );
  await bench.nobodyDisagrees();
  expect(Object.values(bench.deaths()).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(numRuns / 2);
}, 400_000);
