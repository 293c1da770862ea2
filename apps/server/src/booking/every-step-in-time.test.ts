import { expect, test } from 'vitest';
import { crashBench, say } from '../testing/every-cent.ts';

test('the process may die at any single step of: paid in time, told three times', async () => {
  const bench = await crashBench();
  const story = [say('create'), say('pay'), say('webhook', 0, 3), say('return')];
  const steps = await bench.everyCentHasOnePlace(story);
  // dying after a step is dying before the next one
  for (let step = 1; step <= steps; step++) await bench.everyCentHasOnePlace(story, { step, side: 'before' });
  await bench.everyCentHasOnePlace(story, { step: steps, side: 'after' });
  await bench.nobodyDisagrees();
  const { database, provider, outbox } = bench.deaths();
  expect(database + provider + outbox).toBe(steps + 1);
  expect(Math.min(database, provider, outbox)).toBeGreaterThan(0);
  await bench.close();
}, 400_000);
