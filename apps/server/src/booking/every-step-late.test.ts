import { expect, test } from 'vitest';
import { crashBench, say } from '../testing/every-cent.ts';

test('the process may die at any single step of: paid late, when another has taken the time and paid', async () => {
  const bench = await crashBench();
  const story = [say('create'), say('payLate'), say('create', 1), say('pay', 1), say('webhook', 0, 1)];
  const steps = await bench.everyCentHasOnePlace(story);
  // dying after a step is dying before the next one
  for (let step = 1; step <= steps; step++) await bench.everyCentHasOnePlace(story, { step, side: 'before' });
  await bench.everyCentHasOnePlace(story, { step: steps, side: 'after' });
  await bench.nobodyDisagrees();
  const { database, provider, outbox } = bench.deaths();
  // what happens at once may happen in fewer steps now and then, and then the last ones are not reached
  expect(database + provider + outbox).toBeGreaterThan(steps * 0.9);
  expect(Math.min(database, provider, outbox)).toBeGreaterThan(0);
  await bench.close();
}, 900_000);
